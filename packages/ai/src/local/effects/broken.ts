/** A broken signal: glitch; and film grain. */
import { copy } from '../raster.ts';
import type { Effect } from './effect.ts';
import { mapPixels } from './map-pixels.ts';

export const glitch: Effect = (raster, step, kit) => {
  const { random } = kit;
  const { width, height } = raster;
  const unit = width / 1600;
  const k = Math.min(2, step.strength);
  const source = copy(raster).data;
  const shift = new Int32Array(height);
  const torn = new Uint8Array(height);
  for (let n = 0; n < 16 * k; n++) {
    const top = random.whole(0, height - 1);
    const tall = random.whole(3, Math.max(4, Math.round(height * (random.next() < 0.25 ? 0.09 : 0.022))));
    const by = Math.round(random.between(-1, 1) * 88 * unit * k);
    const tear = random.next() < 0.2 ? 1 : 0;
    for (let y = top; y < Math.min(height, top + tall); y++) {
      shift[y] = by;
      torn[y] = tear;
    }
  }
  const split = Math.max(2, Math.round(11 * unit * k));
  const { data } = raster;
  const grab = (x: number, y: number, c: number) => source[(y * width + Math.max(0, Math.min(width - 1, x))) * 4 + c]!;
  for (let y = 0, p = 0; y < height; y++) {
    const by = shift[y]!;
    const apart = split + (by !== 0 ? split : 0);
    const scan = (y / Math.max(1, 2 * unit)) % 2 < 1 ? 0.86 : 1.04;
    for (let x = 0; x < width; x++, p += 4) {
      const red = grab(x - by - apart, y, 0);
      const green = grab(x - by, y, 1);
      const blue = grab(x - by + apart, y, 2);
      data[p] = (torn[y] ? 255 - blue : red) * scan * 1.04;
      data[p + 1] = (torn[y] ? green * 0.8 : green) * scan;
      data[p + 2] = (torn[y] ? 255 - red * 0.6 : blue) * scan * 1.06;
    }
  }
  for (let n = 0; n < 13 * k; n++) {
    const w = Math.round(random.between(30, 260) * unit);
    const h = Math.round(random.between(4, 26) * unit) + 1;
    const x0 = random.whole(0, Math.max(1, width - w));
    const y0 = random.whole(0, Math.max(1, height - h - 1));
    const tone = random.pick([
      [0, 255, 240],
      [255, 0, 140],
      [255, 240, 0],
      [40, 60, 255],
    ] as const);
    for (let y = y0; y < Math.min(height, y0 + h); y++)
      for (let x = x0; x < Math.min(width, x0 + w); x++) {
        const p = (y * width + x) * 4;
        for (let c = 0; c < 3; c++) data[p + c] = data[p + c]! * 0.45 + tone[c]! * 0.55;
      }
  }
  return raster;
};

export const grain: Effect = (raster, step, kit) => {
  const { random } = kit;
  const table = Float32Array.from(
    { length: 16381 },
    () => (random.next() + random.next() + random.next() - 1.5) * 44 * step.strength,
  );
  let n = 0;
  return mapPixels(raster, (r, g, b, out, x) => {
    n = (n + 1 + (x & 7)) % 16381;
    const grey = (0.299 * r + 0.587 * g + 0.114 * b) / 255;
    const v = table[n]! * (0.45 + 0.9 * grey * (1 - grey) * 2);
    out[0] = r + v;
    out[1] = g + v;
    out[2] = b + v;
  });
};
