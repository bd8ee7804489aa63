import { fillBelow, skyline } from '../land.ts';

import {
  type Brush,
  blurred,
  fillShape,
  glow,
  haze,
  inside,
  type Point,
  ramp,
  sheet,
  strokeShape,
  trace,
  veil,
} from '../light.ts';

import { between, seeded } from '../seeded.ts';

/** One lens, panto-shaped: flat brow, full cheek. `side` is -1 for the wearer's right (our left). */
export function traceLens(ctx: Brush, [x, y]: Point, side: -1 | 1, grow: number): void {
  const px = (dx: number) => x + side * dx;
  const [wide, high] = [236 + grow, 196 + grow];
  ctx.moveTo(px(-wide * 0.86), y - high * 0.78);
  ctx.bezierCurveTo(
    px(-wide * 0.4),
    y - high * 1.02,
    px(wide * 0.5),
    y - high * 1.06,
    px(wide * 0.92),
    y - high * 0.84,
  );
  ctx.bezierCurveTo(px(wide * 1.1), y - high * 0.5, px(wide * 1.02), y + high * 0.32, px(wide * 0.66), y + high * 0.76);
  ctx.bezierCurveTo(
    px(wide * 0.36),
    y + high * 1.08,
    px(-wide * 0.4),
    y + high * 1.08,
    px(-wide * 0.7),
    y + high * 0.6,
  );
  ctx.bezierCurveTo(
    px(-wide * 0.98),
    y + high * 0.16,
    px(-wide * 1.02),
    y - high * 0.6,
    px(-wide * 0.86),
    y - high * 0.78,
  );
  ctx.closePath();
}

export function traceBridge(ctx: Brush, x: number, y: number): void {
  ctx.moveTo(x - 100, y - 140);
  ctx.bezierCurveTo(x - 50, y - 168, x + 50, y - 168, x + 100, y - 140);
  ctx.lineTo(x + 92, y - 40);
  ctx.bezierCurveTo(x + 56, y - 104, x - 56, y - 104, x - 92, y - 40);
  ctx.closePath();
}

/** What the wearer looks at: a coast at the end of the afternoon, bent a little by the glass. */
function paintView(ctx: Brush, left: number, top: number, wide: number, high: number, seed: number): void {
  ctx.fillStyle = ramp(ctx, [0, top], [0, top + high], {
    0: '#3a2a6b',
    0.26: '#b4487e',
    0.46: '#f5825c',
    0.6: '#ffcf86',
    0.61: '#2f6d86',
    1: '#123048',
  });
  ctx.fillRect(left, top, wide, high);
  const horizon = top + high * 0.605;
  const sun: Point = [left + wide * 0.62, horizon - 46];
  glow(ctx, sun, 210, '#ffd38a', 0.9);
  fillShape(ctx, '#fff4cf', () => ctx.arc(sun[0], sun[1], 44, 0, 7));
  fillBelow(
    ctx,
    skyline(seed, left + wide + 30, horizon - 26, 34, 150)
      .filter(([x]) => x > left - 10)
      .map(([x, y]): Point => [x, Math.min(horizon, y + Math.max(0, x - left - wide * 0.3) * 0.3)]),
    horizon,
    ramp(ctx, [left, 0], [left + wide, 0], { 0: '#3d2353', 1: '#96456c' }),
  );
  const random = seeded(seed);
  for (let i = 0; i < 34; i++) {
    const t = random();
    haze(
      ctx,
      [sun[0] + between(random, -1, 1) * (16 + t * 90), horizon + 5 + t * 120],
      12 + t * 44,
      2 + t * 2,
      '#ffd694',
      0.75 * (1 - t * 0.5),
    );
  }
}

export function paintGlasses(ctx: Brush, [cx, cy]: Point): void {
  const lenses = [
    [[cx - 322, cy], -1],
    [[cx + 322, cy], 1],
  ] as const;
  // Temples run back from the hinges, foreshortened, out of focus with distance.
  for (const side of [-1, 1]) {
    const x = (d: number) => cx + side * d;
    blurred(ctx, 2, [cx - 600, cy - 340, 1200, 220], () =>
      fillShape(
        ctx,
        ramp(ctx, [0, cy - 330], [0, cy - 120], { 0: veil('#4a1c14', 0), 0.35: '#4a1c14', 1: '#7a3418' }),
        () =>
          trace(ctx, [
            [x(566), cy - 160],
            [x(424), cy - 322],
            [x(400), cy - 318],
            [x(522), cy - 150],
          ]),
      ),
    );
  }
  // Painted apart and part by part: mirrored outlines in one path would cut holes into each other.
  const frame = sheet(1600, 900, (acetate) => {
    const tone = ramp(acetate, [cx - 600, cy - 220], [cx + 500, cy + 260], {
      0: '#d67d33',
      0.4: '#a04a1e',
      0.75: '#6d2c16',
      1: '#99502a',
    });
    for (const [at, side] of lenses) {
      const x = (d: number) => cx + side * d;
      fillShape(acetate, tone, () => {
        acetate.moveTo(x(470), cy - 214);
        acetate.bezierCurveTo(x(540), cy - 222, x(596), cy - 226, x(628), cy - 212);
        acetate.bezierCurveTo(x(634), cy - 170, x(622), cy - 120, x(580), cy - 60);
      });
      fillShape(acetate, tone, () => traceLens(acetate, at, side, 44));
    }
    fillShape(acetate, tone, () => traceBridge(acetate, cx, cy));
    acetate.globalCompositeOperation = 'source-atop';
    // Tortoiseshell: dark clouds drifting in amber.
    const random = seeded(23);
    for (let i = 0; i < 330; i++) {
      const [x, y, r] = [cx + between(random, -620, 620), cy + between(random, -240, 250), between(random, 16, 60)];
      haze(
        acetate,
        [x, y],
        r,
        r * between(random, 0.5, 1.2),
        random() > 0.36 ? '#1f0a0a' : '#ffb85c',
        between(random, 0.3, 0.75),
      );
    }
    acetate.filter = 'blur(5px)';
    strokeShape(acetate, veil('#fff0cf', 0.75), 8, () => {
      for (const [at, side] of lenses) traceLens(acetate, [at[0] - 3, at[1] + 9], side, 39);
    });
    strokeShape(acetate, veil('#fff0cf', 0.7), 7, () => {
      acetate.moveTo(cx - 84, cy - 138);
      acetate.bezierCurveTo(cx - 46, cy - 156, cx + 46, cy - 156, cx + 84, cy - 138);
    });
  });
  ctx.drawImage(frame, 0, 0);
  for (const [at, side] of lenses) {
    const glass = () => traceLens(ctx, at, side, 0);
    inside(ctx, glass, () => {
      paintView(ctx, at[0] - 270, at[1] - 220, 540, 440, side < 0 ? 6 : 8);
      blurred(ctx, 14, 'everywhere', () => strokeShape(ctx, veil('#12061c', 0.75), 34, glass));
      // One broad window of sky lies across both lenses.
      fillShape(
        ctx,
        ramp(ctx, [at[0] - 240, at[1] - 200], [at[0] + 60, at[1] + 120], {
          0: veil('#ffffff', 0.5),
          1: veil('#ffffff', 0.04),
        }),
        () =>
          trace(ctx, [
            [at[0] - 190, at[1] - 260],
            [at[0] - 10, at[1] - 260],
            [at[0] - 190, at[1] + 260],
            [at[0] - 370, at[1] + 260],
          ]),
      );
      fillShape(ctx, veil('#ffffff', 0.12), () =>
        trace(ctx, [
          [at[0] + 26, at[1] - 260],
          [at[0] + 62, at[1] - 260],
          [at[0] - 118, at[1] + 260],
          [at[0] - 154, at[1] + 260],
        ]),
      );
    });
    strokeShape(ctx, '#2a0e0c', 4, glass);
    strokeShape(ctx, veil('#ffcf8f', 0.6), 2, () => traceLens(ctx, [at[0], at[1] + 3], side, 3));
  }
  for (const side of [-1, 1]) {
    for (const d of [594, 609]) fillShape(ctx, '#f7d9a0', () => ctx.arc(cx + side * d, cy - 172, 4.5, 0, 7));
  }
}
