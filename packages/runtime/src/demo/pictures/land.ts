import { type Brush, fillShape, inside, type Point, ramp, strokeShape, trace } from './light.ts';
import { between, seeded, smoothNoise } from './seeded.ts';

/** A rolling skyline from x = 0 to `width`: three octaves of noise around `base`, `swell` px tall, `scale` px long. */
export function skyline(seed: number, width: number, base: number, swell: number, scale: number): Point[] {
  const noise = smoothNoise(seed);
  const points: Point[] = [];
  for (let x = -20; x <= width + 20; x += 4) {
    const t = x / scale + 40;
    points.push([x, base - swell * (noise(t) * 0.62 + noise(t * 2.1 + 9) * 0.26 + noise(t * 4.7 + 31) * 0.1)]);
  }
  return points;
}

/** Fills everything from a skyline down to `bottom`. */
export function fillBelow(ctx: Brush, line: readonly Point[], bottom: number, fill: string | CanvasGradient): void {
  const first = line[0]!;
  const last = line[line.length - 1]!;
  fillShape(ctx, fill, () => trace(ctx, [...line, [last[0], bottom], [first[0], bottom]]));
}

/** A broken line between two points, like a rock edge: `jag` is how far it strays, as a share of its length. */
export function rockEdge(random: () => number, from: Point, to: Point, jag: number, depth = 6): Point[] {
  if (depth === 0) return [from];
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const t = between(random, 0.38, 0.62);
  const stray = (random() - 0.5) * jag * length;
  const nx = -(to[1] - from[1]) / (length || 1);
  const ny = (to[0] - from[0]) / (length || 1);
  const middle: Point = [from[0] + (to[0] - from[0]) * t + nx * stray, from[1] + (to[1] - from[1]) * t + ny * stray];
  return [...rockEdge(random, from, middle, jag, depth - 1), ...rockEdge(random, middle, to, jag, depth - 1)];
}

export interface Peak {
  seed: number;
  summit: Point;
  /** Where the flanks meet the ground, left and right. */
  left: number;
  right: number;
  base: number;
  /** Colours of the sunny and the shaded flank at the summit, and the haze both sink into at the base. */
  lit: string;
  shade: string;
  haze: string;
  /** Snow down to this share of the height (0 to 1), in these two colours. */
  snow?: { depth: number; lit: string; shade: string };
  sun?: 'left' | 'right';
}

/** A mountain as a poster painter would cut it: a lit flank, a shaded one, ribs, and snow that follows the rock. */
export function paintPeak(ctx: Brush, peak: Peak): void {
  const { summit, left, right, base, snow, sun = 'left' } = peak;
  const random = seeded(peak.seed);
  const height = base - summit[1];
  // Flanks sag between summit and foot: straight ones look like sugar loaves.
  const knee = (side: number, t: number): Point => [
    summit[0] + (side - summit[0]) * t,
    summit[1] + height * (t + 0.17 * Math.sin(t * Math.PI)),
  ];
  const [leftKnee, rightKnee] = [knee(left, between(random, 0.34, 0.46)), knee(right, between(random, 0.34, 0.46))];
  const leftEdge = [...rockEdge(random, [left, base], leftKnee, 0.2), ...rockEdge(random, leftKnee, summit, 0.24)];
  const rightEdge = [...rockEdge(random, summit, rightKnee, 0.24), ...rockEdge(random, rightKnee, [right, base], 0.2)];
  const foot: Point = [summit[0] + (right - left) * between(random, -0.06, 0.06), base];
  const spine = rockEdge(random, summit, foot, 0.34);
  const down = (colour: string) => ramp(ctx, [0, summit[1]], [0, base], { 0: colour, 0.35: colour, 1: peak.haze });
  const [leftColour, rightColour] = sun === 'left' ? [peak.lit, peak.shade] : [peak.shade, peak.lit];
  const body = () => trace(ctx, [...leftEdge, ...rightEdge, [right, base]]);
  fillShape(ctx, down(leftColour), body);
  const rightHalf = () => trace(ctx, [...spine, foot, [right, base], ...[...rightEdge].reverse()]);
  fillShape(ctx, down(rightColour), rightHalf);

  const span = right - left;
  const side = sun === 'left' ? -1 : 1;
  /** A sliver of another tone that runs down a flank and closes to a point at both ends. */
  const sliver = (top: Point, end: Point, belly: number, fill: string | CanvasGradient) => {
    const bulge: Point = [(top[0] + end[0]) / 2 + belly, (top[1] + end[1]) / 2];
    fillShape(ctx, fill, () =>
      trace(ctx, [
        ...rockEdge(random, top, end, 0.24, 5),
        ...rockEdge(random, end, bulge, 0.22, 4),
        ...rockEdge(random, bulge, top, 0.22, 4),
      ]),
    );
  };
  const slivers = (count: number, onSide: number, fill: string | CanvasGradient, opacity: number, depth: number) => {
    ctx.globalAlpha = opacity;
    for (let i = 0; i < count; i++) {
      const t = (0.06 + (i / count) * depth) * between(random, 0.8, 1.2);
      const reach = Math.abs((onSide < 0 ? left : right) - summit[0]) * t * between(random, 0.25, 0.8);
      const top: Point = [summit[0] + onSide * reach, summit[1] + height * t];
      const length = height * between(random, 0.12, 0.3);
      sliver(
        top,
        [top[0] + onSide * length * between(random, 0.15, 0.5), top[1] + length],
        -onSide * length * between(random, 0.08, 0.2),
        fill,
      );
    }
    ctx.globalAlpha = 1;
  };
  inside(ctx, body, () => {
    slivers(9, side, down(peak.shade), 0.5, 0.8);
    slivers(6, -side, down(peak.lit), 0.3, 0.7);
    if (!snow) return;
    // The snow line is a broken edge with fingers that reach down the gullies, longest under the summit.
    const line: Point[] = [];
    for (let i = 0; i <= 64; i++) {
      const x = left + (span * i) / 64;
      const under = 1 - Math.min(1, Math.abs(x - summit[0]) / (span * 0.3));
      const finger = random() ** 3 * 0.75 * (0.35 + under);
      line.push([x, summit[1] + height * snow.depth * (0.5 + under * 0.22 + finger + between(random, -0.1, 0.1))]);
    }
    const cap = () => trace(ctx, [[left, summit[1] - 60], ...line, [right, summit[1] - 60]]);
    inside(ctx, cap, () => {
      const [a, b] = sun === 'left' ? [snow.lit, snow.shade] : [snow.shade, snow.lit];
      fillShape(ctx, a, body);
      strokeShape(ctx, a, 2, body);
      fillShape(ctx, b, rightHalf);
      strokeShape(ctx, b, 1.2, rightHalf);
      slivers(7, side, snow.shade, 0.9, snow.depth * 0.8);
      slivers(4, -side, snow.lit, 0.35, snow.depth * 0.8);
      slivers(5, side, peak.shade, 0.55, snow.depth);
    });
  });
}

/** A spruce with its foot at `[x, y]`. */
export function paintSpruce(ctx: Brush, seed: number, [x, y]: Point, height: number, fill: string): void {
  const random = seeded(seed);
  const tiers = Math.round(6 + height / 34);
  const leftSide: Point[] = [];
  const rightSide: Point[] = [];
  for (let i = 1; i <= tiers; i++) {
    const t = i / tiers;
    const level = y - height * (1 - t * 0.95);
    for (const [line, sign] of [
      [leftSide, -1],
      [rightSide, 1],
    ] as const) {
      const half = height * (0.015 + 0.19 * t ** 0.85) * between(random, 0.78, 1.16);
      const droop = height * 0.02 * between(random, 0.2, 1.6);
      line.push([x + sign * half, level + droop], [x + sign * half * 0.42, level - height * 0.012]);
    }
  }
  const trunk = height * 0.014;
  fillShape(ctx, fill, () => {
    trace(ctx, [
      [x, y - height],
      ...rightSide,
      [x + trunk, y - height * 0.06],
      [x + trunk, y],
      [x - trunk, y],
      [x - trunk, y - height * 0.06],
      ...leftSide.reverse(),
    ]);
  });
}
