/** What every painted scene gets, and the brushes they share. */
import type { SKRSContext2D } from '@napi-rs/canvas';
import { createCanvas, ImageData } from '@napi-rs/canvas';
import { css, mix, type Rgb } from '../colours.ts';
import { layeredNoise, type Noise } from '../noise.ts';
import type { Random } from '../random.ts';
import { paintRaster, smoothstep } from '../raster.ts';
import type { SceneExtra } from '../scene-words.ts';

export type Mood = 'day' | 'sunset' | 'night' | 'gray';

export type Light = {
  mood: Mood;
  /** Sky from the top down to the horizon. */
  sky: readonly [Rgb, Rgb, Rgb];
  far: Rgb;
  near: Rgb;
  /** Sun or moon. */
  lamp: Rgb;
};

export type SceneKit = {
  ctx: SKRSContext2D;
  width: number;
  height: number;
  /** 1 at a picture of 1600 x 1067. */
  unit: number;
  random: Random;
  noise: Noise;
  light: Light;
  /** Colours the prompt named, in its order; may be empty. */
  colours: readonly Rgb[];
  extras: ReadonlySet<SceneExtra>;
  isSnowy: boolean;
};

const LIGHTS: Record<Mood, Light> = {
  day: {
    mood: 'day',
    sky: [
      [44, 112, 196],
      [118, 178, 230],
      [222, 236, 242],
    ],
    far: [136, 170, 200],
    near: [30, 58, 62],
    lamp: [255, 250, 226],
  },
  sunset: {
    mood: 'sunset',
    sky: [
      [58, 42, 108],
      [222, 92, 98],
      [255, 196, 116],
    ],
    far: [190, 104, 116],
    near: [40, 20, 46],
    lamp: [255, 226, 150],
  },
  night: {
    mood: 'night',
    sky: [
      [5, 9, 32],
      [16, 32, 82],
      [62, 90, 148],
    ],
    far: [46, 68, 118],
    near: [5, 9, 22],
    lamp: [236, 240, 255],
  },
  gray: {
    mood: 'gray',
    sky: [
      [92, 104, 118],
      [150, 162, 172],
      [206, 212, 216],
    ],
    far: [146, 156, 164],
    near: [38, 46, 52],
    lamp: [236, 238, 236],
  },
};

/** Light of a mood; named colours take the place of its own. */
export function lightOf(mood: Mood, colours: readonly Rgb[]): Light {
  const base = LIGHTS[mood];
  const [first, second = first] = colours;
  if (!first || !second) return base;
  const dark = mood === 'night' ? 0.72 : mood === 'gray' ? 0.4 : 0.3;
  return {
    ...base,
    sky: [
      mix(first, base.sky[0], 0.25 + dark * 0.4),
      mix(first, second, 0.5),
      mix(second, [255, 250, 240], mood === 'night' ? 0.15 : 0.55),
    ],
    far: mix(first, mix(second, [255, 255, 255], 0.4), 0.5),
    near: mix(first, [8, 8, 20], 0.78),
    lamp: mix(second, [255, 255, 245], 0.75),
  };
}

export function fillSky({ ctx, width, height, light }: SceneKit, horizon: number): void {
  ctx.fillStyle = css(mix(light.far, light.sky[2], 0.4));
  ctx.fillRect(0, 0, width, height);
  const fill = ctx.createLinearGradient(0, 0, 0, horizon);
  fill.addColorStop(0, css(light.sky[0]));
  fill.addColorStop(0.55, css(light.sky[1]));
  fill.addColorStop(1, css(light.sky[2]));
  ctx.fillStyle = fill;
  ctx.fillRect(0, 0, width, horizon + 2);
}

/** Sun or moon with its halo; answers where it stands. */
export function hangLamp(kit: SceneKit, horizon: number): { x: number; y: number } {
  const { ctx, width, height, unit, random, light } = kit;
  const x = width * random.between(0.24, 0.76);
  const y =
    light.mood === 'sunset' ? horizon - height * random.between(0.03, 0.09) : horizon * random.between(0.22, 0.42);
  const r = (light.mood === 'sunset' ? 62 : light.mood === 'night' ? 40 : 46) * unit;
  ctx.save();
  ctx.globalCompositeOperation = 'screen';
  const reach = r * (light.mood === 'night' ? 7 : 12);
  const halo = ctx.createRadialGradient(x, y, r * 0.6, x, y, reach);
  halo.addColorStop(0, css(light.lamp, light.mood === 'gray' ? 0.4 : 0.75));
  halo.addColorStop(0.25, css(mix(light.lamp, light.sky[2], 0.5), 0.28));
  halo.addColorStop(1, css(light.sky[2], 0));
  ctx.fillStyle = halo;
  ctx.fillRect(0, 0, width, height);
  ctx.restore();
  if (light.mood === 'gray') return { x, y };
  ctx.fillStyle = css(mix(light.lamp, [255, 255, 255], 0.3));
  ctx.beginPath();
  ctx.arc(x, y, r, 0, Math.PI * 2);
  ctx.fill();
  if (light.mood === 'night') {
    ctx.fillStyle = css(mix(light.lamp, light.sky[1], 0.28), 0.5);
    for (const [dx, dy, s] of [
      [-0.3, -0.2, 0.24],
      [0.25, 0.3, 0.3],
      [0.34, -0.34, 0.14],
      [-0.36, 0.4, 0.16],
    ] as const) {
      ctx.beginPath();
      ctx.arc(x + dx * r, y + dy * r, s * r, 0, Math.PI * 2);
      ctx.fill();
    }
  }
  return { x, y };
}

export function sprinkleStars({ ctx, width, unit, random }: SceneKit, horizon: number, count = 420): void {
  for (let n = 0; n < count; n++) {
    const y = horizon * random.next() ** 1.25;
    ctx.fillStyle = css([226, 234, 255], (0.25 + 0.75 * random.next()) * (1 - y / horizon / 1.15));
    ctx.beginPath();
    ctx.arc(random.next() * width, y, (0.6 + 1.7 * random.next() ** 4) * unit, 0, Math.PI * 2);
    ctx.fill();
  }
}

/** Banks of cloud: noise, lit from the horizon. */
export function driftClouds(kit: SceneKit, horizon: number, amount: number): void {
  const { ctx, width, noise, light, random } = kit;
  const [w, h] = [Math.ceil(width / 5), Math.ceil(horizon / 5)];
  const shift = random.between(0, 60);
  const cloud = mix(light.sky[2], [255, 255, 255], light.mood === 'night' ? 0.05 : 0.55);
  const shade = mix(light.sky[1], light.sky[0], 0.35);
  const soft = paintRaster(w, h, (small) => {
    const image = small.createImageData(w, h);
    for (let y = 0, p = 0; y < h; y++) {
      const v = y / h;
      for (let x = 0; x < w; x++, p += 4) {
        const thick = layeredNoise(noise, (x / w) * 3.4 * (width / 1600) + shift, v * (5 + 5 * v), 6);
        const below = layeredNoise(noise, (x / w) * 3.4 * (width / 1600) + shift, (v - 0.03) * (5 + 5 * v), 3);
        const a =
          smoothstep(0.62 - 0.24 * amount, 0.84 - 0.14 * amount, thick) *
          (0.35 + 0.65 * smoothstep(0, 0.25, v)) *
          smoothstep(1.04, 0.8, v);
        const colour = mix(cloud, shade, smoothstep(0.4, 0.72, below) * 0.6);
        image.data[p] = colour[0];
        image.data[p + 1] = colour[1];
        image.data[p + 2] = colour[2];
        image.data[p + 3] = a * 235;
      }
    }
    small.putImageData(image, 0, 0);
  });
  const sheet = createCanvas(w, h);
  sheet.getContext('2d').putImageData(new ImageData(soft.data, w, h), 0, 0);
  ctx.imageSmoothingEnabled = true;
  ctx.imageSmoothingQuality = 'high';
  ctx.drawImage(sheet, 0, 0, width, horizon);
}

export type Ridge = { base: number; rise: number; wide: number; row: number; sharp?: boolean };

/** Height of a ridge at x: mountains when `sharp`, hills when not. */
export function ridgeAt(kit: SceneKit, ridge: Ridge, x: number): number {
  const { width, noise } = kit;
  const t = (x / width) * ridge.wide * Math.sqrt(width / kit.height / 1.5);
  if (!ridge.sharp)
    return ridge.base - (layeredNoise(noise, t + ridge.row * 13.7, ridge.row * 5.1, 3) - 0.35) * ridge.rise;
  let sum = 0;
  let weight = 1;
  for (let o = 0; o < 6; o++) {
    const n = noise(t * 2 ** o + ridge.row * 13.7, ridge.row * 5.1 + o * 3.3);
    sum += (1 - Math.abs(n * 2 - 1)) * weight;
    weight *= 0.48;
  }
  return ridge.base - (sum / 1.9 - 0.4) * ridge.rise;
}

/** A ridge filled down to the bottom, fading into haze below. */
export function fillRidge(kit: SceneKit, ridge: Ridge, colour: Rgb, haze: Rgb): void {
  const { ctx, width, height, unit } = kit;
  const fill = ctx.createLinearGradient(0, ridge.base - ridge.rise * 0.6, 0, ridge.base + ridge.rise * 0.45);
  fill.addColorStop(0, css(colour));
  fill.addColorStop(1, css(mix(colour, haze, 0.5)));
  ctx.fillStyle = fill;
  ctx.beginPath();
  ctx.moveTo(-5, height + 5);
  for (let x = -5; x <= width + 5; x += 2 * unit) ctx.lineTo(x, ridgeAt(kit, ridge, x));
  ctx.lineTo(width + 5, height + 5);
  ctx.closePath();
  ctx.fill();
}

/** A conifer standing at (x, y). */
export function drawPine(ctx: SKRSContext2D, x: number, y: number, tall: number, colour: Rgb, random: Random): void {
  ctx.fillStyle = css(colour);
  ctx.fillRect(x - tall * 0.018, y - tall * 0.12, tall * 0.036, tall * 0.16);
  const tiers = 7;
  ctx.beginPath();
  ctx.moveTo(x, y - tall);
  for (let i = 1; i <= tiers; i++) {
    const reach = tall * 0.2 * (i / tiers) ** 0.85 * random.between(0.85, 1.12);
    ctx.lineTo(x + reach, y - tall + (tall * 0.93 * i) / tiers);
    ctx.lineTo(x + reach * 0.45, y - tall + (tall * 0.93 * i) / tiers - tall * 0.025);
  }
  for (let i = tiers; i >= 1; i--) {
    const reach = tall * 0.2 * (i / tiers) ** 0.85 * random.between(0.85, 1.12);
    ctx.lineTo(x - reach * 0.45, y - tall + (tall * 0.93 * i) / tiers - tall * 0.025);
    ctx.lineTo(x - reach, y - tall + (tall * 0.93 * i) / tiers);
  }
  ctx.closePath();
  ctx.fill();
}

export function drawBirds({ ctx, width, height, unit, random, light }: SceneKit): void {
  ctx.strokeStyle = css(light.near, 0.8);
  ctx.lineWidth = 2.4 * unit;
  ctx.lineCap = 'round';
  const [cx, cy] = [width * random.between(0.3, 0.7), height * random.between(0.14, 0.28)];
  for (let n = 0; n < 7; n++) {
    const s = random.between(9, 20) * unit;
    const [x, y] = [cx + random.between(-0.14, 0.14) * width, cy + random.between(-0.06, 0.06) * height];
    ctx.beginPath();
    ctx.moveTo(x - s, y - s * 0.35);
    ctx.quadraticCurveTo(x - s * 0.4, y - s * 0.5, x, y);
    ctx.quadraticCurveTo(x + s * 0.4, y - s * 0.5, x + s, y - s * 0.35);
    ctx.stroke();
  }
}

export function drawBalloons(kit: SceneKit): void {
  const { ctx, width, height, unit, random, colours } = kit;
  const palette: Rgb[] =
    colours.length > 0
      ? [...colours]
      : [
          [226, 74, 60],
          [246, 178, 56],
          [52, 132, 188],
        ];
  for (let n = 0; n < 3; n++) {
    const r = random.between(34, 74) * unit * (n === 0 ? 1.3 : 0.8);
    const x = width * (0.2 + 0.3 * n + random.between(-0.06, 0.06));
    const y = height * random.between(0.16, 0.4);
    const colour = palette[n % palette.length]!;
    for (let stripe = 3; stripe >= 0; stripe--) {
      ctx.fillStyle = css(stripe % 2 === 0 ? mix(colour, [0, 0, 0], 0.06 * stripe) : mix(colour, [255, 246, 226], 0.8));
      ctx.beginPath();
      const w = (r * (stripe + 1)) / 4;
      ctx.moveTo(x, y + r * 1.45);
      ctx.bezierCurveTo(x - w * 0.5, y + r * 1.1, x - w, y + r * 0.6, x - w, y);
      ctx.bezierCurveTo(x - w, y - r * 1.33, x + w, y - r * 1.33, x + w, y);
      ctx.bezierCurveTo(x + w, y + r * 0.6, x + w * 0.5, y + r * 1.1, x, y + r * 1.45);
      ctx.fill();
    }
    ctx.fillStyle = css([84, 54, 34]);
    ctx.fillRect(x - r * 0.15, y + r * 1.58, r * 0.3, r * 0.24);
    ctx.strokeStyle = css([84, 54, 34], 0.8);
    ctx.lineWidth = Math.max(1, r * 0.02);
    ctx.strokeRect(x - r * 0.12, y + r * 1.4, r * 0.24, r * 0.2);
  }
}

/** Sky, lamp and clouds down to the horizon; answers where sun or moon stands. */
export function paintSky(kit: SceneKit, horizon: number): { x: number; y: number } {
  fillSky(kit, horizon);
  if (kit.light.mood === 'night') sprinkleStars(kit, horizon);
  const lamp = hangLamp(kit, horizon);
  driftClouds(kit, horizon, kit.light.mood === 'gray' ? 1.1 : kit.extras.has('clouds') ? 0.9 : 0.45);
  return lamp;
}

export function paintAir(kit: SceneKit): void {
  if (kit.extras.has('birds')) drawBirds(kit);
  if (kit.extras.has('balloon')) drawBalloons(kit);
}
