import { type Brush, blurred, fillShape, glow, haze, inside, ramp, trace, veil } from '../light.ts';
import { setLines } from '../type.ts';
import { paintCan } from './can.ts';
import { paintLemon, paintLemonSlice } from './lemon.ts';
import { GREEN } from './lockup.ts';

export function paintSunCanned(ctx: Brush, w: number, h: number): void {
  const floor = 1240;
  ctx.fillStyle = ramp(ctx, [0, 0], [w, floor], { 0: '#ffe066', 0.5: '#ffcb31', 1: '#f7ab18' });
  ctx.fillRect(0, 0, w, h);
  // A doorway of light in the wall.
  const arch = () => {
    ctx.moveTo(420, floor);
    ctx.lineTo(420, 770);
    ctx.arc(770, 770, 350, Math.PI, 0);
    ctx.lineTo(1120, floor);
    ctx.closePath();
  };
  fillShape(ctx, ramp(ctx, [420, 420], [1120, floor], { 0: '#f36d4e', 0.6: '#ee5440', 1: '#cf3a34' }), arch);
  inside(ctx, arch, () => {
    // The wall is thick: its edge shades all of the niche but a smaller arch, down and to the right.
    blurred(ctx, 6, 'everywhere', () => {
      ctx.beginPath();
      ctx.rect(380, 380, 900, 900);
      ctx.moveTo(506, floor + 60);
      ctx.lineTo(506, 830);
      ctx.arc(856, 830, 350, Math.PI, 0);
      ctx.lineTo(1206, floor + 60);
      ctx.closePath();
      ctx.fillStyle = veil('#8e1c26', 0.42);
      ctx.fill('evenodd');
    });
    glow(ctx, [780, 700], 420, '#ffb072', 0.4);
  });
  ctx.fillStyle = ramp(ctx, [0, floor], [0, h], { 0: '#ffd84f', 0.25: '#fdc42c', 1: '#ee9d12' });
  ctx.fillRect(0, floor, w, h - floor);
  haze(ctx, [640, floor], 900, 16, '#fff3b0', 0.5);
  const [x, base] = [760, 1330];
  // One hard sun: every shadow leaves to the right and lies along the floor.
  blurred(ctx, 7, [540, 1020, 740, 420], () =>
    fillShape(ctx, veil('#a34a06', 0.62), () =>
      trace(ctx, [
        [x - 190, base + 6],
        [x + 20, base + 42],
        [w + 80, base - 20],
        [w + 80, base - 190],
        [x + 150, base - 60],
      ]),
    ),
  );
  paintCan(ctx, x, 520, 214, base);
  for (const [lx, ly, size, turn] of [
    [400, 1372, 102, -0.2],
    [1092, 1426, 92, 0.5],
  ] as const) {
    blurred(ctx, 9, [lx - 110, ly - 40, 420, 200], () =>
      fillShape(ctx, veil('#9a4605', 0.6), () =>
        ctx.ellipse(lx + size * 0.95, ly + size * 0.52, size * 1.5, size * 0.34, -0.06, 0, 7),
      ),
    );
    paintLemon(ctx, [lx, ly], size, turn);
  }
  blurred(ctx, 8, [470, 1430, 390, 150], () =>
    fillShape(ctx, veil('#9a4605', 0.6), () => ctx.ellipse(664, 1504, 150, 34, -0.04, 0, 7)),
  );
  ctx.save();
  ctx.translate(590, 1476);
  ctx.scale(1, 0.42);
  fillShape(ctx, '#d98a08', () => ctx.arc(0, 34, 112, 0, 7));
  paintLemonSlice(ctx, [0, 0], 112, 0.3, 9);
  ctx.restore();
  glow(ctx, [60, 40], 900, '#fff6c2', 0.5);
  setLines(ctx, ['Sunshine,', 'canned.'], {
    x: 72,
    y: 220,
    face: 'frauncesBlackItalic',
    size: 176,
    leading: 0.95,
    tracking: -0.035,
    colour: GREEN,
  });
  setLines(ctx, ['Lemons, bubbles,', 'and nothing to hide.'], {
    x: 78,
    y: h - 112,
    face: 'interBold',
    size: 29,
    leading: 1.34,
    colour: GREEN,
  });
}
