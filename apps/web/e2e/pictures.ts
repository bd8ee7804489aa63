import type { BrowserContext, Locator } from 'playwright-core';
import sharp from 'sharp';

/** Pixels as people see them: `data` holds red, green, blue of each, row by row. */
export type Pixels = { width: number; height: number; data: Uint8Array };

/** The bytes behind the largest source of an `<img>`, fetched with the cookies of whoever sees it. */
export async function bytesOf(image: Locator, context: BrowserContext): Promise<{ bytes: Buffer; url: string }> {
  const [src, base] = await image.evaluate((node: HTMLImageElement) => {
    const sources = node.srcset.split(',').map((one) => one.trim().split(/\s+/));
    const widest = sources.toSorted((a, b) => Number.parseInt(b[1] ?? '0', 10) - Number.parseInt(a[1] ?? '0', 10))[0];
    return [widest?.[0] || node.src, document.baseURI];
  });
  const url = new URL(src!, base).href;
  const answer = await context.request.get(url);
  if (!answer.ok()) throw new Error(`${url} answered ${answer.status()}`);
  return { bytes: await answer.body(), url };
}

export async function pixelsOf(bytes: Uint8Array): Promise<Pixels> {
  const { data, info } = await sharp(bytes)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** The mean of red, green and blue, 0 to 255 each. */
export function meanColour({ data }: Pixels): [red: number, green: number, blue: number] {
  const sums: [number, number, number] = [0, 0, 0];
  for (let at = 0; at < data.length; at++) sums[(at % 3) as 0 | 1 | 2] += data[at]!;
  return sums.map((sum) => (sum * 3) / data.length) as [number, number, number];
}

export const luminance = ([red, green, blue]: readonly number[]): number =>
  0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;

/** How bright each pixel is. */
export function brightness({ data, width, height }: Pixels): Float32Array {
  const light = new Float32Array(width * height);
  for (let n = 0; n < light.length; n++) light[n] = luminance([data[n * 3]!, data[n * 3 + 1]!, data[n * 3 + 2]!]);
  return light;
}

/** One where the second picture is clearly brighter than the first: what was painted onto it in light colours. */
export function litUp(before: Pixels, after: Pixels, by = 50): Uint8Array {
  const [was, is] = [brightness(before), brightness(after)];
  return Uint8Array.from(is, (light, n) => (light - was[n]! > by ? 1 : 0));
}

export type Area = { left: number; top: number; width: number; height: number; share: number };

/** Where a line of lettering would lie: the box of that size which the mask fills most, and how much of it (0 to 1). */
export function fullestArea(mask: Uint8Array, { width, height }: Pixels, boxWidth = 0.4, boxHeight = 0.05): Area {
  const sums = new Uint32Array((width + 1) * (height + 1));
  const row = width + 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y + 1) * row + x + 1;
      sums[at] = mask[y * width + x]! + sums[at - 1]! + sums[at - row]! - sums[at - row - 1]!;
    }
  }
  const [wide, high] = [Math.round(width * boxWidth), Math.round(height * boxHeight)];
  let best: Area = { left: 0, top: 0, width: wide, height: high, share: 0 };
  for (let top = 0; top + high <= height; top += 2) {
    for (let left = 0; left + wide <= width; left += 4) {
      const [nw, ne] = [top * row + left, top * row + left + wide];
      const [sw, se] = [nw + high * row, ne + high * row];
      const share = (sums[se]! - sums[sw]! - sums[ne]! + sums[nw]!) / (wide * high);
      if (share > best.share) best = { left, top, width: wide, height: high, share };
    }
  }
  return best;
}

/** How often the mask changes along the middle line of an area: letters have many edges, a bar has two. */
export function edgesAcross(mask: Uint8Array, { width }: Pixels, area: Area): number {
  const start = (area.top + Math.round(area.height / 2)) * width + area.left;
  let edges = 0;
  for (let n = 1; n < area.width; n++) if (mask[start + n] !== mask[start + n - 1]) edges++;
  return edges;
}

/** Small spots of the mask, each of at most `most` pixels, that do not touch each other: flakes, not areas. */
export function countSpecks(mask: Uint8Array, { width, height }: Pixels, most = 400): number {
  const left = mask.slice();
  let specks = 0;
  for (let start = 0; start < left.length; start++) {
    if (left[start] !== 1) continue;
    const stack = [start];
    left[start] = 0;
    let size = 0;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      size++;
      const [x, y] = [at % width, Math.floor(at / width)];
      for (const next of [
        x > 0 && at - 1,
        x < width - 1 && at + 1,
        y > 0 && at - width,
        y < height - 1 && at + width,
      ]) {
        if (next === false || left[next] !== 1) continue;
        left[next] = 0;
        stack.push(next);
      }
    }
    if (size >= 4 && size <= most) specks++;
  }
  return specks;
}

/** The inner fifth: whatever frame lies round a picture, this is the picture. */
export const middleOf = (pixels: Pixels): Pixels => cut(pixels, 0.4, 0.4, 0.2, 0.2);

/** A strip along the lower edge. */
export const bottomEdgeOf = (pixels: Pixels): Pixels => cut(pixels, 0.1, 0.94, 0.8, 0.04);

function cut({ width, height, data }: Pixels, left: number, top: number, wide: number, high: number): Pixels {
  const [x, y] = [Math.round(left * width), Math.round(top * height)];
  const [w, h] = [Math.round(wide * width), Math.round(high * height)];
  const part = new Uint8Array(w * h * 3);
  for (let row = 0; row < h; row++) {
    const start = ((y + row) * width + x) * 3;
    part.set(data.subarray(start, start + w * 3), row * w * 3);
  }
  return { width: w, height: h, data: part };
}

/** How far apart red, green and blue of a pixel are on average: 0 is grey. */
export function colourfulness({ data }: Pixels): number {
  let sum = 0;
  for (let at = 0; at < data.length; at += 3) {
    const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!];
    sum += Math.max(red, green, blue) - Math.min(red, green, blue);
  }
  return sum / (data.length / 3);
}

/** How far pixels are from the mean on average: 0 is a plain surface. */
export function contrast(pixels: Pixels): number {
  const light = brightness(pixels);
  const mean = light.reduce((sum, one) => sum + one, 0) / light.length;
  return light.reduce((sum, one) => sum + Math.abs(one - mean), 0) / light.length;
}

/** How far two pictures of one size are apart, per channel of a pixel, 0 to 255. */
export function difference(one: Pixels, other: Pixels): number {
  if (one.data.length !== other.data.length) throw new Error('These pictures differ in size.');
  let sum = 0;
  for (let at = 0; at < one.data.length; at++) sum += Math.abs(one.data[at]! - other.data[at]!);
  return sum / one.data.length;
}
