/** Nothing in particular, well composed: gradients, waves, Bauhaus shapes, space. */

import { createCanvas, ImageData } from '@napi-rs/canvas';
import { css, luma, mix, type Rgb, saturate } from '../colours.ts';
import { layeredNoise } from '../noise.ts';
import { smoothstep } from '../raster.ts';
import type { SceneKit } from './scene.ts';

const SETS: readonly (readonly Rgb[])[] = [
  [
    [18, 22, 66],
    [84, 56, 220],
    [255, 92, 122],
    [255, 190, 120],
  ],
  [
    [6, 42, 66],
    [10, 130, 150],
    [120, 216, 190],
    [252, 236, 190],
  ],
  [
    [44, 10, 58],
    [178, 34, 118],
    [255, 116, 84],
    [255, 214, 140],
  ],
  [
    [10, 26, 74],
    [36, 104, 230],
    [110, 200, 255],
    [238, 246, 255],
  ],
];

const SUNNY: readonly Rgb[] = [
  [240, 78, 52],
  [250, 190, 46],
  [26, 86, 160],
  [24, 24, 32],
  [240, 234, 220],
];

/** Four colours that go together: the prompt's own, stretched by shades of them. */
export function colourSet(kit: SceneKit): readonly Rgb[] {
  const { colours, light, random } = kit;
  if (colours.length === 0) {
    if (light.mood === 'sunset') return SETS[2]!;
    return light.mood === 'night'
      ? [
          [8, 10, 36],
          [34, 40, 130],
          [120, 70, 200],
          [90, 190, 230],
        ]
      : random.pick(SETS);
  }
  const [a, b = saturate(mix(a!, [255, 240, 200], 0.45), 1.2)] = colours;
  const rest = colours.slice(2);
  return [mix(a!, [8, 8, 26], 0.6), a!, b, ...(rest.length > 0 ? rest : [mix(b, [255, 252, 244], 0.6)])];
}

export function paintGradient(kit: SceneKit): void {
  const { ctx, width, height, noise, random } = kit;
  const set = colourSet(kit);
  const [w, h] = [Math.ceil(width / 4), Math.ceil(height / 4)];
  const spots = Array.from({ length: 7 }, (_, i) => ({
    x: random.between(-0.1, 1.1),
    y: random.between(-0.1, 1.1),
    colour: set[i % set.length]!,
    reach: random.between(0.2, 0.4),
  }));
  const image = new ImageData(w, h);
  for (let y = 0, p = 0; y < h; y++) {
    for (let x = 0; x < w; x++, p += 4) {
      const u = x / w + (layeredNoise(noise, (x / w) * 1.7, (y / h) * 1.7, 2) - 0.5) * 0.5;
      const v = y / h + (layeredNoise(noise, (x / w) * 1.7 + 40, (y / h) * 1.7, 2) - 0.5) * 0.5;
      let [r, g, b, total] = [0, 0, 0, 0];
      for (const spot of spots) {
        const weight = Math.exp(-((u - spot.x) ** 2 + (v - spot.y) ** 2) / spot.reach ** 2) + 0.002;
        r += spot.colour[0] * weight;
        g += spot.colour[1] * weight;
        b += spot.colour[2] * weight;
        total += weight;
      }
      // Mixed paint goes dull: give back the colour that averaging took.
      image.data.set([...saturate([r / total, g / total, b / total], 1.3), 255], p);
    }
  }
  const sheet = createCanvas(w, h);
  sheet.getContext('2d').putImageData(image, 0, 0);
  ctx.imageSmoothingQuality = 'high';
  ctx.drawImage(sheet, 0, 0, width, height);
}

export function paintWaves(kit: SceneKit): void {
  const { ctx, width, height, unit, noise } = kit;
  const set = colourSet(kit);
  const back = ctx.createLinearGradient(0, 0, 0, height);
  back.addColorStop(0, css(set.at(-1)!));
  back.addColorStop(1, css(set.at(-2)!));
  ctx.fillStyle = back;
  ctx.fillRect(0, 0, width, height);
  const rows = 11;
  for (let n = 0; n < rows; n++) {
    const t = n / (rows - 1);
    const at = (1 - t) * (set.length - 1);
    const low = Math.min(set.length - 2, Math.floor(at));
    const colour = mix(set[low]!, set[low + 1]!, at - low);
    const edge = (x: number) =>
      height * (0.2 + 0.78 * t) +
      Math.sin((x / width) * (3.4 + t) + n * 0.72) * height * 0.075 +
      (layeredNoise(noise, (x / width) * 1.6, n * 0.33, 2) - 0.5) * height * 0.2;
    ctx.save();
    ctx.shadowColor = css(mix(set[0]!, [0, 0, 0], 0.5), 0.42);
    ctx.shadowBlur = 34 * unit;
    ctx.shadowOffsetY = -7 * unit;
    const fill = ctx.createLinearGradient(0, 0, width, height * 0.3);
    fill.addColorStop(0, css(mix(colour, [255, 255, 255], 0.12)));
    fill.addColorStop(1, css(mix(colour, set[0]!, 0.16)));
    ctx.fillStyle = fill;
    ctx.beginPath();
    ctx.moveTo(-60, height + 60);
    for (let x = -60; x <= width + 60; x += 5 * unit) ctx.lineTo(x, edge(x));
    ctx.lineTo(width + 60, height + 60);
    ctx.closePath();
    ctx.fill();
    ctx.restore();
  }
}

export function paintBauhaus(kit: SceneKit): void {
  const { ctx, width, height, random, colours } = kit;
  const set: Rgb[] =
    colours.length > 1
      ? [...colours, [24, 24, 32], [244, 238, 226]]
      : colours.length === 1
        ? [
            colours[0]!,
            mix(colours[0]!, [255, 255, 255], 0.5),
            mix(colours[0]!, [0, 0, 0], 0.5),
            [24, 24, 32],
            [244, 238, 226],
          ]
        : [...SUNNY];
  const paper = set.toSorted((a, b) => luma(b) - luma(a))[0]!;
  ctx.fillStyle = css(paper);
  ctx.fillRect(0, 0, width, height);
  const rows = height > width ? 6 : 4;
  const cell = height / rows;
  const columns = Math.ceil(width / cell);
  const offset = (width - columns * cell) / 2;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [x, y] = [offset + column * cell, row * cell];
      const ground = random.pick(set);
      const others = set
        .filter((c) => Math.abs(luma(c) - luma(ground)) > 0.12 || c[0] !== ground[0])
        .filter((c) => c !== ground);
      const [one, two] = [random.pick(others), random.pick(others)];
      ctx.fillStyle = css(ground);
      ctx.fillRect(x, y, cell + 1, cell + 1);
      ctx.save();
      ctx.beginPath();
      ctx.rect(x, y, cell, cell);
      ctx.clip();
      ctx.translate(x + cell / 2, y + cell / 2);
      ctx.rotate((random.whole(0, 3) * Math.PI) / 2);
      drawTile(kit, cell, one, two);
      ctx.restore();
    }
  }
}

function drawTile({ ctx, random }: SceneKit, cell: number, one: Rgb, two: Rgb): void {
  const h = cell / 2;
  const disc = (x: number, y: number, r: number, colour: Rgb) => {
    ctx.fillStyle = css(colour);
    ctx.beginPath();
    ctx.arc(x, y, r, 0, Math.PI * 2);
    ctx.fill();
  };
  const kind = random.whole(0, 7);
  if (kind === 0) disc(-h, -h, cell, one);
  if (kind === 1)
    for (const [r, colour] of [
      [0.94, one],
      [0.62, two],
      [0.3, one],
    ] as const)
      disc(-h, -h, cell * r, colour);
  if (kind === 2) disc(0, 0, h * 0.72, one);
  if (kind === 3) {
    disc(0, -h, h, one);
    disc(0, h, h, two);
  }
  if (kind === 4 || kind === 5) {
    ctx.fillStyle = css(one);
    ctx.beginPath();
    ctx.moveTo(-h, h);
    ctx.lineTo(-h, -h);
    ctx.lineTo(h, kind === 4 ? h : -h);
    ctx.closePath();
    ctx.fill();
    if (kind === 5) disc(h * 0.4, h * 0.4, h * 0.34, two);
  }
  if (kind === 6) {
    ctx.fillStyle = css(one);
    for (let i = 0; i < 4; i++) ctx.fillRect(-h + (i * cell) / 4, -h, cell / 8, cell);
  }
  if (kind === 7) {
    for (const [r, colour] of [
      [1, one],
      [0.66, two],
      [0.33, one],
    ] as const)
      disc(0, 0, h * r, colour);
  }
}

export function paintSpace(kit: SceneKit): void {
  const { ctx, width, height, unit, noise, random, extras } = kit;
  const named = kit.colours;
  const glow: Rgb[] =
    named.length > 0
      ? [named[0]!, named[1] ?? mix(named[0]!, [255, 255, 255], 0.35)]
      : [
          [124, 62, 214],
          [232, 84, 134],
          [64, 150, 240],
        ];
  const [w, h] = [Math.ceil(width / 3), Math.ceil(height / 3)];
  const image = new ImageData(w, h);
  for (let y = 0, p = 0; y < h; y++) {
    for (let x = 0; x < w; x++, p += 4) {
      const [u, v] = [(x / h) * 2.1, (y / h) * 2.1];
      const warp = layeredNoise(noise, u + 9, v + 3, 3) * 1.6;
      const band = Math.exp(-(((y / h - 0.5) * 1.7 + (x / w - 0.5) * 0.9) ** 2) / 0.2);
      const thick = smoothstep(0.36, 0.86, layeredNoise(noise, u + warp, v - warp * 0.6, 6)) * (0.3 + band);
      const dust = smoothstep(0.45, 0.75, layeredNoise(noise, u * 1.4 - warp + 70, v * 1.4, 5)) * band;
      const hue = layeredNoise(noise, u * 0.6 + 20, v * 0.6 + 44, 2);
      const colour = mix(
        glow[0]!,
        glow[Math.min(glow.length - 1, hue > 0.55 && glow.length > 2 ? 2 : 1)]!,
        smoothstep(0.35, 0.62, hue),
      );
      const k = Math.max(0, thick * 1.05 - dust * 0.42);
      const core = Math.max(0, k - 0.62) * 1.4;
      image.data.set(
        [6 + colour[0] * k + 255 * core, 7 + colour[1] * k + 225 * core, 20 + colour[2] * k + 210 * core, 255],
        p,
      );
    }
  }
  const sheet = createCanvas(w, h);
  sheet.getContext('2d').putImageData(image, 0, 0);
  ctx.imageSmoothingQuality = 'high';
  ctx.drawImage(sheet, 0, 0, width, height);
  for (let n = 0; n < 1500; n++) {
    const size = random.next() ** 7;
    const [x, y, r] = [random.next() * width, random.next() * height, (0.6 + 2.4 * size) * unit];
    ctx.fillStyle = css(random.next() < 0.3 ? [255, 222, 196] : [222, 234, 255], 0.35 + 0.65 * random.next());
    ctx.beginPath();
    ctx.arc(x, y, r, 0, Math.PI * 2);
    ctx.fill();
    if (size < 0.8) continue;
    const halo = ctx.createRadialGradient(x, y, 0, x, y, r * 8);
    halo.addColorStop(0, css([226, 236, 255], 0.5));
    halo.addColorStop(1, css([226, 236, 255], 0));
    ctx.fillStyle = halo;
    ctx.fillRect(x - r * 8, y - r * 8, r * 16, r * 16);
  }
  if (extras.has('planet') || extras.has('moon')) drawPlanet(kit, glow[1]!);
}

function drawPlanet({ ctx, width, height, random }: SceneKit, colour: Rgb): void {
  const r = Math.min(width, height) * 0.23;
  const [x, y] = [width * random.between(0.3, 0.7), height * random.between(0.42, 0.58)];
  const ring = (front: boolean) => {
    ctx.save();
    ctx.translate(x, y);
    ctx.rotate(-0.35);
    ctx.beginPath();
    ctx.rect(-r * 3, front ? 0 : -r * 3, r * 6, r * 3);
    ctx.clip();
    for (let i = 0; i < 16; i++) {
      ctx.strokeStyle = css(mix(colour, [255, 240, 214], 0.5 + 0.3 * Math.sin(i * 2.1)), 0.5);
      ctx.lineWidth = r * 0.038;
      ctx.beginPath();
      ctx.ellipse(0, 0, r * (1.36 + i * 0.038), r * (0.36 + i * 0.0105), 0, 0, Math.PI * 2);
      ctx.stroke();
    }
    ctx.restore();
  };
  ring(false);
  ctx.save();
  ctx.beginPath();
  ctx.arc(x, y, r, 0, Math.PI * 2);
  ctx.clip();
  for (let i = 0; i < 30; i++) {
    ctx.fillStyle = css(mix(colour, i % 2 ? [255, 236, 208] : [120, 60, 70], 0.2 + 0.3 * random.next()));
    ctx.fillRect(x - r, y - r + (i * r) / 15, r * 2, r / 15 + 1);
  }
  const shade = ctx.createRadialGradient(x - r * 0.5, y - r * 0.5, r * 0.2, x - r * 0.2, y - r * 0.2, r * 1.35);
  shade.addColorStop(0, css([255, 250, 240], 0.28));
  shade.addColorStop(0.5, css([10, 6, 26], 0.2));
  shade.addColorStop(1, css([3, 3, 12], 0.94));
  ctx.fillStyle = shade;
  ctx.fillRect(x - r, y - r, r * 2, r * 2);
  ctx.restore();
  ring(true);
}
