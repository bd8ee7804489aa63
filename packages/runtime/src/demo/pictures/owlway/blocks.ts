import { type Brush, fillShape, mix, ramp, veil } from '../light.ts';
import { between, seeded } from '../seeded.ts';

/** A street of lit windows: blocks of `tone`, more of them awake near the ground. */
export function paintBlocks(
  ctx: Brush,
  seed: number,
  w: number,
  ground: number,
  tallest: number,
  tone: string,
  awake: number,
): void {
  const random = seeded(seed);
  for (let x = -30; x < w + 30; ) {
    const wide = between(random, 74, 170);
    const high = tallest * between(random, 0.45, 1);
    fillShape(ctx, ramp(ctx, [0, ground - high], [0, ground], { 0: tone, 1: mix(tone, '#6a4a86', 0.4) }), () =>
      ctx.rect(x, ground - high, wide + 1, high),
    );
    if (random() > 0.6) fillShape(ctx, tone, () => ctx.rect(x + wide * 0.3, ground - high - 26, wide * 0.3, 28));
    if (random() > 0.7) fillShape(ctx, tone, () => ctx.rect(x + wide * 0.7, ground - high - 60, 3, 62));
    const cell = between(random, 17, 23);
    for (let wy = ground - high + 18; wy < ground - 20; wy += cell * 1.3) {
      for (let wx = x + 10; wx < x + wide - 14; wx += cell) {
        if (random() > awake) continue;
        const glass = random();
        ctx.fillStyle = veil(glass > 0.85 ? '#8fe3ff' : glass > 0.25 ? '#ffcf7d' : '#ff9a5c', between(random, 0.35, 1));
        ctx.fillRect(wx, wy, cell * 0.5, cell * 0.72);
      }
    }
    x += wide + (random() > 0.75 ? between(random, 6, 24) : 0);
  }
}
