/** Weather in layers: what is far is small, dense and dim; what is near is large, rare and out of focus. */
import type { SKRSContext2D } from '@napi-rs/canvas';
import { css, mix, type Rgb } from '../colours.ts';
import { createNoise, layeredNoise, type Noise } from '../noise.ts';
import type { Random } from '../random.ts';
import { lumaOf, paintOver, type Raster, resizePlane, smoothstep } from '../raster.ts';
import type { Airborne, Effect } from './effect.ts';
import { mapPixels } from './map-pixels.ts';

export const snow: Effect = async (raster, step, kit) => {
  const { random, plan } = kit;
  const amount = Math.min(2, step.strength);
  const dark = plan.has('night');
  const flake: Rgb = step.colours[0] ?? (dark ? [226, 236, 255] : [255, 255, 255]);
  const noise = createNoise(random);
  settle(raster, amount, flake, noise);
  await veil(raster, {
    noise,
    colour: mix(flake, [168, 188, 220], dark ? 0.55 : 0.25),
    amount: (dark ? 0.14 : 0.2) * amount,
    lift: 0.8,
  });
  groundBlow(raster, { flake, noise, amount, dark });
  const wind = random.between(-0.55, 0.55);
  // What is near falls faster across the picture than what is far.
  const layer = (fall: number, how: (area: number) => Layer): Airborne => ({
    fall,
    slant: -wind * 0.5,
    sway: 0.008,
    paint: (ctx, width, height) => {
      const unit = Math.hypot(width, height) / 1900;
      const area = (width * height) / (1600 * 1067 * unit * unit);
      flakes(ctx, how(area), { width, height, unit, flake, wind, noise, random });
    },
  });
  return kit.paintAir(raster, [
    layer(0.08, (area) => ({ count: 1500 * amount * area, radius: [0.7, 1.7], alpha: [0.3, 0.75], soft: 0 })),
    layer(0.14, (area) => ({ count: 520 * amount * area, radius: [1.9, 4.3], alpha: [0.55, 0.95], soft: 0.35 })),
    layer(0.23, (area) => ({ count: 130 * amount * area, radius: [4.5, 9], alpha: [0.6, 0.95], soft: 0.6 })),
    layer(0.42, (area) => ({
      count: 26 * Math.sqrt(amount) * area,
      radius: [12, 30],
      alpha: [0.2, 0.42],
      soft: 0.95,
    })),
  ]);
};

type Layer = { count: number; radius: [number, number]; alpha: [number, number]; soft: number };
type Sheet = { width: number; height: number; unit: number; flake: Rgb; wind: number; noise: Noise; random: Random };

function flakes(ctx: SKRSContext2D, layer: Layer, sheet: Sheet): void {
  const { width, height, unit, flake, wind, noise, random } = sheet;
  for (let n = 0; n < layer.count; n++) {
    const x = random.next() * (width + 60 * unit) - 30 * unit;
    const y = random.next() * height;
    const r = random.between(...layer.radius) * unit;
    // Gusts: snow comes in shoals, never evenly like wallpaper.
    const gust = smoothstep(0.25, 0.72, layeredNoise(noise, (x / width) * 5 + layer.soft * 9, (y / height) * 5, 2));
    const alpha = random.between(...layer.alpha) * (0.35 + 0.65 * gust);
    ctx.save();
    ctx.translate(x, y);
    ctx.rotate(wind * 0.9 + random.between(-0.12, 0.12));
    ctx.scale(1, 1 + 0.28 * (1 - layer.soft) + 0.15 * Math.abs(wind));
    if (layer.soft === 0) ctx.fillStyle = css(flake, alpha);
    else {
      const dot = ctx.createRadialGradient(0, 0, 0, 0, 0, r);
      dot.addColorStop(0, css(flake, alpha));
      dot.addColorStop(Math.max(0.05, 1 - layer.soft * 0.75), css(flake, alpha * 0.85));
      dot.addColorStop(1, css(flake, 0));
      ctx.fillStyle = dot;
    }
    ctx.beginPath();
    ctx.arc(0, 0, r, 0, Math.PI * 2);
    ctx.fill();
    ctx.restore();
  }
}

/** Whitens what faces up: where it grows brighter towards the top of an edge, snow would lie. */
function settle(raster: Raster, amount: number, flake: Rgb, noise: Noise): void {
  const { data, width, height } = raster;
  const lum = lumaOf(raster);
  const reach = Math.max(2, Math.round(height / 220));
  for (let y = reach; y < height - reach; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const rise = lum[i]! - lum[i - reach * width]! + (lum[i + reach * width]! - lum[i]!) * 0.35;
      const low = 0.35 + 0.65 * smoothstep(0.25, 0.85, y / height);
      const speckle = 0.55 + 0.45 * noise(x / 7, y / 5);
      const k = Math.min(0.62, smoothstep(0.02, 0.2, rise) * 0.62 * low * speckle * amount);
      if (k < 0.01) continue;
      const p = i * 4;
      const shade = 0.5 + 0.5 * lum[i]!;
      data[p] = data[p]! + (flake[0] * shade - data[p]!) * k;
      data[p + 1] = data[p + 1]! + (flake[1] * shade - data[p + 1]!) * k;
      data[p + 2] = data[p + 2]! + (flake[2] * Math.min(1, shade + 0.08) - data[p + 2]!) * k;
    }
  }
}

/** Snow blown up along the lower edge: a breath of white that thickens downwards, never a shape of its own. */
function groundBlow(raster: Raster, how: { flake: Rgb; noise: Noise; amount: number; dark: boolean }): void {
  const { flake, noise, amount, dark } = how;
  const { data, width, height } = raster;
  const tone = mix(flake, dark ? [120, 150, 205] : [206, 220, 240], 0.6);
  const from = Math.floor(height * 0.8);
  for (let y = from; y < height; y++) {
    const depth = ((y - from) / (height - from)) ** 1.7;
    for (let x = 0; x < width; x++) {
      const bank = layeredNoise(noise, (x / width) * 6 + 11, (y / height) * 9, 3);
      const powder = noise(x / 1.7, y / 1.7);
      const k = Math.min(
        0.8,
        depth * (0.3 + 0.75 * bank) * (0.82 + 0.36 * powder) * (dark ? 0.75 : 0.95) * Math.min(1.3, amount),
      );
      const p = (y * width + x) * 4;
      for (let c = 0; c < 3; c++) data[p + c] = data[p + c]! + (tone[c]! - data[p + c]!) * k;
    }
  }
}

export const fog: Effect = async (raster, step, kit) => {
  const noise = createNoise(kit.random);
  const dark = kit.plan.has('night');
  const colour: Rgb = step.colours[0] ?? (dark ? [86, 104, 142] : [222, 228, 234]);
  mapPixels(
    raster,
    (r, g, b, out) => {
      const grey = 0.299 * r + 0.587 * g + 0.114 * b;
      out[0] = grey + (r - grey) * 0.72;
      out[1] = grey + (g - grey) * 0.72;
      out[2] = grey + (b - grey) * 0.72;
    },
    Math.min(1, step.strength),
  );
  return veil(raster, {
    noise,
    colour,
    amount: 0.7 * Math.min(1.24, step.strength ** 0.7),
    lift: 1.1,
    base: 0.34 + 0.1 * step.strength,
  });
};

/** Drifting banks of haze, thickest where the distance is: around the upper middle. */
async function veil(
  raster: Raster,
  how: { noise: Noise; colour: Rgb; amount: number; lift: number; base?: number },
): Promise<Raster> {
  const { noise, colour, amount, lift, base = 0.35 } = how;
  const { width, height, data } = raster;
  const [w, h] = [Math.ceil(width / 6), Math.ceil(height / 6)];
  const small = new Float32Array(w * h);
  for (let y = 0, i = 0; y < h; y++) {
    const v = y / h;
    const depth = 0.5 + 0.5 * Math.exp(-((v - 0.46) ** 2) / 0.075);
    for (let x = 0; x < w; x++, i++) {
      const bank = layeredNoise(noise, (x / w) * 3.2, v * 5.5 * (h / w), 5);
      small[i] = Math.min(1, depth * (base + lift * smoothstep(0.28, 0.74, bank)));
    }
  }
  const thick = (await resizePlane({ values: small, width: w, height: h }, width, height)).values;
  for (let p = 0; p < data.length; p += 4) {
    const k = Math.min(0.93, thick[p >> 2]! * amount);
    for (let c = 0; c < 3; c++) data[p + c] = data[p + c]! + (colour[c]! - data[p + c]!) * k;
  }
  return raster;
}

export const rain: Effect = async (raster, step, kit) => {
  const { random, plan } = kit;
  const amount = Math.min(2, step.strength);
  const dark = plan.has('night');
  const noise = createNoise(random);
  const k = Math.min(1, 0.4 + 0.5 * amount);
  mapPixels(
    raster,
    (r, g, b, out, _x, y) => {
      const grey = 0.299 * r + 0.587 * g + 0.114 * b;
      const wet = 1 - (dark ? 0.08 : 0.24) * k;
      const up = 1 - y / raster.height;
      out[0] = (grey + (r - grey) * 0.6) * wet - 8 * up;
      out[1] = (grey + (g - grey) * 0.66) * wet;
      out[2] = (grey + (b - grey) * 0.74) * wet + 9;
    },
    k,
  );
  await veil(raster, { noise, colour: dark ? [92, 112, 148] : [176, 188, 200], amount: 0.3 * amount, lift: 0.9 });
  const slant = random.between(0.1, 0.24) * (random.next() > 0.5 ? 1 : -1);
  const streaks = (
    fall: number,
    count: number,
    look: { long: [number, number]; wide: [number, number]; alpha: [number, number] },
  ): Airborne => ({
    fall,
    slant,
    paint: (ctx, width, height) => {
      const unit = Math.hypot(width, height) / 1900;
      ctx.lineCap = 'round';
      for (let n = 0; n < count; n++) {
        const x = random.between(-0.15, 1.15) * width;
        const y = random.between(-0.1, 1) * height;
        const l = random.between(...look.long) * unit;
        const a = random.between(...look.alpha);
        const [dx, dy] = [l * slant, l];
        const line = ctx.createLinearGradient(x, y, x + dx, y + dy);
        line.addColorStop(0, css([225, 235, 248], 0));
        line.addColorStop(0.75, css([225, 235, 248], a));
        line.addColorStop(1, css([240, 246, 255], a * 0.7));
        ctx.strokeStyle = line;
        ctx.lineWidth = random.between(...look.wide) * unit;
        ctx.beginPath();
        ctx.moveTo(x, y);
        ctx.lineTo(x + dx, y + dy);
        ctx.stroke();
      }
    },
  });
  const wet = kit.paintAir(raster, [
    streaks(1.3, 1100 * amount, { long: [18, 46], wide: [0.7, 1.2], alpha: [0.14, 0.36] }),
    streaks(1.9, 380 * amount, { long: [50, 110], wide: [1.1, 1.9], alpha: [0.2, 0.46] }),
    streaks(2.7, 46 * amount, { long: [150, 300], wide: [2, 3.6], alpha: [0.16, 0.34] }),
  ]);
  return paintOver(wet, (ctx, width, height) => {
    const unit = Math.hypot(width, height) / 1900;
    // Drops that burst on the ground.
    for (let n = 0; n < 170 * amount; n++) {
      const y = height * (1 - random.next() ** 1.6 * 0.28);
      const near = (y / height - 0.72) / 0.28;
      const r = random.between(2.5, 6) * unit * (0.5 + near);
      ctx.strokeStyle = css([230, 240, 250], random.between(0.14, 0.42));
      ctx.lineWidth = 1.1 * unit;
      ctx.beginPath();
      ctx.ellipse(random.next() * width, y, r, r * 0.34, 0, Math.PI, Math.PI * 2);
      ctx.stroke();
    }
  });
};

export const lightning: Effect = (raster, step, kit) => {
  const { random } = kit;
  return paintOver(raster, (ctx, width, height) => {
    const bolts = step.strength > 1.2 ? 2 : 1;
    for (let b = 0; b < bolts; b++) {
      const x = width * random.between(0.15, 0.85);
      const flash = ctx.createRadialGradient(x, 0, 0, x, 0, height * 0.9);
      flash.addColorStop(0, css([196, 204, 255], 0.6));
      flash.addColorStop(1, css([140, 150, 255], 0));
      ctx.globalCompositeOperation = 'screen';
      ctx.fillStyle = flash;
      ctx.fillRect(0, 0, width, height);
      const main = boltPath(random, { x, y: -10, reach: height * random.between(0.5, 0.66), spread: width * 0.16 });
      const limbs = [0.3, 0.5, 0.68].map((at) => {
        const from = main[Math.floor(main.length * at)]!;
        return boltPath(random, {
          x: from[0],
          y: from[1],
          reach: from[1] + height * random.between(0.08, 0.2),
          spread: width * 0.3,
        });
      });
      const unit = Math.hypot(width, height) / 1900;
      for (const [wide, alpha, blur] of [
        [18, 0.35, 12],
        [7, 0.6, 4],
        [2.6, 1, 0],
      ] as const) {
        ctx.filter = blur ? `blur(${(blur * unit).toFixed(1)}px)` : 'none';
        [main, ...limbs].forEach((path, i) => {
          ctx.strokeStyle = css(blur ? [176, 186, 255] : [252, 252, 255], alpha);
          ctx.lineWidth = wide * unit * (i === 0 ? 1 : 0.5);
          ctx.lineJoin = 'round';
          ctx.beginPath();
          for (const [px, py] of path) ctx.lineTo(px, py);
          ctx.stroke();
        });
      }
      ctx.filter = 'none';
    }
  });
};

function boltPath(random: Random, how: { x: number; y: number; reach: number; spread: number }): [number, number][] {
  const steps = 26;
  const lean = random.between(-0.5, 0.5) * how.spread;
  let wander = 0;
  return Array.from({ length: steps + 1 }, (_, i) => {
    const t = i / steps;
    if (i > 0) wander += random.between(-1, 1) * how.spread * 0.1;
    return [how.x + lean * t + wander, how.y + (how.reach - how.y) * t];
  });
}
