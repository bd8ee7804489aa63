/** A skyline in layers, with lit windows after dark. */
import { css, mix, type Rgb } from '../colours.ts';

import { drawBalloons, drawBirds, driftClouds, fillSky, hangLamp, type SceneKit, sprinkleStars } from './scene.ts';
import { paintWater } from './sea.ts';

export function paintCity(kit: SceneKit): void {
  const { ctx, width, height, light, random } = kit;
  const ground = height * 0.86;
  fillSky(kit, ground);
  if (light.mood === 'night') sprinkleStars(kit, ground, 240);
  const lamp = hangLamp(kit, ground * 0.8);
  driftClouds(kit, ground, light.mood === 'gray' ? 1.1 : 0.4);
  if (kit.extras.has('birds')) drawBirds(kit);
  if (kit.extras.has('balloon')) drawBalloons(kit);
  for (let row = 0; row < 4; row++) {
    const depth = row / 3;
    const colour = mix(mix(light.far, light.sky[2], 0.3), light.near, depth * 0.94);
    let x = -0.02 * width;
    while (x < width * 1.02) {
      const wide = random.between(0.035, 0.085) * Math.max(width, height) * (0.55 + depth * 0.6);
      const centre = 1 - Math.abs((x + wide / 2) / width - 0.5) * 1.1;
      const tall = height * random.between(0.16, 0.52) * (1.05 - depth * 0.45) * (0.55 + centre * 0.6);
      drawTower(kit, { x, wide, tall, ground, colour, depth });
      x += wide * random.between(0.86, 1.12);
    }
    const haze = ctx.createLinearGradient(0, ground - height * 0.4, 0, ground);
    haze.addColorStop(0, css(light.sky[2], 0));
    haze.addColorStop(1, css(light.sky[2], row < 3 ? 0.3 : 0.05));
    ctx.fillStyle = haze;
    ctx.fillRect(0, 0, width, ground);
  }
  paintWater(kit, ground, lamp);
  reflect(kit, ground);
}

type Tower = { x: number; wide: number; tall: number; ground: number; colour: Rgb; depth: number };

function drawTower(kit: SceneKit, tower: Tower): void {
  const { ctx, unit, light, random } = kit;
  const { x, wide, tall, ground, colour, depth } = tower;
  const top = ground - tall;
  const face = ctx.createLinearGradient(x, 0, x + wide, 0);
  face.addColorStop(0, css(mix(colour, light.sky[2], 0.16)));
  face.addColorStop(1, css(mix(colour, [0, 0, 0], 0.16)));
  ctx.fillStyle = face;
  ctx.fillRect(x, top, wide, tall);
  const roof = random.next();
  if (roof < 0.3) ctx.fillRect(x + wide * 0.22, top - tall * 0.09, wide * 0.56, tall * 0.1);
  else if (roof < 0.42) {
    ctx.fillRect(x + wide * 0.3, top - tall * 0.08, wide * 0.4, tall * 0.09);
    ctx.fillRect(x + wide * 0.48, top - tall * 0.3, wide * 0.04, tall * 0.24);
  } else if (roof < 0.54) {
    ctx.beginPath();
    ctx.moveTo(x, top + 1);
    ctx.lineTo(x + wide * (random.next() < 0.5 ? 0 : 1), top - tall * 0.14);
    ctx.lineTo(x + wide, top + 1);
    ctx.fill();
  }
  if (depth < 0.3) return;
  const lit = light.mood === 'night' ? 0.42 : light.mood === 'sunset' ? 0.24 : 0;
  const [gx, gy] = [11 * unit * (0.6 + depth * 0.6), 15 * unit * (0.6 + depth * 0.6)];
  for (let wy = top + gy; wy < ground - gy; wy += gy) {
    for (let wx = x + gx * 0.7; wx < x + wide - gx; wx += gx) {
      const on = random.next();
      if (on < lit) ctx.fillStyle = css(on < lit * 0.2 ? [196, 220, 255] : [255, 206, 122], random.between(0.45, 0.95));
      else ctx.fillStyle = css(mix(colour, light.sky[1], 0.35), 0.34);
      ctx.fillRect(wx, wy, gx * 0.5, gy * 0.52);
    }
  }
}

/** The skyline upside down in the water, faint and stretched. */
function reflect({ ctx, width, height, unit }: SceneKit, ground: number): void {
  const deep = height - ground;
  ctx.save();
  ctx.globalAlpha = 0.38;
  ctx.beginPath();
  ctx.rect(0, ground, width, deep);
  ctx.clip();
  ctx.filter = `blur(${(3 * unit).toFixed(1)}px)`;
  ctx.translate(0, ground * 2);
  ctx.scale(1, -1);
  ctx.drawImage(ctx.canvas, 0, ground - deep * 2.2, width, deep * 2.2, 0, ground - deep, width, deep);
  ctx.restore();
}
