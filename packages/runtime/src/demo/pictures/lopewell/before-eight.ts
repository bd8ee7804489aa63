import { paintRunner } from '../figure.ts';

import { layVignette } from '../grain.ts';

import { type Brush, ball, fillShape, glow, inside, type Point, ramp, sheet, strokeShape, veil } from '../light.ts';
import { between, seeded } from '../seeded.ts';
import { setLine, setLines, sizeToFit } from '../type.ts';
import { lockup, PAPER } from './lockup.ts';

export function paintBeforeEight(ctx: Brush, w: number, h: number): void {
  ctx.fillStyle = ramp(ctx, [0, 0], [w, h], { 0: '#3f2379', 1: '#221150' });
  ctx.fillRect(0, 0, w, h);
  const [cx, cy] = [-200, 1980];
  const lane = 153;
  const inner = 740;
  const rings = 6;
  const outer = inner + rings * lane;
  inside(
    ctx,
    () => ctx.rect(0, 0, w, h),
    () => {
      fillShape(ctx, '#2b1660', () => ctx.arc(cx, cy, outer + 60, 0, 7));
      fillShape(ctx, ramp(ctx, [0, 300], [w, h], { 0: '#d23a36', 0.5: '#f0532f', 1: '#c22f35' }), () =>
        ctx.arc(cx, cy, outer, 0, 7),
      );
      for (let i = 1; i < rings; i += 2)
        strokeShape(ctx, veil('#ffd2a1', 0.07), lane, () => ctx.arc(cx, cy, inner + (i + 0.5) * lane, 0, 7));
      for (let i = 0; i <= rings; i++)
        strokeShape(ctx, veil('#fff3e6', 0.95), i === rings ? 15 : 9, () => ctx.arc(cx, cy, inner + i * lane, 0, 7));
      fillShape(ctx, ramp(ctx, [0, 1100], [300, h], { 0: '#4a2a8c', 1: '#2a1560' }), () =>
        ctx.arc(cx, cy, inner - 6, 0, 7),
      );
      for (let i = 0; i < rings; i++) {
        const angle = -0.6;
        const r = inner + (i + 0.5) * lane;
        ctx.save();
        ctx.translate(cx + Math.cos(angle) * r, cy + Math.sin(angle) * r);
        ctx.rotate(angle);
        setLine(ctx, String(i + 1), {
          x: 0,
          y: 40,
          face: 'anton',
          size: 108,
          align: 'center',
          colour: veil('#fff3e6', 0.95),
        });
        ctx.restore();
      }
      strokeShape(ctx, veil('#fff3e6', 0.9), 9, () => {
        const angle = -0.67;
        ctx.moveTo(cx + Math.cos(angle) * inner, cy + Math.sin(angle) * inner);
        ctx.lineTo(cx + Math.cos(angle) * outer, cy + Math.sin(angle) * outer);
      });
    },
  );
  const random = seeded(17);
  for (let i = 0; i < 2600; i++) {
    const [x, y] = [random() * w, random() * h];
    const r = Math.hypot(x - cx, y - cy);
    if (r > inner && r < outer) {
      ctx.fillStyle = random() > 0.5 ? '#ffb68a55' : '#7d1c2e4c';
      ctx.fillRect(x, y, between(random, 1, 3), 2);
    }
  }
  // A runner straight below us is small; the low sun writes the whole stride out on the lanes.
  const at: Point = [498, 890];
  const shadow = sheet(w, h, (cast) => {
    cast.translate(at[0], at[1]);
    cast.transform(-0.84, -0.54, 0.62, -0.82, 0, 0);
    paintRunner(cast, [-70, 20], 540, '#2c0a47', '#2c0a47');
  });
  ctx.save();
  ctx.globalAlpha = 0.66;
  ctx.filter = 'blur(2.5px)';
  ctx.drawImage(shadow, 0, 0);
  ctx.restore();
  ctx.save();
  ctx.translate(at[0], at[1]);
  ctx.rotate(-2.57);
  ctx.scale(1.12, 1.12);
  const skin = '#6b3524';
  strokeShape(ctx, skin, 19, () => {
    ctx.moveTo(-6, -34);
    ctx.lineTo(36, -44);
    ctx.lineTo(58, -22);
    ctx.moveTo(-6, 34);
    ctx.lineTo(-46, 46);
    ctx.lineTo(-64, 24);
  });
  strokeShape(ctx, '#57291d', 25, () => {
    ctx.moveTo(-8, 14);
    ctx.lineTo(56, 17);
    ctx.moveTo(-14, -12);
    ctx.lineTo(-86, -15);
  });
  fillShape(ctx, '#f4ff5a', () => ctx.ellipse(78, 18, 24, 11, 0, 0, 7));
  fillShape(ctx, '#d7e53a', () => ctx.ellipse(-100, -16, 22, 10, 0, 0, 7));
  fillShape(ctx, ramp(ctx, [0, -46], [0, 46], { 0: '#fffaf2', 0.5: '#f1e2dd', 1: '#bfa4bb' }), () =>
    ctx.ellipse(-4, 0, 30, 47, 0, 0, 7),
  );
  fillShape(ctx, ball(ctx, [12, 0], 25, { 0: '#4a2418', 1: '#1c0c10' }, [6, -8]), () => ctx.arc(12, 0, 23, 0, 7));
  ctx.restore();
  glow(ctx, [1150, 700], 1000, '#ffb56b', 0.3);
  layVignette(ctx, w, h, '#170a3c', 0.4);
  const size = sizeToFit(ctx, 'DONE BY EIGHT', 'anton', w - 140, 0.004);
  setLine(ctx, 'DONE BY EIGHT', { x: 70, y: 272, face: 'anton', size, tracking: 0.004, colour: PAPER });
  setLines(ctx, ['The rest of the day', 'is a cool-down.'], {
    x: w - 72,
    y: 352,
    face: 'interBold',
    size: 32,
    leading: 1.3,
    align: 'right',
    colour: PAPER,
  });
  lockup(ctx, 72, h - 72, 46, PAPER);
}
