import { type Brush, blurred, fillShape, inside, mix, ramp, type Stops, veil } from '../light.ts';
import { between } from '../seeded.ts';
import { setLine } from '../type.ts';
import { paintDroplets, paintLemonSlice } from './lemon.ts';
import { CORAL, GREEN } from './lockup.ts';

function traceCan(ctx: Brush, x: number, top: number, half: number, bottom: number): void {
  ctx.moveTo(x - half * 0.84, top);
  ctx.bezierCurveTo(x - half * 0.86, top + 40, x - half, top + 62, x - half, top + 116);
  ctx.lineTo(x - half, bottom - 76);
  ctx.bezierCurveTo(x - half, bottom - 34, x - half * 0.86, bottom - 16, x - half * 0.8, bottom);
  ctx.bezierCurveTo(x - half * 0.4, bottom + 30, x + half * 0.4, bottom + 30, x + half * 0.8, bottom);
  ctx.bezierCurveTo(x + half * 0.86, bottom - 16, x + half, bottom - 34, x + half, bottom - 76);
  ctx.lineTo(x + half, top + 116);
  ctx.bezierCurveTo(x + half, top + 62, x + half * 0.86, top + 40, x + half * 0.84, top);
  ctx.closePath();
}

export function paintCan(ctx: Brush, x: number, top: number, half: number, bottom: number): void {
  const left = x - half;
  const across = (stops: Stops) => ramp(ctx, [left, 0], [x + half, 0], stops);
  const body = () => traceCan(ctx, x, top, half, bottom);
  fillShape(
    ctx,
    across({ 0: '#9aa4a6', 0.12: '#f7fbfa', 0.3: '#d3dcdc', 0.62: '#8d999c', 0.86: '#59666c', 1: '#aab6b8' }),
    body,
  );
  inside(ctx, body, () => {
    const art = () => {
      ctx.moveTo(left, top + 72);
      ctx.quadraticCurveTo(x, top + 112, x + half, top + 72);
      ctx.lineTo(x + half, bottom - 66);
      ctx.quadraticCurveTo(x, bottom - 18, left, bottom - 66);
    };
    fillShape(ctx, ramp(ctx, [0, top], [0, bottom], { 0: '#fff4d2', 0.4: '#ffe9b4', 1: '#ffdc8c' }), art);
    inside(ctx, art, () => {
      // Swells of coral and green wrap the foot of the can.
      const bands = [
        [mix(CORAL, '#ffd23f', 0.55), 205],
        [mix(CORAL, '#ffd23f', 0.2), 160],
        ['#e2402f', 112],
        [GREEN, 62],
      ] as const;
      for (const [colour, lift] of bands) {
        fillShape(ctx, colour, () => {
          ctx.moveTo(left - 10, bottom - lift - 20);
          ctx.bezierCurveTo(
            x - half * 0.4,
            bottom - lift - 110,
            x + half * 0.1,
            bottom - lift + 96,
            x + half + 10,
            bottom - lift - 46,
          );
          ctx.lineTo(x + half + 10, bottom + 60);
          ctx.lineTo(left - 10, bottom + 60);
        });
      }
      ctx.save();
      ctx.translate(x + half * 0.02, top + 252);
      ctx.scale(0.94, 1);
      paintLemonSlice(ctx, [0, 0], half * 0.62, 0.2);
      ctx.restore();
      ctx.save();
      ctx.translate(x - half * 0.02, top + 492);
      setLine(ctx, 'Pippola', {
        x: 0,
        y: 0,
        face: 'frauncesBlackItalic',
        size: half * 0.46,
        tracking: -0.035,
        align: 'center',
        colour: GREEN,
      });
      setLine(ctx, 'SPARKLING LEMONADE', {
        x: 0,
        y: half * 0.33,
        face: 'interBold',
        size: half * 0.09,
        tracking: 0.16,
        align: 'center',
        colour: GREEN,
      });
      ctx.restore();
    });
    // Everything printed turns away with the metal: core shadow, bright strip, light coming back off the wall.
    ctx.fillStyle = across({
      0: veil('#6a3a10', 0.55),
      0.1: veil('#6a3a10', 0.12),
      0.2: veil('#6a3a10', 0),
      0.5: veil('#5a2a10', 0.05),
      0.74: veil('#5a2412', 0.42),
      0.9: veil('#421a10', 0.66),
      1: veil('#a85a22', 0.35),
    });
    ctx.fillRect(left, top, half * 2, bottom - top + 40);
    blurred(ctx, 9, 'everywhere', () =>
      fillShape(ctx, veil('#ffffff', 0.56), () =>
        ctx.roundRect(left + half * 0.2, top + 84, half * 0.13, bottom - top - 150, 20),
      ),
    );
    blurred(ctx, 5, 'everywhere', () =>
      fillShape(ctx, veil('#ffe8a8', 0.65), () => ctx.rect(x + half - 13, top + 110, 9, bottom - top - 180)),
    );
    paintDroplets(
      ctx,
      21,
      210,
      (random) => [x + between(random, -0.97, 0.97) * half, between(random, top + 112, bottom - 50)],
      '#ffe9c0',
    );
  });
  fillShape(ctx, across({ 0: '#8d989b', 0.2: '#ffffff', 0.55: '#b4bfc1', 1: '#626f74' }), () =>
    ctx.ellipse(x, top, half * 0.85, 40, 0, 0, 7),
  );
  fillShape(
    ctx,
    ramp(ctx, [x - half * 0.7, top - 20], [x + half * 0.7, top + 30], { 0: '#6c787d', 0.5: '#c4cdce', 1: '#f3f7f6' }),
    () => ctx.ellipse(x, top + 3, half * 0.76, 32, 0, 0, 7),
  );
  fillShape(ctx, ramp(ctx, [0, top - 10], [0, top + 24], { 0: '#8f9a9e', 1: '#dfe6e5' }), () =>
    ctx.ellipse(x, top + 8, half * 0.68, 25, 0, 0, 7),
  );
  fillShape(ctx, '#6b777c', () => ctx.ellipse(x + 16, top + 9, half * 0.29, 10, 0.05, 0, 7));
  fillShape(ctx, ramp(ctx, [x - 60, 0], [x + 60, 0], { 0: '#ff8b6b', 1: '#c7321f' }), () =>
    ctx.ellipse(x - 6, top + 3, half * 0.25, 9.5, 0.05, 0, 7),
  );
  fillShape(ctx, '#8f9a9e', () => ctx.ellipse(x - 16, top + 3, half * 0.1, 4, 0.05, 0, 7));
}
