/** Smooth random fields: clouds of fog, snow density, mountain ridges, paper. */
import type { Random } from './random.ts';

/** Value noise on an endless grid; answers 0 to 1. */
export type Noise = (x: number, y: number) => number;

export function createNoise(random: Random): Noise {
  const SIZE = 256;
  const values = Float32Array.from({ length: SIZE * SIZE }, () => random.next());
  const at = (x: number, y: number) => values[((y & 255) << 8) | (x & 255)]!;
  return (x, y) => {
    const x0 = Math.floor(x);
    const y0 = Math.floor(y);
    const fx = x - x0;
    const fy = y - y0;
    const u = fx * fx * (3 - 2 * fx);
    const v = fy * fy * (3 - 2 * fy);
    const top = at(x0, y0) + (at(x0 + 1, y0) - at(x0, y0)) * u;
    const low = at(x0, y0 + 1) + (at(x0 + 1, y0 + 1) - at(x0, y0 + 1)) * u;
    return top + (low - top) * v;
  };
}

/** Several octaves of noise on top of each other, still 0 to 1. */
export function layeredNoise(noise: Noise, x: number, y: number, octaves = 4): number {
  let sum = 0;
  let weight = 1;
  let total = 0;
  let scale = 1;
  for (let o = 0; o < octaves; o++) {
    sum += noise(x * scale + o * 17.3, y * scale + o * 9.1) * weight;
    total += weight;
    weight *= 0.5;
    scale *= 2;
  }
  return sum / total;
}
