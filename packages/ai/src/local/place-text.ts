/** Where lettering goes: large, whole, and over the calmest part of the picture that fits it. */
import { contrastRatio, mix, type Rgb, relativeLuminance } from './colours.ts';
import { type Box, type Raster, resize } from './raster.ts';
import type { TextPlace } from './read-text-style.ts';

/** Lines of words with their widths at a size of 1. */
export type Layout = { lines: string[]; width: number };
export type Placement = { lines: string[]; size: number; box: Box; align: 'left' | 'center' | 'right' };

export const LINE_HEIGHT = 1.14;
const MAP_SIZE = 144;

/** How busy the picture is, summed so that any box is answered at once. */
export type CalmMap = {
  width: number;
  height: number;
  scale: number;
  sums: Float64Array;
  light: Float64Array;
  lightSquared: Float64Array;
  mean: number;
  pixels: Uint8ClampedArray;
};

export async function measureCalm(raster: Raster): Promise<CalmMap> {
  const scale = MAP_SIZE / Math.max(raster.width, raster.height);
  const { data, width, height } = await resize(raster, raster.width * scale, raster.height * scale);
  const lum = Float32Array.from(
    { length: width * height },
    (_, i) => 0.299 * data[i * 4]! + 0.587 * data[i * 4 + 1]! + 0.114 * data[i * 4 + 2]!,
  );
  const overall = lum.reduce((a, b) => a + b, 0) / lum.length;
  const sums = new Float64Array((width + 1) * (height + 1));
  const light = new Float64Array(sums.length);
  const lightSquared = new Float64Array(sums.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const right = lum[y * width + Math.min(width - 1, x + 1)]!;
      const below = lum[Math.min(height - 1, y + 1) * width + x]!;
      const edge = Math.abs(lum[i]! - right) + Math.abs(lum[i]! - below);
      // What differs from the whole, near the middle, is likely the subject.
      const central = Math.exp(-(((x / width - 0.5) / 0.3) ** 2) - ((y / height - 0.52) / 0.3) ** 2);
      const busy = Math.min(60, edge) + central * (5 + Math.abs(lum[i]! - overall) * 0.16);
      const j = (y + 1) * (width + 1) + x + 1;
      const l = relativeLuminance([data[i * 4]!, data[i * 4 + 1]!, data[i * 4 + 2]!]);
      for (const [table, value] of [
        [sums, busy],
        [light, l],
        [lightSquared, l * l],
      ] as const)
        table[j] = value + table[j - 1]! + table[j - width - 1]! - table[j - width - 2]!;
    }
  }
  return { width, height, scale, sums, light, lightSquared, mean: sums.at(-1)! / (width * height), pixels: data };
}

function inMap(map: CalmMap, box: Box) {
  const x0 = Math.max(0, Math.min(map.width - 1, Math.floor(box.x * map.scale)));
  const y0 = Math.max(0, Math.min(map.height - 1, Math.floor(box.y * map.scale)));
  const x1 = Math.max(x0 + 1, Math.min(map.width, Math.ceil((box.x + box.width) * map.scale)));
  const y1 = Math.max(y0 + 1, Math.min(map.height, Math.ceil((box.y + box.height) * map.scale)));
  return { x0, y0, x1, y1 };
}

/** The mean of a summed table over a box. */
function meanIn(map: CalmMap, table: Float64Array, box: Box): number {
  const { x0, y0, x1, y1 } = inMap(map, box);
  const w = map.width + 1;
  return (
    (table[y1 * w + x1]! - table[y0 * w + x1]! - table[y1 * w + x0]! + table[y0 * w + x0]!) / ((x1 - x0) * (y1 - y0))
  );
}

/** Busyness of a box against the picture's own average: below 1 is calm. */
export function busyness(map: CalmMap, box: Box): number {
  return meanIn(map, map.sums, box) / Math.max(1.5, map.mean);
}

/** How much light and dark lie side by side under a box: 0 is even. */
function unevenness(map: CalmMap, box: Box): number {
  return Math.sqrt(Math.max(0, meanIn(map, map.lightSquared, box) - meanIn(map, map.light, box) ** 2));
}

/** The darkest, middle and brightest colours under a box (8 %, 50 %, 92 %). */
export function coloursUnder(map: CalmMap, box: Box): { dark: Rgb; middle: Rgb; bright: Rgb } {
  const { x0, y0, x1, y1 } = inMap(map, box);
  const found: { colour: Rgb; light: number }[] = [];
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      const p = (y * map.width + x) * 4;
      const colour: Rgb = [map.pixels[p]!, map.pixels[p + 1]!, map.pixels[p + 2]!];
      found.push({ colour, light: relativeLuminance(colour) });
    }
  }
  found.sort((a, b) => a.light - b.light);
  const at = (share: number) => found[Math.min(found.length - 1, Math.floor(found.length * share))]!.colour;
  return { dark: at(0.08), middle: at(0.5), bright: at(0.92) };
}

export type PlaceAsk = {
  area: Box;
  place: TextPlace | undefined;
  sizeFactor: number;
  letters: number;
  taken: readonly Box[];
};

/** The best of all layouts, sizes and places; undefined when not even the smallest fits. */
export function placeText(map: CalmMap, layouts: readonly Layout[], ask: PlaceAsk): Placement | undefined {
  const { area } = ask;
  const margin = Math.min(area.width, area.height) * 0.062;
  const room = { width: area.width - margin * 2, height: area.height - margin * 2 };
  const short = Math.min(area.width, area.height);
  // A block of lettering should take about an eighth of the picture; few letters may be larger.
  const wanted =
    Math.max(
      0.034 * short,
      Math.min(0.21 * short, Math.sqrt((area.width * area.height * 0.13) / (Math.max(6, ask.letters) * 0.52))),
    ) * ask.sizeFactor;
  let best: { placement: Placement; score: number } | undefined;
  for (const layout of layouts) {
    for (const factor of [1.35, 1.15, 1, 0.86, 0.74, 0.62, 0.52, 0.42, 0.33, 0.26, 0.2]) {
      const size = Math.min(wanted * factor, (room.width / layout.width) * 0.98);
      if (size < short * 0.022) continue;
      const width = layout.width * size;
      const height = layout.lines.length * size * LINE_HEIGHT;
      if (height > room.height) continue;
      for (const align of aligns(ask.place)) {
        const x =
          area.x + margin + (align === 'left' ? 0 : align === 'right' ? room.width - width : (room.width - width) / 2);
        for (let row = 0; row <= 10; row++) {
          if (!rowAllowed(ask.place, row)) continue;
          const y = area.y + margin + ((room.height - height) * row) / 10;
          const box = { x, y, width, height };
          if (ask.taken.some((other) => overlaps(other, box, size * 0.25))) continue;
          const pad = size * 0.18;
          const busy = busyness(map, { x: x - pad, y: y - pad, width: width + pad * 2, height: height + pad * 2 });
          const uneven = unevenness(map, box) * 2.6;
          const middling = 1 - Math.abs(row - 5) / 5;
          const score =
            -(Math.log(size / wanted) ** 2) * 1.5 -
            busy * 1.25 -
            uneven * 0.7 +
            (align === 'center' ? 0.16 : 0) -
            middling * 0.12 -
            (layout.lines.length - 1) * 0.09;
          if (!best || score > best.score + 1e-9)
            best = { placement: { lines: layout.lines, size, box, align }, score };
        }
      }
    }
  }
  return best?.placement;
}

function aligns(place: TextPlace | undefined): ('center' | 'left' | 'right')[] {
  if (place?.horizontal) return [place.horizontal];
  return place?.vertical ? ['center'] : ['center', 'left', 'right'];
}

function rowAllowed(place: TextPlace | undefined, row: number): boolean {
  if (!place?.vertical) return place?.horizontal === 'center' ? row === 5 || row !== 5 : true;
  return place.vertical === 'top' ? row <= 1 : place.vertical === 'bottom' ? row >= 9 : row === 5;
}

function overlaps(a: Box, b: Box, gap: number): boolean {
  return (
    a.x < b.x + b.width + gap && b.x < a.x + a.width + gap && a.y < b.y + b.height + gap && b.y < a.y + a.height + gap
  );
}

export type Ink = { colour: Rgb; scrim: Rgb; scrimAlpha: number };

const LIGHT: Rgb = [255, 255, 255];
const DARK: Rgb = [17, 18, 26];

/** Colour of the letters and the veil they need behind them to be read: 4.6 : 1, or 3 : 1 (large print) for a colour asked for. */
export function chooseInk(map: CalmMap, box: Box, asked: Rgb | undefined): Ink {
  const under = coloursUnder(map, box);
  const colour = asked ?? (relativeLuminance(under.middle) < 0.4 ? LIGHT : DARK);
  const least = asked ? 3.1 : 4.6;
  const grounds = [under.dark, under.middle, under.bright];
  const veil = (scrim: Rgb): Ink => {
    let alpha = 0;
    while (alpha < 0.94 && grounds.some((ground) => contrastRatio(colour, mix(ground, scrim, alpha)) < least))
      alpha += 0.04;
    return { colour, scrim, scrimAlpha: alpha };
  };
  // Letters stand out by a dark veil or by a light one: the thinner wins.
  const dark = veil([6, 8, 16]);
  const light = veil(LIGHT);
  return light.scrimAlpha < dark.scrimAlpha ? light : dark;
}
