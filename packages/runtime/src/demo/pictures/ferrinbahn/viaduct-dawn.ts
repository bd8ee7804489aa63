import { fillBelow, paintPeak, paintSpruce, skyline } from '../land.ts';

import { type Brush, fillShape, glow, haze, inside, mix, type Point, ramp } from '../light.ts';

import { between, seeded } from '../seeded.ts';

import { setLine, setLines, sizeToFit } from '../type.ts';
import { CREAM, lockup, RED } from './lockup.ts';
import { paintCurvedTrain, paintViaduct } from './viaduct.ts';

export function paintViaductDawn(ctx: Brush, w: number, h: number): void {
  ctx.fillStyle = CREAM;
  ctx.fillRect(0, 0, w, h);
  const frame = { x: 48, y: 48, w: w - 96, h: h - 306 };
  inside(
    ctx,
    () => ctx.rect(frame.x, frame.y, frame.w, frame.h),
    () => {
      ctx.fillStyle = ramp(ctx, [0, 48], [0, 1060], {
        0: '#24566b',
        0.3: '#5c9296',
        0.58: '#e7c396',
        0.8: '#ffdda2',
        1: '#ffd39b',
      });
      ctx.fillRect(0, 0, w, h);
      glow(ctx, [360, 690], 620, '#ffb25c', 0.75);
      fillShape(ctx, '#fff3cf', () => ctx.arc(360, 690, 92, 0, 7));
      glow(ctx, [360, 690], 210, '#fff0c0', 0.6);
      for (const [y, x, rx, a] of [
        [330, 880, 420, 0.3],
        [372, 1020, 300, 0.24],
        [470, 250, 380, 0.3],
        [520, 700, 520, 0.22],
      ] as const)
        haze(ctx, [x, y], rx, 16, '#fff0d2', a);
      const distance = { base: 1080, haze: '#f6c795' };
      paintPeak(ctx, {
        ...distance,
        seed: 3,
        summit: [150, 640],
        left: -180,
        right: 470,
        lit: '#e9b58f',
        shade: '#b98f8d',
      });
      paintPeak(ctx, {
        ...distance,
        seed: 5,
        summit: [560, 700],
        left: 260,
        right: 860,
        lit: '#e8b48d',
        shade: '#b58a8b',
      });
      paintPeak(ctx, {
        ...distance,
        seed: 9,
        summit: [1180, 560],
        left: 780,
        right: 1600,
        lit: '#dfa583',
        shade: '#96737f',
        snow: { depth: 0.34, lit: '#ffeccd', shade: '#c7a5a5' },
      });
      haze(ctx, [500, 960], 900, 120, '#ffd9a6', 0.8);
      paintPeak(ctx, {
        ...distance,
        seed: 21,
        summit: [850, 395],
        left: 330,
        right: 1330,
        base: 1120,
        lit: '#c9795a',
        shade: '#5b4a63',
        haze: '#d59a80',
        snow: { depth: 0.5, lit: '#fff3dc', shade: '#a58fa2' },
      });
      haze(ctx, [700, 1030], 900, 110, '#ffd0a0', 0.85);
      const ridge = skyline(4, w, 985, 70, 330);
      fillBelow(ctx, ridge, h, ramp(ctx, [0, 920], [0, 1250], { 0: '#7d6a63', 1: '#d9a384' }));
      const random = seeded(11);
      for (let i = 0; i < 150; i++) {
        const at = ridge[Math.floor(random() * ridge.length)]!;
        paintSpruce(
          ctx,
          i,
          [at[0], at[1] + 14 + random() * 26],
          between(random, 26, 52),
          mix('#5f5658', '#8b6f66', random()),
        );
      }
      haze(ctx, [640, 1190], 1000, 190, '#f7c498', 0.95);
      paintViaduct(ctx);
      paintCurvedTrain(ctx);
      haze(ctx, [220, 1330], 760, 120, '#fbd3a8', 1);
      haze(ctx, [900, 1400], 900, 170, '#f3bd96', 0.95);
      const near = skyline(31, w, 1268, 60, 420).map(
        ([x, y]): Point => [x, y - Math.max(0, 250 - x) * 0.5 + Math.max(0, 520 - x) * 0.1],
      );
      fillBelow(ctx, near, h, ramp(ctx, [0, 1100], [0, 1342], { 0: '#2f4047', 1: '#16272f' }));
      for (let i = 0; i < 46; i++) {
        const at = near[Math.floor(random() * near.length)]!;
        const isEdge = at[0] < 330 || at[0] > 1050;
        paintSpruce(
          ctx,
          i + 300,
          [at[0], at[1] + 30 + random() * 30],
          between(random, 60, isEdge ? 210 : 100),
          mix('#13242c', '#2c3f46', random()),
        );
      }
      glow(ctx, [300, 760], 900, '#ff9d4d', 0.22);
    },
  );
  const size = sizeToFit(ctx, 'FERRIN PASS', 'anton', 760, 0.02);
  setLine(ctx, 'FERRIN PASS', { x: 46, y: h - 66, face: 'anton', size, tracking: 0.02, colour: '#17303a' });
  setLines(ctx, ['By rail to 2,260 metres.', 'Sixty-one bridges,', 'one window seat.'], {
    x: 872,
    y: h - 194,
    face: 'frauncesBook',
    size: 29,
    leading: 1.25,
    colour: '#17303a',
  });
  lockup(ctx, 872, h - 68, 26, RED);
}
