import { layVignette } from '../grain.ts';

import {
  type Brush,
  ball,
  blurred,
  fillShape,
  glow,
  haze,
  inside,
  type Point,
  ramp,
  strokeShape,
  trace,
  veil,
} from '../light.ts';
import { between, seeded } from '../seeded.ts';
import { setLines } from '../type.ts';
import { paintBlocks } from './blocks.ts';
import { FROST, lockup } from './lockup.ts';
import { paintRider } from './rider.ts';

export function paintMoonRide(ctx: Brush, w: number, h: number): void {
  ctx.fillStyle = ramp(ctx, [0, 0], [0, 1300], { 0: '#0b1038', 0.45: '#2b2a7c', 0.75: '#7a4aa8', 1: '#e0789f' });
  ctx.fillRect(0, 0, w, h);
  const random = seeded(19);
  for (let i = 0; i < 240; i++) {
    const y = random() ** 1.6 * 900;
    fillShape(ctx, veil('#ffffff', between(random, 0.2, 0.8) * (1 - y / 1000)), () =>
      ctx.arc(random() * w, y, random() ** 5 * 2.2 + 0.5, 0, 7),
    );
  }
  const moon: Point = [470, 830];
  glow(ctx, moon, 640, '#ffd9a0', 0.6);
  fillShape(
    ctx,
    ball(ctx, moon, 330, { 0: '#fff9e6', 0.7: '#ffeabf', 1: '#ffcf94' }, [moon[0] - 60, moon[1] - 90]),
    () => ctx.arc(moon[0], moon[1], 320, 0, 7),
  );
  inside(
    ctx,
    () => ctx.arc(moon[0], moon[1], 320, 0, 7),
    () => {
      for (const [x, y, r] of [
        [380, 700, 110],
        [560, 740, 80],
        [470, 900, 130],
        [620, 900, 70],
        [300, 880, 80],
        [540, 620, 50],
        [370, 1010, 90],
      ] as const)
        haze(ctx, [x, y], r, r * 0.8, '#e8ae7c', 0.36);
    },
  );
  for (const [x, y, rx, ry, a] of [
    [180, 800, 380, 16, 0.7],
    [720, 924, 420, 20, 0.75],
    [330, 1010, 460, 22, 0.7],
  ] as const)
    haze(ctx, [x, y], rx, ry, '#9a5db0', a);
  paintBlocks(ctx, 8, w, 1270, 190, '#4a2f86', 0.22);
  haze(ctx, [450, 1250], 700, 70, '#c96aa8', 0.6);
  paintBlocks(ctx, 23, w, 1330, 150, '#2b2168', 0.34);
  const hill = (x: number) => 1262 - 86 * Math.sin((x + 120) / 420) + Math.max(0, x - 600) * 0.12;
  fillShape(ctx, ramp(ctx, [0, 1160], [0, h], { 0: '#191650', 0.4: '#0e0d38', 1: '#07071f' }), () => {
    ctx.moveTo(-10, h);
    for (let x = -10; x <= w + 10; x += 10) ctx.lineTo(x, hill(x));
    ctx.lineTo(w + 10, h);
  });
  const at: Point = [430, hill(430) + 3];
  const slope = Math.atan((hill(520) - hill(340)) / 180);
  ctx.save();
  ctx.translate(...at);
  ctx.rotate(slope);
  blurred(ctx, 12, [50, -260, 500, 330], () =>
    fillShape(ctx, ramp(ctx, [70, 0], [470, 0], { 0: veil('#fff3c4', 0.85), 1: veil('#ffe39a', 0) }), () =>
      trace(ctx, [
        [86, -146],
        [500, -210],
        [500, 20],
        [86, -134],
      ]),
    ),
  );
  paintRider(ctx, [0, 0], 258, '#120d38', '#f0566e');
  ctx.restore();
  const lamp: Point = [at[0] + 82, at[1] - 138 + 82 * Math.tan(slope)];
  glow(ctx, lamp, 70, '#fff6d8', 1);
  glow(ctx, [at[0] - 116, at[1] - 106 - 116 * Math.tan(slope)], 44, '#ff4a55', 0.95);
  for (let i = 0; i < 120; i++) {
    const x = random() * w;
    const base = hill(x) + 4;
    strokeShape(ctx, '#15123f', between(random, 1.4, 3), () => {
      ctx.moveTo(x, base);
      ctx.quadraticCurveTo(x + 3, base - 12, x + between(random, -8, 12), base - between(random, 12, 34));
    });
  }
  layVignette(ctx, w, h, '#03041a', 0.45);
  setLines(ctx, ['Beat the', 'moon home.'], {
    x: 60,
    y: 196,
    face: 'groteskBold',
    size: 128,
    leading: 0.98,
    tracking: -0.05,
    colour: FROST,
  });
  setLines(ctx, ['E-bikes at every', 'night stop.'], {
    x: 62,
    y: h - 190,
    face: 'grotesk',
    size: 36,
    leading: 1.24,
    colour: FROST,
  });
  lockup(ctx, 62, h - 66, 46, FROST);
}
