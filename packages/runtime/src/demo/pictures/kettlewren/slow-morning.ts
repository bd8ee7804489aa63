import { layVignette } from '../grain.ts';

import { type Brush, blurred, fillShape, glow, type Point, ramp, strokeShape, trace, veil } from '../light.ts';

import { between, seeded, smoothNoise } from '../seeded.ts';

import { setLine, setLines } from '../type.ts';
import { paintCup } from './cup.ts';
import { CREAM, lockup } from './lockup.ts';

function paintSteam(ctx: Brush, [x, y]: Point, height: number, seed: number): void {
  const noise = smoothNoise(seed);
  ctx.save();
  ctx.globalCompositeOperation = 'screen';
  for (const [width, soft, alpha] of [
    [70, 34, 0.16],
    [34, 16, 0.2],
    [12, 7, 0.22],
  ] as const) {
    blurred(ctx, soft, [x - 300, y - height - 60, 600, height + 180], () => {
      strokeShape(
        ctx,
        ramp(ctx, [0, y], [0, y - height], {
          0: veil('#ffe9cc', 0),
          0.18: veil('#ffe9cc', alpha),
          0.6: veil('#ffdcb0', alpha * 0.7),
          1: veil('#ffdcb0', 0),
        }),
        width,
        () => {
          for (let strand = 0; strand < 3; strand++) {
            for (let t = 0; t <= 1.001; t += 0.04) {
              const sway = noise(t * 3.2 + strand * 17) * (24 + t * 120) + noise(t * 7 + strand * 5) * 16 * t;
              const px = x + (strand - 1) * 66 * (1 - t * 0.4) + sway;
              if (t === 0) ctx.moveTo(px, y);
              else ctx.lineTo(px, y - t * height);
            }
          }
        },
      );
    });
  }
  ctx.restore();
}

const TABLE = 1210;

/** A wall in low sun: the light of four panes, and a plant's shadow across it. */
function paintSunnyWall(ctx: Brush, w: number): void {
  ctx.fillStyle = ramp(ctx, [0, 0], [w, TABLE], { 0: '#a94a26', 0.5: '#8e3a1f', 1: '#5d2318' });
  ctx.fillRect(0, 0, w, TABLE);
  const pane = (column: number, row: number) => {
    const x = 300 + column * 330;
    const y = 330 + row * 400 + column * 96;
    return () =>
      trace(ctx, [
        [x, y],
        [x + 300, y + 87],
        [x + 250, y + 460],
        [x - 50, y + 373],
      ]);
  };
  blurred(ctx, 9, [190, 270, 860, 960], () => {
    for (const [c, r] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const) {
      fillShape(ctx, ramp(ctx, [250, 300], [950, 1100], { 0: '#f7b066', 0.6: '#ee8f49', 1: '#d8703a' }), pane(c, r));
    }
  });
  const random = seeded(6);
  blurred(ctx, 10, [330, 250, 850, 1020], () =>
    fillShape(ctx, veil('#7a2a14', 0.5), () => {
      for (let stem = 0; stem < 3; stem++) {
        const root: Point = [1060 - stem * 60, 1230];
        const tip: Point = [960 - stem * 200, 430 + stem * 150];
        for (let i = 0; i < 13; i++) {
          const t = 0.2 + i * 0.062;
          const [x, y] = [root[0] + (tip[0] - root[0]) * t ** 1.4, root[1] + (tip[1] - root[1]) * t];
          const length = between(random, 90, 140) * (1.15 - t * 0.5);
          const turn = -Math.PI / 2 + (i % 2 ? 1 : -1) * between(random, 0.6, 1.05) - 0.3 * stem;
          const at = (along: number, across: number): Point => [
            x + Math.cos(turn) * along - Math.sin(turn) * across,
            y + Math.sin(turn) * along + Math.cos(turn) * across,
          ];
          ctx.moveTo(x, y);
          ctx.quadraticCurveTo(...at(length * 0.5, -length * 0.3), ...at(length, 0));
          ctx.quadraticCurveTo(...at(length * 0.5, length * 0.3), x, y);
        }
      }
    }),
  );
  glow(ctx, [420, 640], 760, '#ff9c4a', 0.3);
}

function paintTable(ctx: Brush, w: number, h: number): void {
  const random = seeded(8);
  ctx.fillStyle = ramp(ctx, [0, TABLE], [0, h], { 0: '#6e2c18', 0.2: '#54200f', 1: '#2b0f0a' });
  ctx.fillRect(0, TABLE, w, h - TABLE);
  ctx.fillStyle = veil('#ffb877', 0.5);
  ctx.fillRect(0, TABLE, w, 3);
  for (let i = 0; i < 26; i++) {
    const y = TABLE + 8 + (i / 26) ** 1.5 * (h - TABLE);
    strokeShape(ctx, veil(i % 2 ? '#2a0e08' : '#9a4a28', 0.14), 2 + i * 0.12, () => {
      ctx.moveTo(-10, y);
      ctx.bezierCurveTo(
        w * 0.3,
        y + between(random, -9, 9),
        w * 0.6,
        y + between(random, -9, 9),
        w + 10,
        y + between(random, -5, 5),
      );
    });
  }
  blurred(ctx, 16, [0, 1190, w, 300], () =>
    fillShape(
      ctx,
      ramp(ctx, [0, 0], [w, 0], { 0: veil('#ff9e52', 0.55), 0.6: veil('#ff8f45', 0.28), 1: veil('#ff8f45', 0) }),
      () =>
        trace(ctx, [
          [-60, 1290],
          [520, 1250],
          [1180, 1320],
          [900, 1430],
          [-60, 1420],
        ]),
    ),
  );
}

export function paintSlowMorning(ctx: Brush, w: number, h: number): void {
  paintSunnyWall(ctx, w);
  paintTable(ctx, w, h);
  paintCup(ctx, 600);
  paintSteam(ctx, [600, 930], 560, 9);
  layVignette(ctx, w, h, '#1a0603', 0.55);
  setLines(ctx, ['Slow is', 'a flavour.'], {
    x: 76,
    y: 202,
    face: 'fraunces',
    size: 166,
    leading: 0.96,
    tracking: -0.03,
    colour: CREAM,
  });
  lockup(ctx, 78, h - 70, 42, CREAM);
  setLine(ctx, 'Small-batch filter roasts', {
    x: w - 78,
    y: h - 72,
    face: 'inter',
    size: 26,
    align: 'right',
    colour: veil(CREAM, 0.85),
  });
}
