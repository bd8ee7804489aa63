/** Things in the air: leaves, petals, confetti, hearts, bubbles, sparkles, embers. */
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { css, mix, type Rgb, saturate } from '../colours.ts';
import type { Random } from '../random.ts';
import type { Paint } from '../raster.ts';
import type { Airborne, Effect } from './effect.ts';
import { lampColour } from './grade.ts';

type Shape = (ctx: SKRSContext2D, size: number, colour: Rgb, random: Random) => void;
type Flock = {
  count: number;
  size: [number, number];
  palette: readonly Rgb[];
  shape: Shape;
  /** How it moves in a film. */
  air: Omit<Airborne, 'paint' | 'isLight'>;
  shine?: boolean;
  tumble?: boolean;
};

/** Scatters shapes in three depths; the nearest are blurred and kept away from the middle. */
function scatter(flock: Flock): Effect {
  return (raster, step, { random, paintAir }) => {
    const paint: Paint = (ctx, width, height) => {
      const unit = Math.hypot(width, height) / 1900;
      const palette =
        step.colours.length > 0
          ? step.colours.flatMap((c) => [c, mix(c, [255, 255, 255], 0.25), mix(c, [0, 0, 0], 0.15)])
          : flock.palette;
      if (flock.shine) ctx.globalCompositeOperation = 'lighter';
      const depths = [
        { share: 0.56, scale: 0.5, blur: 0, alpha: 0.8 },
        { share: 0.36, scale: 1, blur: 0, alpha: 0.96 },
        { share: 0.08, scale: 2.3, blur: 5, alpha: 0.72 },
      ];
      for (const depth of depths) {
        // The near ones are blurred together: one blur, not one each.
        const sheet = depth.blur > 0 ? createCanvas(width, height) : undefined;
        const target = sheet?.getContext('2d') ?? ctx;
        if (flock.shine) target.globalCompositeOperation = 'lighter';
        const count = Math.round(
          flock.count * depth.share * Math.min(2, step.strength) * Math.max(0.75, Math.min(1.3, height / width + 0.25)),
        );
        for (let n = 0; n < count; n++) {
          const side = random.next() < 0.5 ? random.between(-0.02, 0.2) : random.between(0.8, 1.02);
          const x = width * (sheet ? side : random.between(-0.02, 1.02));
          const y = height * random.between(-0.02, 1.02);
          target.save();
          target.translate(x, y);
          target.rotate(flock.tumble === false ? random.between(-0.3, 0.3) : random.next() * Math.PI * 2);
          if (flock.tumble !== false) target.scale(1, random.between(0.45, 1));
          target.globalAlpha = depth.alpha;
          flock.shape(target, random.between(...flock.size) * depth.scale * unit, random.pick(palette), random);
          target.restore();
        }
        if (!sheet) continue;
        ctx.filter = `blur(${(depth.blur * unit).toFixed(1)}px)`;
        ctx.drawImage(sheet, 0, 0);
      }
      ctx.filter = 'none';
    };
    return paintAir(raster, [{ ...flock.air, paint, isLight: flock.shine ?? false }]);
  };
}

const leafShape: Shape = (ctx, size, colour) => {
  const fill = ctx.createLinearGradient(-size, 0, size, 0);
  fill.addColorStop(0, css(mix(colour, [255, 220, 120], 0.25)));
  fill.addColorStop(1, css(mix(colour, [60, 10, 0], 0.3)));
  ctx.fillStyle = fill;
  ctx.beginPath();
  ctx.moveTo(-size, 0);
  ctx.bezierCurveTo(-size * 0.5, -size * 0.75, size * 0.45, -size * 0.6, size, 0);
  ctx.bezierCurveTo(size * 0.45, size * 0.6, -size * 0.5, size * 0.75, -size, 0);
  ctx.fill();
  ctx.strokeStyle = css(mix(colour, [50, 10, 0], 0.5), 0.75);
  ctx.lineWidth = Math.max(0.6, size * 0.06);
  ctx.beginPath();
  ctx.moveTo(-size * 1.35, size * 0.08);
  ctx.quadraticCurveTo(0, -size * 0.06, size * 0.94, 0);
  for (const t of [-0.45, -0.05, 0.35]) {
    ctx.moveTo(size * t, 0);
    ctx.lineTo(size * (t + 0.28), -size * 0.3);
    ctx.moveTo(size * t, 0);
    ctx.lineTo(size * (t + 0.28), size * 0.3);
  }
  ctx.stroke();
};

const petalShape: Shape = (ctx, size, colour) => {
  const fill = ctx.createRadialGradient(-size * 0.5, 0, 0, 0, 0, size * 1.2);
  fill.addColorStop(0, css(mix(colour, [220, 60, 110], 0.28)));
  fill.addColorStop(1, css(mix(colour, [255, 255, 255], 0.3)));
  ctx.fillStyle = fill;
  ctx.beginPath();
  ctx.moveTo(-size, 0);
  ctx.bezierCurveTo(-size * 0.4, -size, size * 0.8, -size * 0.9, size, -size * 0.16);
  ctx.lineTo(size * 0.82, 0);
  ctx.lineTo(size, size * 0.16);
  ctx.bezierCurveTo(size * 0.8, size * 0.9, -size * 0.4, size, -size, 0);
  ctx.fill();
};

const paperShape: Shape = (ctx, size, colour, random) => {
  ctx.fillStyle = css(mix(colour, random.next() > 0.5 ? [255, 255, 255] : [0, 0, 0], random.between(0, 0.22)));
  const kind = random.next();
  if (kind < 0.62) ctx.fillRect(-size * 0.5, -size * 0.32, size, size * 0.64);
  else if (kind < 0.82) {
    ctx.beginPath();
    ctx.arc(0, 0, size * 0.4, 0, Math.PI * 2);
    ctx.fill();
  } else {
    ctx.strokeStyle = ctx.fillStyle;
    ctx.lineWidth = size * 0.2;
    ctx.beginPath();
    ctx.moveTo(-size * 1.3, 0);
    ctx.bezierCurveTo(-size * 0.7, -size, -size * 0.1, size, size * 0.5, -size * 0.1);
    ctx.bezierCurveTo(size * 0.8, -size * 0.6, size, size * 0.4, size * 1.3, 0);
    ctx.stroke();
  }
};

const heartShape: Shape = (ctx, size, colour) => {
  const fill = ctx.createRadialGradient(-size * 0.3, -size * 0.4, size * 0.1, 0, 0, size * 1.3);
  fill.addColorStop(0, css(mix(colour, [255, 255, 255], 0.45)));
  fill.addColorStop(0.5, css(colour));
  fill.addColorStop(1, css(mix(colour, [60, 0, 20], 0.35)));
  ctx.fillStyle = fill;
  ctx.beginPath();
  ctx.moveTo(0, size * 0.95);
  ctx.bezierCurveTo(-size * 1.5, -size * 0.1, -size * 0.75, -size * 1.15, 0, -size * 0.42);
  ctx.bezierCurveTo(size * 0.75, -size * 1.15, size * 1.5, -size * 0.1, 0, size * 0.95);
  ctx.fill();
};

const bubbleShape: Shape = (ctx, size, colour) => {
  const film = ctx.createRadialGradient(0, 0, size * 0.55, 0, 0, size);
  film.addColorStop(0, css(colour, 0.02));
  film.addColorStop(0.82, css(colour, 0.22));
  film.addColorStop(0.95, css(mix(colour, [255, 255, 255], 0.7), 0.7));
  film.addColorStop(1, css(colour, 0));
  ctx.fillStyle = film;
  ctx.beginPath();
  ctx.arc(0, 0, size, 0, Math.PI * 2);
  ctx.fill();
  const gleam = ctx.createRadialGradient(-size * 0.38, -size * 0.42, 0, -size * 0.38, -size * 0.42, size * 0.34);
  gleam.addColorStop(0, css([255, 255, 255], 0.9));
  gleam.addColorStop(1, css([255, 255, 255], 0));
  ctx.fillStyle = gleam;
  ctx.fill();
};

const sparkleShape: Shape = (ctx, size, colour) => {
  const light = lampColour(colour);
  const halo = ctx.createRadialGradient(0, 0, 0, 0, 0, size);
  halo.addColorStop(0, css(mix(light, [255, 255, 255], 0.6), 0.85));
  halo.addColorStop(0.25, css(light, 0.3));
  halo.addColorStop(1, css(light, 0));
  ctx.fillStyle = halo;
  ctx.fillRect(-size, -size, size * 2, size * 2);
  ctx.fillStyle = css(mix(light, [255, 255, 255], 0.75));
  const [long, thin] = [size * 1.15, size * 0.075];
  ctx.beginPath();
  for (let i = 0; i < 8; i++) {
    const turn = (i / 8) * Math.PI * 2;
    const r = i % 2 === 0 ? (i % 4 === 0 ? long * 0.72 : long) : thin;
    ctx.lineTo(Math.cos(turn) * r, Math.sin(turn) * r);
  }
  ctx.fill();
};

const emberShape: Shape = (ctx, size, colour) => {
  const light = lampColour(colour);
  const halo = ctx.createRadialGradient(0, 0, 0, 0, 0, size * 2.2);
  halo.addColorStop(0, css([255, 244, 214], 1));
  halo.addColorStop(0.16, css(light, 0.9));
  halo.addColorStop(0.4, css(light, 0.25));
  halo.addColorStop(1, css(light, 0));
  ctx.fillStyle = halo;
  ctx.fillRect(-size * 2.2, -size * 2.2, size * 4.4, size * 4.4);
};

const AUTUMN: Rgb[] = [
  [214, 92, 24],
  [232, 148, 34],
  [178, 46, 26],
  [240, 186, 52],
  [148, 82, 34],
];
const PARTY: Rgb[] = (
  [
    [255, 64, 106],
    [255, 196, 46],
    [46, 190, 255],
    [96, 214, 120],
    [166, 96, 255],
    [255, 132, 48],
  ] as Rgb[]
).map((c) => saturate(c, 1.05));

export const leaves = scatter({
  count: 84,
  size: [20, 38],
  palette: AUTUMN,
  shape: leafShape,
  air: { fall: 0.15, sway: 0.03 },
});
export const petals = scatter({
  count: 96,
  size: [9, 17],
  palette: [
    [255, 192, 212],
    [255, 216, 228],
    [250, 168, 196],
  ],
  shape: petalShape,
  air: { fall: 0.1, sway: 0.035, slant: 0.3 },
});
export const confetti = scatter({
  count: 380,
  size: [13, 29],
  palette: PARTY,
  shape: paperShape,
  air: { fall: 0.24, sway: 0.012 },
});
export const hearts = scatter({
  count: 52,
  size: [18, 42],
  palette: [
    [235, 38, 84],
    [255, 96, 136],
    [204, 20, 60],
  ],
  shape: heartShape,
  air: { fall: -0.11, sway: 0.015 },
  tumble: false,
});
export const bubbles = scatter({
  count: 74,
  size: [18, 58],
  palette: [
    [190, 232, 255],
    [220, 205, 255],
    [255, 225, 240],
  ],
  shape: bubbleShape,
  air: { fall: -0.09, sway: 0.012 },
  tumble: false,
});
export const sparkles = scatter({
  count: 105,
  size: [10, 42],
  palette: [
    [255, 236, 190],
    [255, 252, 240],
    [255, 214, 140],
  ],
  shape: sparkleShape,
  air: { fall: 0.02, sway: 0.006 },
  shine: true,
  tumble: false,
});
export const embers = scatter({
  count: 150,
  size: [3.5, 10],
  palette: [
    [255, 140, 40],
    [255, 96, 24],
    [255, 184, 70],
  ],
  shape: emberShape,
  air: { fall: -0.16, sway: 0.02 },
  shine: true,
});
