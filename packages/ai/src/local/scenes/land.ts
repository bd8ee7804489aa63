/** Places outdoors: mountains, hills, forest, desert, and plain sky. */
import { Path2D } from '@napi-rs/canvas';
import { css, mix, type Rgb } from '../colours.ts';
import { layeredNoise } from '../noise.ts';
import { smoothstep } from '../raster.ts';
import {
  drawPine,
  driftClouds,
  fillRidge,
  fillSky,
  hangLamp,
  paintAir,
  paintSky,
  type Ridge,
  ridgeAt,
  type SceneKit,
  sprinkleStars,
} from './scene.ts';
import { paintWater } from './sea.ts';

export function paintSkyScene(kit: SceneKit): void {
  const { height, width, light } = kit;
  fillSky(kit, height);
  if (light.mood === 'night') sprinkleStars(kit, height, 700);
  hangLamp(kit, height * 0.9);
  driftClouds(kit, height, 1);
  paintAir({ ...kit, width });
}

export function paintMountains(kit: SceneKit): void {
  const { ctx, width, height, unit, light, random } = kit;
  const horizon = height * 0.66;
  paintSky(kit, horizon);
  const layers = 4;
  for (let n = 0; n < layers; n++) {
    const depth = n / (layers - 1);
    const ridge: Ridge = {
      base: horizon + height * (0.02 + 0.09 * n),
      rise: height * (0.56 - 0.09 * n),
      wide: 1.5 + 0.55 * n,
      row: n + 1,
      sharp: true,
    };
    const colour = mix(light.far, light.near, depth ** 1.2 * 0.92);
    fillRidge(kit, ridge, colour, light.sky[2]);
    if (n < 3) paintCaps(kit, ridge, { colour, depth });
    if (n >= 2) paintAir(n === 2 ? kit : { ...kit, extras: new Set() });
  }
  if (kit.extras.has('lake')) paintWater(kit, height * 0.8, undefined);
  const shore: Ridge = { base: height * 0.965, rise: height * 0.12, wide: 1.6, row: 9 };
  const ground = kit.isSnowy
    ? mix([214, 226, 244], light.near, light.mood === 'night' ? 0.66 : 0.12)
    : mix(light.near, [0, 0, 0], 0.25);
  if (kit.isSnowy) fillRidge(kit, shore, ground, mix(ground, [255, 255, 255], 0.2));
  const pines = Math.round(46 * (width / height));
  for (let i = 0; i < pines; i++) {
    const x = random.between(-0.02, 1.02) * width;
    const edge = Math.abs(x / width - 0.5) * 2;
    drawPine(
      ctx,
      x,
      ridgeAt(kit, shore, x) + height * 0.03,
      random.between(50, 120) * unit * (0.55 + edge * 1.05),
      mix(light.near, [0, 4, 8], 0.45),
      random,
    );
  }
  if (!kit.isSnowy) fillRidge(kit, { ...shore, base: height * 0.99 }, ground, ground);
  if (kit.extras.has('house')) drawHut(kit, width * random.between(0.3, 0.7), height * 0.95);
}

/** Snow on the upper flanks, on the side the light comes from. */
function paintCaps(kit: SceneKit, ridge: Ridge, how: { colour: Rgb; depth: number }): void {
  const { ctx, width, height, unit, noise, light, isSnowy } = kit;
  const snow = mix(mix([246, 249, 255], light.lamp, 0.35), light.sky[1], light.mood === 'night' ? 0.68 : 0.12);
  const line = ridge.base - ridge.rise * (isSnowy ? -0.1 : 0.1);
  for (let x = 0; x < width; x += unit) {
    const top = ridgeAt(kit, ridge, x);
    const slope = (ridgeAt(kit, ridge, x + 12 * unit) - ridgeAt(kit, ridge, x - 12 * unit)) / 2.4;
    const reach = (line - top) * (0.35 + 0.75 * layeredNoise(noise, x / (60 * unit), ridge.row * 7, 3));
    if (reach <= 0) continue;
    const lit = smoothstep(-6, 6, -slope / unit + (noise(x / (22 * unit), 3) - 0.5) * 5);
    const tone = mix(mix(how.colour, light.sky[1], 0.3), snow, 0.25 + 0.75 * lit);
    const fade = ctx.createLinearGradient(0, top, 0, top + reach);
    fade.addColorStop(0, css(tone, 0.95 - how.depth * 0.25));
    fade.addColorStop(0.72, css(tone, 0.8 - how.depth * 0.25));
    fade.addColorStop(1, css(tone, 0));
    ctx.fillStyle = fade;
    ctx.fillRect(x, top, unit + 0.6, Math.min(reach, height));
  }
}

export function paintHills(kit: SceneKit): void {
  const { ctx, width, height, unit, light, random, colours, isSnowy } = kit;
  const horizon = height * 0.56;
  paintSky(kit, horizon);
  const grass: Rgb = isSnowy
    ? [222, 232, 246]
    : light.mood === 'day' && colours.length === 0
      ? [104, 156, 62]
      : mix(light.far, light.near, 0.55);
  ctx.fillStyle = css(mix(light.far, light.sky[2], 0.3));
  ctx.fillRect(0, horizon - 1, width, height);
  const dim = light.mood === 'night' ? 0.7 : light.mood === 'sunset' ? 0.42 : light.mood === 'gray' ? 0.25 : 0;
  for (let n = 0; n < 5; n++) {
    const depth = n / 4;
    const colour = mix(mix(light.far, mix(grass, light.near, dim), 0.25 + 0.75 * depth), light.near, depth * 0.28);
    const ridge: Ridge = {
      base: horizon + height * (0.01 + 0.095 * n),
      rise: height * (0.16 + 0.04 * n),
      wide: 1.9 - 0.14 * n,
      row: n + 2,
    };
    fillRidge(kit, ridge, mix(colour, light.sky[2], 0.24 * (1 - depth)), mix(colour, light.sky[2], 0.35));
    if (n === 2) paintAir(kit);
    if (n === 3 && kit.extras.has('house'))
      drawHut(kit, width * random.between(0.3, 0.7), ridgeAt(kit, ridge, width / 2) + 12 * unit);
    const trees = n < 4 ? (kit.extras.has('trees') ? 26 : 9) : 0;
    for (let i = 0; i < trees; i++) {
      const x = random.next() * width;
      const r = random.between(7, 15) * unit * (0.5 + depth * 1.5);
      const y = ridgeAt(kit, ridge, x);
      ctx.fillStyle = css(mix(mix(light.near, grass, 0.18), light.far, 0.4 * (1 - depth)));
      for (const [dx, dy, s] of [
        [0, -1.2, 1],
        [-0.7, -0.7, 0.72],
        [0.7, -0.75, 0.75],
      ] as const) {
        ctx.beginPath();
        ctx.arc(x + dx * r, y + dy * r, s * r, 0, Math.PI * 2);
        ctx.fill();
      }
    }
  }
  if (kit.extras.has('flowers')) scatterFlowers(kit, height * 0.78);
}

function scatterFlowers(kit: SceneKit, from: number): void {
  const { ctx, width, height, unit, random, colours } = kit;
  const palette: Rgb[] =
    colours.length > 0
      ? [...colours]
      : [
          [232, 62, 74],
          [250, 208, 66],
          [246, 240, 250],
          [176, 96, 214],
        ];
  for (let n = 0; n < 1100; n++) {
    const t = random.next() ** 0.7;
    const y = from + (height - from) * t;
    const r = (1.4 + 7 * t * t) * unit;
    const x = random.next() * width;
    ctx.fillStyle = css(mix(random.pick(palette), [20, 30, 20], 0.3 * (1 - t)), 0.95);
    for (let petal = 0; petal < (t > 0.5 ? 5 : 1); petal++) {
      ctx.beginPath();
      ctx.arc(x + Math.cos(petal * 1.257) * r * 0.7, y + Math.sin(petal * 1.257) * r * 0.6, r * 0.62, 0, Math.PI * 2);
      ctx.fill();
    }
  }
}

export function paintForest(kit: SceneKit): void {
  const { ctx, width, height, unit, light, random, isSnowy } = kit;
  const horizon = height * 0.72;
  paintSky(kit, horizon);
  ctx.fillStyle = css(light.sky[2]);
  ctx.fillRect(0, horizon, width, height);
  fillRidge(
    kit,
    { base: height * 0.55, rise: height * 0.3, wide: 1.5, row: 2 },
    mix(light.far, light.sky[2], 0.35),
    light.sky[2],
  );
  const rows = 6;
  const green: Rgb = light.mood === 'day' && kit.colours.length === 0 ? [24, 74, 54] : light.near;
  for (let n = 0; n < rows; n++) {
    const depth = n / (rows - 1);
    const ground: Ridge = { base: height * (0.64 + 0.085 * n), rise: height * 0.1, wide: 1.4, row: n + 4 };
    const haze = mix(light.sky[2], light.far, 0.4);
    const colour = mix(haze, mix(green, light.near, depth), 0.2 + 0.8 * depth ** 0.8);
    const count = Math.round((70 - 9 * n) * (width / height / 1.5) + 8);
    const trees = Array.from({ length: count }, () => random.between(-0.03, 1.03) * width).filter(
      (x) => n < rows - 1 || Math.abs(x / width - 0.5) > 0.2,
    );
    for (const x of trees)
      drawPine(
        ctx,
        x,
        ridgeAt(kit, ground, x) + 6 * unit,
        random.between(95, 170) * unit * (0.45 + 1.5 * depth),
        isSnowy ? mix(colour, [232, 240, 252], 0.22 * (1 - depth * 0.5)) : colour,
        random,
      );
    fillRidge(kit, ground, isSnowy ? mix([226, 236, 250], haze, 0.35 * (1 - depth)) : colour, haze);
    if (n === 1) paintAir(kit);
  }
}

export function paintDesert(kit: SceneKit): void {
  const { ctx, width, height, unit, light, colours } = kit;
  const horizon = height * 0.5;
  paintSky(kit, horizon + height * 0.04);
  const sand: Rgb =
    colours[0] ?? (light.mood === 'night' ? [92, 92, 132] : light.mood === 'sunset' ? [222, 128, 74] : [226, 176, 112]);
  for (let n = 0; n < 5; n++) {
    const depth = n / 4;
    const ridge: Ridge = {
      base: horizon + height * (0.03 + 0.11 * n),
      rise: height * (0.2 + 0.07 * n),
      wide: 2.1 - 0.2 * n,
      row: n + 3,
    };
    const lit = mix(mix(light.sky[2], sand, 0.4 + 0.6 * depth), [255, 240, 210], 0.08);
    const shade = mix(lit, light.mood === 'day' ? [150, 92, 62] : light.near, 0.42);
    fillRidge(kit, ridge, lit, mix(lit, light.sky[2], 0.1));
    // Light comes from one side: along every dune it turns from sun to shadow, and the crest catches the most.
    const across = ctx.createLinearGradient(0, 0, width, 0);
    for (let stop = 0; stop <= 16; stop++) {
      const x = (stop / 16) * width;
      const fall = (ridgeAt(kit, ridge, x + width * 0.03) - ridgeAt(kit, ridge, x - width * 0.03)) / ridge.rise;
      across.addColorStop(stop / 16, css(shade, 0.85 * smoothstep(-0.05, 0.14, fall)));
    }
    const crest = new Path2D();
    for (let x = -5; x <= width + 5; x += 3 * unit) crest.lineTo(x, ridgeAt(kit, ridge, x));
    const body = new Path2D(crest);
    body.lineTo(width + 5, height + 5);
    body.lineTo(-5, height + 5);
    ctx.fillStyle = across;
    ctx.fill(body);
    ctx.strokeStyle = css(mix(lit, light.lamp, 0.6), 0.5);
    ctx.lineWidth = (1.2 + 1.6 * depth) * unit;
    ctx.stroke(crest);
    if (n === 1) paintAir(kit);
  }
}

function drawHut({ ctx, unit, light, isSnowy }: SceneKit, x: number, y: number): void {
  const s = 74 * unit;
  ctx.fillStyle = css(mix(light.near, [110, 64, 38], 0.4));
  ctx.fillRect(x - s, y - s * 0.9, s * 2, s);
  ctx.fillStyle = css(
    isSnowy
      ? mix([235, 242, 252], light.near, light.mood === 'night' ? 0.4 : 0.05)
      : mix(light.near, [60, 34, 28], 0.5),
  );
  ctx.beginPath();
  ctx.moveTo(x - s * 1.25, y - s * 0.8);
  ctx.lineTo(x, y - s * 1.75);
  ctx.lineTo(x + s * 1.25, y - s * 0.8);
  ctx.closePath();
  ctx.fill();
  ctx.fillStyle = css([255, 206, 116], light.mood === 'day' ? 0.6 : 1);
  for (const dx of [-0.62, 0.22]) ctx.fillRect(x + dx * s, y - s * 0.62, s * 0.4, s * 0.34);
}
