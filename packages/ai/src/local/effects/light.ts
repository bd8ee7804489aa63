/** Light: night, sunset, stars, rays, bokeh, rainbow, fireworks. */
import { createCanvas } from '@napi-rs/canvas';
import { css, mix, type Rgb } from '../colours.ts';
import { findSky } from '../find-sky.ts';
import { createNoise } from '../noise.ts';
import { blurPlane, copy, lumaOf, paintOver, paintRaster, type Raster, resize, smoothstep } from '../raster.ts';
import type { Effect } from './effect.ts';
import { glowOver, lampColour } from './grade.ts';
import { gradientMap, mapPixels } from './map-pixels.ts';

export const night: Effect = async (raster, step, kit) => {
  const k = Math.min(1.25, 0.45 + 0.55 * step.strength);
  const { width, height, data } = raster;
  const lights = copy(raster);
  const lum = lumaOf(raster);
  const around = await blurPlane(lum, width, height, width / 24);
  const sky = await findSky(raster);
  let mean = 0;
  for (let i = 0; i < lum.length; i += 16) mean += lum[i]!;
  mean /= lum.length / 16;
  // A bright day needs more taken away than a dim room to end as the same night.
  const power = 0.98 + mean * 0.85 * k;
  const moon = gradientMap([
    { at: 0, colour: [3, 6, 18] },
    { at: 0.25, colour: [18, 34, 72] },
    { at: 0.55, colour: [64, 98, 158] },
    { at: 0.8, colour: [138, 174, 224] },
    { at: 1, colour: [205, 226, 255] },
  ]);
  mapPixels(raster, (r, g, b, out, x, y) => {
    const i = y * width + x;
    const skyHere = sky.mask[i]!;
    const t = Math.min(1, lum[i]! ** power * (1 - 0.24 * k) * (1 - skyHere * (0.26 + 0.34 * (1 - y / height))));
    const m = Math.round(t * 255) * 3;
    const hold = 0.38;
    const f = lum[i]! > 0.001 ? (t / lum[i]!) * 0.9 : 0;
    const dx = x / width - 0.5;
    const dy = y / height - 0.52;
    const shade = 1 - Math.min(0.6, (dx * dx + dy * dy) * 0.95 * k);
    out[0] = (moon[m]! * (1 - hold) + r * f * hold) * shade;
    out[1] = (moon[m + 1]! * (1 - hold) + g * f * hold) * shade;
    out[2] = (moon[m + 2]! * (1 - hold) + b * f * hold) * shade + 3;
  });
  // Lamps stay lit: small, bright, warm spots that stand out from their surroundings.
  for (let i = 0, p = 0; i < lum.length; i++, p += 4) {
    const r = lights.data[p]!;
    const b = lights.data[p + 2]!;
    const lit =
      smoothstep(0.2, 0.42, lum[i]! - around[i]!) *
      smoothstep(0.6, 0.86, lum[i]!) *
      smoothstep(12, 60, r - b) *
      (1 - sky.mask[i]!);
    if (lit <= 0) continue;
    data[p] = data[p]! + (r - data[p]!) * lit;
    data[p + 1] = data[p + 1]! + (lights.data[p + 1]! * 0.9 - data[p + 1]!) * lit;
    data[p + 2] = data[p + 2]! + (b * 0.75 - data[p + 2]!) * lit;
  }
  await glowOver(raster, { sigma: width / 55, threshold: 150, amount: 0.85 });
  const hidden = ['snow', 'rain', 'fog', 'stars'].some((id) => kit.plan.has(id));
  return sky.share > 0.06 && !hidden
    ? paintStars(raster, sky.mask, { count: 1, random: kit.random, colour: [225, 235, 255] })
    : raster;
};

export const stars: Effect = async (raster, step, kit) => {
  const sky = await findSky(raster);
  const { width, height } = raster;
  const lum = await blurPlane(lumaOf(raster), width, height, width / 60);
  // Without a sky to hang them in, stars go to the upper part, and only where it is dark anyway.
  const mask =
    sky.share > 0.06
      ? sky.mask
      : Float32Array.from(
          lum,
          (l, i) => (1 - smoothstep(0.3, 0.8, Math.floor(i / width) / height)) * (1 - smoothstep(0.42, 0.62, l)),
        );
  if (!kit.plan.has('night')) {
    mapPixels(raster, (r, g, b, out, x, y) => {
      const low = sky.share > 0.06 ? smoothstep(sky.horizon - 0.4, sky.horizon, y / height) : 0;
      const d = mask[y * width + x]! * 0.72 * (1 - 0.6 * low) + 0.16;
      out[0] = r * (1 - d);
      out[1] = g * (1 - d * 0.93) + 4 * d;
      out[2] = b * (1 - d * 0.78) + 26 * d;
    });
  }
  return paintStars(raster, mask, {
    count: 1.5 * step.strength,
    random: kit.random,
    colour: step.colours[0] ?? [228, 236, 255],
  });
};

function paintStars(
  raster: Raster,
  mask: Float32Array,
  how: { count: number; random: Parameters<Effect>[2]['random']; colour: Rgb },
): Raster {
  const { random, colour } = how;
  return paintOver(raster, (ctx, width, height) => {
    const unit = width / 1600;
    ctx.globalCompositeOperation = 'lighter';
    const total = Math.round(900 * how.count * Math.max(0.6, height / width));
    for (let n = 0; n < total; n++) {
      const x = random.next() * width;
      const y = random.next() * height;
      const size = random.next() ** 6;
      const glow = random.next();
      const here = mask[Math.floor(y) * width + Math.floor(x)]!;
      if (here < 0.5) continue;
      const r = Math.max(0.55, (0.7 + size * 2) * unit);
      const light = mix(colour, glow > 0.6 ? [255, 220, 190] : [190, 215, 255], 0.4);
      ctx.fillStyle = css(light, (0.3 + 0.7 * glow) * here);
      ctx.beginPath();
      ctx.arc(x, y, r, 0, Math.PI * 2);
      ctx.fill();
      if (size > 0.35) {
        const halo = ctx.createRadialGradient(x, y, 0, x, y, r * 4.5);
        halo.addColorStop(0, css(light, 0.45));
        halo.addColorStop(1, css(light, 0));
        ctx.fillStyle = halo;
        ctx.fillRect(x - r * 4.5, y - r * 4.5, r * 9, r * 9);
      }
    }
  });
}

export const sunset: Effect = async (raster, step, kit) => {
  const k = Math.min(1.35, 0.35 + 0.65 * step.strength);
  const { width, height } = raster;
  const sunX = kit.random.between(0.22, 0.78);
  const sky = await findSky(raster);
  const horizon = sky.share > 0.06 ? sky.horizon : 0.36;
  mapPixels(raster, (r, g, b, out, x, y) => {
    const t = (0.299 * r + 0.587 * g + 0.114 * b) / 255;
    const v = y / height;
    const skyHere = sky.mask[y * width + x]!;
    const near = Math.exp(-((x / width - sunX) ** 2) / 0.18 - (v - horizon) ** 2 / 0.12);
    const up = Math.min(1, v / Math.max(0.08, horizon));
    const warmSky = mixInto([96, 62, 128], [255, 138, 66], up);
    const s = skyHere * 0.62 * k;
    const heat = (0.34 + 0.5 * near) * k;
    let nr = r * (1 + 0.16 * heat) + 46 * heat * t + 10 * k * (1 - t);
    let ng = g * (1 - 0.05 * heat) + 10 * heat * t - 3 * k;
    let nb = b * (1 - 0.42 * heat) + 12 * k * (1 - t);
    const lift = 0.4 + t * 0.85;
    nr += (warmSky[0] * lift - nr) * s;
    ng += (warmSky[1] * lift - ng) * s;
    nb += (warmSky[2] * lift - nb) * s;
    const shade = 1 - 0.12 * k * (1 - near);
    out[0] = nr * shade;
    out[1] = ng * shade;
    out[2] = nb * shade;
  });
  return paintOver(raster, (ctx) => {
    ctx.globalCompositeOperation = 'screen';
    const y = horizon * height;
    const reach = Math.max(width, height) * 0.75;
    const flare = ctx.createRadialGradient(sunX * width, y, 0, sunX * width, y, reach);
    flare.addColorStop(0, css([255, 214, 140], 0.85 * k));
    flare.addColorStop(0.07, css([255, 178, 92], 0.55 * k));
    flare.addColorStop(0.3, css([255, 120, 60], 0.26 * k));
    flare.addColorStop(1, css([255, 90, 60], 0));
    ctx.fillStyle = flare;
    ctx.fillRect(0, 0, width, height);
  });
};

const mixed: [number, number, number] = [0, 0, 0];
function mixInto(a: Rgb, b: Rgb, t: number): [number, number, number] {
  mixed[0] = a[0] + (b[0] - a[0]) * t;
  mixed[1] = a[1] + (b[1] - a[1]) * t;
  mixed[2] = a[2] + (b[2] - a[2]) * t;
  return mixed;
}

export const rays: Effect = async (raster, step, kit) => {
  const { width, height } = raster;
  const { random } = kit;
  const noise = createNoise(random);
  const fromLeft = random.next() > 0.5;
  const sx = (fromLeft ? -0.04 : 1.04) * width + random.between(-0.02, 0.12) * width * (fromLeft ? 1 : -1);
  const sy = -0.1 * height;
  const colour = step.colours[0] ? lampColour(step.colours[0]) : ([255, 226, 164] as Rgb);
  const reach = Math.hypot(width, height) * 1.02;
  const [w, h] = [Math.ceil(width / 3), Math.ceil(height / 3)];
  const small = new Uint8ClampedArray(w * h * 4);
  for (let y = 0, p = 0; y < h; y++) {
    for (let x = 0; x < w; x++, p += 4) {
      const dx = x * 3 - sx;
      const dy = y * 3 - sy;
      const angle = Math.atan2(dy, dx);
      const d = Math.hypot(dx, dy) / reach;
      const wide = noise(angle * 7 + 40, 3.5);
      const fine = noise(angle * 24 + 90, 8.5);
      const beam = smoothstep(0.42, 0.86, wide * 0.72 + fine * 0.28);
      const v = (beam * 0.95 * (1 - d) ** 1.15 + 0.6 * Math.exp(-d * 4.2)) * Math.min(1.35, step.strength);
      small[p] = colour[0] * v;
      small[p + 1] = colour[1] * v;
      small[p + 2] = colour[2] * v;
      small[p + 3] = 255;
    }
  }
  const light = await resize({ data: small, width: w, height: h }, width, height, 'cubic');
  const base = raster.data;
  for (let p = 0; p < base.length; p += 4)
    for (let c = 0; c < 3; c++) base[p + c] = 255 - ((255 - base[p + c]! * 0.94) * (255 - light.data[p + c]!)) / 255;
  return raster;
};

export const bokeh: Effect = (raster, step, kit) => {
  const { random } = kit;
  const given = step.colours.map(lampColour);
  mapPixels(
    raster,
    (r, g, b, out) => {
      out[0] = r * 0.8;
      out[1] = g * 0.78;
      out[2] = b * 0.8;
    },
    Math.min(1, step.strength),
  );
  const palette: Rgb[] =
    given.length > 0
      ? given
      : [
          [255, 196, 110],
          [255, 226, 170],
          [255, 150, 90],
          [255, 240, 214],
          [170, 205, 255],
        ];
  return paintOver(raster, (ctx, width, height) => {
    const unit = Math.hypot(width, height) / 1900;
    ctx.globalCompositeOperation = 'screen';
    const count = Math.round(52 * Math.min(1.8, step.strength));
    for (let n = 0; n < count; n++) {
      const depth = random.next();
      const r = (18 + 78 * depth ** 1.5) * unit;
      // Lights gather towards the edges so that the subject stays in view.
      const edge = random.next() ** 0.6 * 0.62;
      const turn = random.next() * Math.PI * 2;
      const x = width * (0.5 + Math.cos(turn) * edge);
      const y = height * (0.46 + Math.sin(turn) * edge);
      const colour = random.pick(palette);
      const alpha = (0.85 - 0.42 * depth) * (0.55 + 0.45 * random.next());
      const disc = ctx.createRadialGradient(x, y, 0, x, y, r);
      disc.addColorStop(0, css(colour, alpha * 0.55));
      disc.addColorStop(0.8, css(colour, alpha * 0.72));
      disc.addColorStop(0.92, css(mix(colour, [255, 255, 255], 0.35), alpha));
      disc.addColorStop(1, css(colour, 0));
      ctx.fillStyle = disc;
      ctx.fillRect(x - r, y - r, r * 2, r * 2);
    }
  });
};

export const rainbow: Effect = (raster, step, kit) => {
  const { random } = kit;
  return paintOver(raster, (ctx, width, height) => {
    const radius = Math.max(width * 0.55, height * 0.62);
    const x = width * random.between(0.35, 0.65);
    const y = height * 0.3 + radius * 0.98;
    const band = radius * 0.11;
    const arc = ctx.createRadialGradient(x, y, radius - band, x, y, radius);
    const hues: Rgb[] = [
      [120, 60, 220],
      [50, 90, 255],
      [0, 190, 220],
      [50, 210, 80],
      [255, 226, 40],
      [255, 140, 20],
      [240, 40, 40],
    ];
    arc.addColorStop(0, css(hues[0]!, 0));
    hues.forEach((hue, i) => {
      arc.addColorStop(0.12 + (0.76 * i) / (hues.length - 1), css(hue, 0.5 * Math.min(1.6, step.strength)));
    });
    arc.addColorStop(1, css(hues.at(-1)!, 0));
    const veil = createCanvas(width, height);
    const paint = veil.getContext('2d');
    paint.fillStyle = arc;
    paint.fillRect(0, 0, width, height);
    paint.globalCompositeOperation = 'destination-in';
    const fade = paint.createLinearGradient(0, 0, 0, height);
    fade.addColorStop(0, 'rgba(0, 0, 0, 1)');
    fade.addColorStop(0.5, 'rgba(0, 0, 0, 0.85)');
    fade.addColorStop(0.86, 'rgba(0, 0, 0, 0)');
    paint.fillStyle = fade;
    paint.fillRect(0, 0, width, height);
    ctx.globalCompositeOperation = 'screen';
    ctx.filter = `blur(${(width / 260).toFixed(1)}px)`;
    ctx.drawImage(veil, 0, 0);
  });
};

export const fireworks: Effect = async (raster, step, kit) => {
  const { random } = kit;
  if (!kit.plan.has('night'))
    mapPixels(raster, (r, g, b, out) => {
      out[0] = r * 0.5;
      out[1] = g * 0.52;
      out[2] = b * 0.62 + 8;
    });
  const palette: Rgb[] =
    step.colours.length > 0
      ? step.colours.map(lampColour)
      : [
          [255, 210, 110],
          [255, 90, 110],
          [110, 190, 255],
          [150, 255, 170],
          [225, 140, 255],
        ];
  const { width, height } = raster;
  const burst = paintRaster(width, height, (ctx) => {
    ctx.fillStyle = '#000000';
    ctx.fillRect(0, 0, width, height);
    ctx.globalCompositeOperation = 'lighter';
    ctx.lineCap = 'round';
    const unit = Math.hypot(width, height) / 1900;
    const count = Math.round(5 * Math.min(1.8, step.strength)) + 1;
    for (let n = 0; n < count; n++) {
      const cx = width * ((n + 0.5) / count + random.between(-0.07, 0.07));
      const cy = height * random.between(0.12, 0.5);
      const r = random.between(110, 340) * unit;
      const colour = random.pick(palette);
      const arms = random.whole(34, 60);
      for (let a = 0; a < arms; a++) {
        const turn = (a / arms) * Math.PI * 2 + random.between(-0.06, 0.06);
        const long = r * random.between(0.62, 1);
        const [dx, dy] = [Math.cos(turn) * long, Math.sin(turn) * long];
        for (let s = 0; s < 9; s++) {
          const [t0, t1] = [s / 9, (s + 0.85) / 9];
          ctx.strokeStyle = css(mix([255, 250, 235], colour, Math.min(1, t1 * 1.3)), 0.25 + 0.6 * t0);
          ctx.lineWidth = (3.6 - 1.8 * t0) * unit;
          ctx.beginPath();
          ctx.moveTo(cx + dx * t0, cy + dy * t0 + t0 * t0 * r * 0.16);
          ctx.lineTo(cx + dx * t1, cy + dy * t1 + t1 * t1 * r * 0.16);
          ctx.stroke();
        }
      }
    }
  });
  await glowOver(burst, { sigma: width / 90, threshold: 10, amount: 1.2 });
  for (let p = 0; p < raster.data.length; p += 4)
    for (let c = 0; c < 3; c++)
      raster.data[p + c] = 255 - ((255 - raster.data[p + c]!) * (255 - burst.data[p + c]!)) / 255;
  return raster;
};
