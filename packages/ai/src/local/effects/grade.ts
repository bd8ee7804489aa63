/** Colour grades: every one a rule per pixel, blended by strength. */
import type { Rgb } from '../colours.ts';
import { luma, mix, saturate } from '../colours.ts';
import { blurred, copy, type Raster } from '../raster.ts';
import type { Effect } from './effect.ts';
import { curve, gradientMap, mapPixels, mapTones, toneEnds } from './map-pixels.ts';

const tone = (r: number, g: number, b: number) => 0.299 * r + 0.587 * g + 0.114 * b;
/** A gentle S: contrast without clipping. */
const sCurve = (power: number) => (t: number) => t + power * (t * t * (3 - 2 * t) - t);

export const warm: Effect = (raster, step) => temperature(raster, step.strength);
export const cold: Effect = (raster, step) => temperature(raster, -step.strength);

function temperature(raster: Raster, heat: number): Raster {
  const k = heat * 0.17;
  return mapPixels(raster, (r, g, b, out) => {
    const grey = tone(r, g, b);
    const nr = r * (1 + k * 0.9);
    const ng = g * (1 + (heat > 0 ? k * 0.25 : 0));
    const nb = b * (1 - k);
    // Keep the brightness: a temperature must not expose the picture anew.
    const keep = grey / Math.max(1, tone(nr, ng, nb));
    const f = 0.35 + 0.65 * keep;
    out[0] = nr * f + (heat > 0 ? 8 * heat : 0);
    out[1] = ng * f + (heat > 0 ? 3 * heat : 2 * -heat);
    out[2] = nb * f + (heat < 0 ? 9 * -heat : 0);
  });
}

export const vintage: Effect = (raster, step, kit) => {
  const red = curve((t) => 0.07 + 0.9 * sCurve(0.35)(t) ** 0.93);
  const green = curve((t) => 0.05 + 0.87 * sCurve(0.3)(t));
  const blue = curve((t) => 0.15 + 0.64 * t);
  const { random } = kit;
  const grains = Float32Array.from({ length: 8191 }, () => (random.next() + random.next() - 1) * 14);
  let n = 0;
  const { width, height } = raster;
  return mapPixels(
    raster,
    (r, g, b, out, x, y) => {
      const grey = tone(r, g, b);
      const dx = x / width - 0.5;
      const dy = y / height - 0.5;
      const shade = 1 - Math.min(0.5, (dx * dx + dy * dy) * 0.75);
      n = (n + 1 + (x & 3)) % 8191;
      const grain = grains[n]!;
      out[0] = (red[Math.round(grey + (r - grey) * 0.78)] ?? 0) * shade + grain;
      out[1] = (green[Math.round(Math.max(0, Math.min(255, grey + (g - grey) * 0.78)))] ?? 0) * shade + grain;
      out[2] = (blue[Math.round(Math.max(0, Math.min(255, grey + (b - grey) * 0.7)))] ?? 0) * shade + grain;
    },
    Math.min(1, 0.35 + step.strength * 0.62),
  );
};

export const mono: Effect = (raster) => {
  const { low, high } = toneEnds(raster);
  const span = Math.max(0.35, high - low);
  const shape = curve((t) => sCurve(0.45)(Math.max(0, Math.min(1, (t - low * 0.8) / span))));
  // Reds a little up, blues a little down: skin glows and skies gain weight, as with a yellow filter.
  return mapPixels(raster, (r, g, b, out) => {
    const grey = shape[Math.round(Math.min(255, 0.36 * r + 0.54 * g + 0.1 * b))]!;
    out[0] = grey;
    out[1] = grey;
    out[2] = grey;
  });
};

export const sepia: Effect = (raster, step) => {
  const table = gradientMap([
    { at: 0, colour: [26, 14, 6] },
    { at: 0.45, colour: [136, 96, 58] },
    { at: 0.8, colour: [222, 190, 142] },
    { at: 1, colour: [255, 244, 220] },
  ]);
  return mapTones(raster, table, Math.min(1, 0.35 + 0.65 * step.strength), 1.1);
};

export const tint: Effect = (raster, step) => {
  const colour = step.colours[0] ?? [224, 27, 36];
  return mapTones(raster, toneScale(colour), Math.min(0.96, 0.2 + 0.52 * step.strength), 1.08);
};

/** Black, through the colour at its own brightness, to a breath of it: tones keep their order. */
function toneScale(colour: Rgb): Uint8ClampedArray {
  const at = Math.max(0.28, Math.min(0.72, luma(colour)));
  return gradientMap([
    { at: 0, colour: mix([0, 0, 0], colour, 0.1) },
    { at: at * 0.5, colour: mix([0, 0, 0], colour, 0.55) },
    { at, colour },
    { at: (1 + at) / 2, colour: mix(colour, [255, 255, 255], 0.48) },
    { at: 1, colour: mix(colour, [255, 255, 255], 0.92) },
  ]);
}

export const duotone: Effect = (raster, step) => {
  const named =
    step.colours.length === 1 ? [mix(step.colours[0]!, [0, 0, 0], 0.82), step.colours[0]!] : [...step.colours];
  const colours = (
    named.length > 1
      ? named
      : ([
          [38, 18, 92],
          [255, 128, 102],
        ] as Rgb[])
  ).toSorted((a, b) => luma(a) - luma(b));
  const dark = colours[0]!;
  const light = colours.at(-1)!;
  const { low, high } = toneEnds(raster);
  const span = Math.max(0.3, high - low);
  const inner = colours.map((colour, i) => ({ at: 0.16 + (0.68 * i) / (colours.length - 1), colour }));
  const table = gradientMap([
    { at: 0, colour: mix(dark, [0, 0, 0], luma(dark) > 0.25 ? 0.62 : 0.3) },
    ...inner,
    { at: 1, colour: mix(light, [255, 255, 255], 0.55) },
  ]);
  const stretched = new Uint8ClampedArray(table.length);
  for (let i = 0; i < 256; i++) {
    const j = Math.round(255 * Math.max(0, Math.min(1, (i / 255 - low) / span)));
    stretched.set(table.subarray(j * 3, j * 3 + 3), i * 3);
  }
  return mapTones(raster, stretched, Math.min(1, 0.3 + 0.68 * step.strength));
};

export const neon: Effect = async (raster, step) => {
  const table = gradientMap([
    { at: 0, colour: [6, 2, 22] },
    { at: 0.22, colour: [44, 10, 96] },
    { at: 0.42, colour: [172, 16, 168] },
    { at: 0.6, colour: [255, 44, 148] },
    { at: 0.78, colour: [60, 190, 255] },
    { at: 1, colour: [226, 255, 255] },
  ]);
  const amount = Math.min(1, 0.45 + 0.4 * step.strength);
  mapTones(raster, table, amount, 1.15);
  mapPixels(raster, (r, g, b, out) => saturateInto(r, g, b, 1.2, out));
  return glowOver(raster, { sigma: raster.width / 60, threshold: 95, amount: 0.75 * step.strength });
};

export const pastel: Effect = (raster, step) =>
  mapPixels(
    raster,
    (r, g, b, out) => {
      const grey = tone(r, g, b);
      const lift = (c: number, extra: number) =>
        112 + (Math.max(0, grey + (c - grey) * 1.5) / 255) ** 0.85 * 138 + extra;
      out[0] = lift(r, 8);
      out[1] = lift(g, 0);
      out[2] = lift(b, 8);
    },
    Math.min(1, 0.25 + 0.65 * step.strength),
  );

export const brighter: Effect = (raster, step) => applyCurve(raster, (t) => 1 - (1 - t) ** (1 + 0.55 * step.strength));
export const darker: Effect = (raster, step) =>
  applyCurve(raster, (t) => t ** (1 + 0.55 * step.strength) * (1 - 0.1 * step.strength));

export const contrast: Effect = (raster, step) => {
  const { low, high } = toneEnds(raster);
  const k = Math.min(1, step.strength * 0.5);
  const span = Math.max(0.4, high - low);
  return applyCurve(raster, (t) =>
    sCurve(0.75 * step.strength)(t + (Math.max(0, Math.min(1, (t - low) / span)) - t) * k),
  );
};

export const flat: Effect = (raster, step) =>
  applyCurve(raster, (t) => 0.5 + (t - 0.5) * (1 - 0.38 * Math.min(1.7, step.strength)) + 0.03);

function applyCurve(raster: Raster, shape: (t: number) => number): Raster {
  const table = curve(shape);
  return mapPixels(raster, (r, g, b, out) => {
    out[0] = table[r]!;
    out[1] = table[g]!;
    out[2] = table[b]!;
  });
}

/** Vibrance: quiet colours gain more than loud ones, so that skin does not burn. */
export const saturated: Effect = (raster, step) =>
  mapPixels(raster, (r, g, b, out) => {
    const loud = (Math.max(r, g, b) - Math.min(r, g, b)) / 255;
    saturateInto(r, g, b, 1 + step.strength * (0.75 - 0.4 * loud), out);
  });

export const faded: Effect = (raster, step) => {
  const k = Math.min(1, step.strength * 0.62);
  return mapPixels(raster, (r, g, b, out) => {
    saturateInto(r, g, b, 1 - 0.62 * k, out);
    for (let c = 0; c < 3; c++) out[c] = out[c]! * (1 - 0.28 * k) + 255 * 0.17 * k;
  });
};

function saturateInto(r: number, g: number, b: number, factor: number, out: Float32Array): void {
  const grey = tone(r, g, b);
  out[0] = grey + (r - grey) * factor;
  out[1] = grey + (g - grey) * factor;
  out[2] = grey + (b - grey) * factor;
}

export const moody: Effect = (raster, step) => {
  const k = Math.min(1.4, step.strength);
  const { width, height } = raster;
  const shape = curve((t) => sCurve(0.5 * k)(t ** (1 + 0.32 * k)));
  return mapPixels(raster, (r, g, b, out, x, y) => {
    saturateInto(r, g, b, 1 - 0.4 * k, out);
    const dx = x / width - 0.5;
    const dy = y / height - 0.5;
    const shade = 1 - Math.min(0.75, (dx * dx + dy * dy) * 0.95 * k);
    const grey = tone(r, g, b) / 255;
    const cool = (1 - grey) * 14 * k;
    for (let c = 0; c < 3; c++) out[c] = (shape[Math.max(0, Math.min(255, Math.round(out[c]!)))] ?? 0) * shade;
    out[0] = out[0]! - cool * 0.4 + grey * 6 * k;
    out[1] = out[1]! + cool * 0.35 * shade;
    out[2] = out[2]! + cool * shade;
  });
};

export const cinematic: Effect = (raster, step) => {
  const k = Math.min(1.5, step.strength);
  const shape = curve(sCurve(0.5 * k));
  mapPixels(raster, (r, g, b, out) => {
    const t = tone(r, g, b) / 255;
    const dark = (1 - t) ** 1.5 * k;
    const light = t ** 1.2 * k;
    out[0] = shape[r]! - 30 * dark + 26 * light;
    out[1] = shape[g]! + 6 * dark + 6 * light;
    out[2] = shape[b]! + 24 * dark - 32 * light;
  });
  return mapPixels(raster, (r, g, b, out) => saturateInto(r, g, b, 1.08, out));
};

export const invert: Effect = (raster) =>
  mapPixels(raster, (r, g, b, out) => {
    out[0] = 255 - r;
    out[1] = 255 - g;
    out[2] = 255 - b;
  });

export const dreamy: Effect = async (raster, step) => {
  mapPixels(
    raster,
    (r, g, b, out) => {
      out[0] = r * 0.94 + 16;
      out[1] = g * 0.94 + 12;
      out[2] = b * 0.94 + 16;
    },
    Math.min(1, step.strength),
  );
  return glowOver(raster, { sigma: raster.width / 45, threshold: 40, amount: 0.6 * step.strength });
};

/** Lays the blurred bright parts over the picture (screen). */
export async function glowOver(
  raster: Raster,
  glow: { sigma: number; threshold: number; amount: number },
): Promise<Raster> {
  const { sigma, threshold, amount } = glow;
  const bright = mapPixels(copy(raster), (r, g, b, out) => {
    const k = Math.max(0, (Math.max(r, g, b) - threshold) / (255 - threshold));
    out[0] = r * k;
    out[1] = g * k;
    out[2] = b * k;
  });
  const { data } = await blurred(bright, sigma);
  const base = raster.data;
  const k = Math.min(1.2, amount);
  for (let p = 0; p < base.length; p += 4)
    for (let c = 0; c < 3; c++)
      base[p + c] = 255 - ((255 - base[p + c]!) * (255 - Math.min(255, data[p + c]! * k))) / 255;
  return raster;
}

/** A colour made ready to shine: full and light. */
export function lampColour(colour: Rgb): Rgb {
  return saturate(mix(colour, [255, 255, 255], 0.25), 1.4);
}
