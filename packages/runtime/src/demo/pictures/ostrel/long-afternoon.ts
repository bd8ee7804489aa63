import { layVignette } from '../grain.ts';

import { type Brush, blurred, fillShape, glow, type Point, ramp, veil } from '../light.ts';

import { between, seeded } from '../seeded.ts';

import { setLine } from '../type.ts';
import { paintGlasses, traceBridge, traceLens } from './glasses.ts';
import { INK, lockup } from './lockup.ts';

export function paintLongAfternoon(ctx: Brush, w: number, h: number): void {
  ctx.fillStyle = ramp(ctx, [0, 0], [w, h], { 0: '#f9e0c7', 0.5: '#f1c3a2', 1: '#dd957c' });
  ctx.fillRect(0, 0, w, h);
  glow(ctx, [160, 60], 900, '#fff5dc', 0.65);
  const random = seeded(14);
  blurred(ctx, 11, 'everywhere', () =>
    fillShape(ctx, veil('#b8604f', 0.34), () => {
      // A palm outside the picture throws its fronds across the wall.
      for (const [reach, drop, from] of [
        [820, 250, -60],
        [560, 520, 120],
      ] as const) {
        for (let i = 0; i < 19; i++) {
          const t = (i + 1) / 19;
          const root: Point = [1660 - t * reach, from + t * t * drop];
          const heading = Math.atan2(2 * t * drop, -reach);
          const length = 400 * Math.sin(0.35 + t * 2.5) * between(random, 0.9, 1.1);
          for (const lean of [-0.75, 0.75]) {
            const angle = heading + lean * (1.25 - t * 0.5);
            const tip: Point = [root[0] + Math.cos(angle) * length, root[1] + Math.sin(angle) * length + 40 * (1 - t)];
            const nx = -(tip[1] - root[1]) * 0.05;
            const ny = (tip[0] - root[0]) * 0.05;
            ctx.moveTo(...root);
            ctx.quadraticCurveTo(root[0] * 0.6 + tip[0] * 0.4 + nx, root[1] * 0.6 + tip[1] * 0.4 + ny, ...tip);
            ctx.quadraticCurveTo(root[0] * 0.6 + tip[0] * 0.4 - nx, root[1] * 0.6 + tip[1] * 0.4 - ny, ...root);
          }
        }
      }
    }),
  );
  const at: Point = [800, 430];
  const [sx, sy] = [at[0] + 62, at[1] + 96];
  blurred(ctx, 15, [sx - 640, sy - 300, 1280, 620], () =>
    fillShape(ctx, veil('#7a2f36', 0.55), () => {
      traceLens(ctx, [sx - 322, sy], -1, 44);
      traceLens(ctx, [sx + 322, sy], 1, 44);
      traceBridge(ctx, sx, sy);
    }),
  );
  // Tinted glass lets coloured light through its own shadow.
  for (const side of [-1, 1] as const) {
    blurred(ctx, 16, [sx + side * 322 - 310, sy - 260, 620, 560], () =>
      fillShape(
        ctx,
        ramp(ctx, [0, sy - 120], [0, sy + 200], {
          0: veil('#b4487e', 0.4),
          0.6: veil('#ff9a5c', 0.8),
          1: veil('#ffd694', 0.95),
        }),
        () => traceLens(ctx, [sx + side * 322, sy + 8], side, -14),
      ),
    );
  }
  paintGlasses(ctx, at);
  layVignette(ctx, w, h, '#7a2f36', 0.25);
  setLine(ctx, 'For the long afternoon.', {
    x: 64,
    y: h - 66,
    face: 'frauncesItalic',
    size: 74,
    tracking: -0.02,
    colour: INK,
  });
  lockup(ctx, 66, 104, 50, INK);
  setLine(ctx, 'Model 04, Amber', { x: w - 66, y: h - 68, face: 'grotesk', size: 30, align: 'right', colour: INK });
}
