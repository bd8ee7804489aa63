/** The sea, its beach, and water wherever a scene has some. */
import { css, mix, type Rgb } from '../colours.ts';
import { fillRidge, paintAir, paintSky, type Ridge, type SceneKit } from './scene.ts';

/** Water from `top` down, with a road of light under the lamp. */
export function paintWater(kit: SceneKit, top: number, lamp: { x: number; y: number } | undefined): void {
  const { ctx, width, height, unit, light, random, colours } = kit;
  const deep =
    colours.length > 0
      ? mix(light.near, colours[0]!, 0.4)
      : light.mood === 'day'
        ? ([14, 84, 128] as Rgb)
        : mix(light.near, light.sky[0], 0.6);
  const fill = ctx.createLinearGradient(0, top, 0, height);
  fill.addColorStop(0, css(mix(light.sky[2], light.sky[1], 0.4)));
  fill.addColorStop(0.18, css(mix(light.sky[1], deep, 0.45)));
  fill.addColorStop(1, css(deep));
  ctx.fillStyle = fill;
  ctx.fillRect(0, top, width, height - top);
  for (let n = 0; n < 900; n++) {
    const t = random.next() ** 1.6;
    const y = top + (height - top) * t;
    const long = (14 + 150 * t) * unit * random.between(0.4, 1.2);
    const onRoad = lamp && random.next() < 0.4;
    const x = onRoad
      ? lamp.x + (random.next() + random.next() + random.next() - 1.5) * width * (0.05 + 0.16 * t)
      : random.between(-0.05, 1.02) * width;
    ctx.fillStyle = onRoad
      ? css(light.lamp, 0.3 + 0.4 * random.next())
      : css(random.next() < 0.55 ? light.sky[2] : mix(deep, [0, 0, 0], 0.4), 0.07 + 0.13 * random.next());
    ctx.beginPath();
    ctx.ellipse(x, y, long / 2, (0.8 + 2.6 * t) * unit, 0, 0, Math.PI * 2);
    ctx.fill();
  }
}

export function paintSea(kit: SceneKit): void {
  const { ctx, width, height, unit, light, random } = kit;
  const horizon = height * 0.56;
  const lamp = paintSky(kit, horizon);
  const isle: Ridge = { base: horizon + height * 0.006, rise: height * 0.09, wide: 1.3, row: 4 };
  fillRidge(kit, isle, mix(light.far, light.sky[2], 0.25), light.sky[2]);
  paintWater(kit, horizon, lamp);
  paintAir(kit);
  if (kit.extras.has('boat')) drawBoat(kit, width * random.between(0.25, 0.75), horizon + height * 0.1);
  const sand: Rgb =
    light.mood === 'night'
      ? [78, 84, 116]
      : light.mood === 'sunset'
        ? [178, 112, 90]
        : light.mood === 'gray'
          ? [176, 170, 158]
          : [236, 212, 168];
  const side = random.next() > 0.5 ? 1 : -1;
  const edge = (x: number) =>
    height * (0.9 + side * 0.055 * (x / width - 0.5) * 2) + Math.sin((x / width) * 7 + side) * height * 0.012;
  for (const [lift, colour, alpha] of [
    [0.034, mix(light.sky[2], [255, 255, 255], 0.6), 0.55],
    [0.016, [255, 255, 255] as Rgb, light.mood === 'night' ? 0.4 : 0.9],
    [0.006, mix(sand, light.near, 0.28), 1],
    [-0.012, sand, 1],
  ] as const) {
    ctx.fillStyle = css(colour, alpha);
    ctx.beginPath();
    ctx.moveTo(-5, height + 5);
    for (let x = -5; x <= width + 5; x += 4 * unit)
      ctx.lineTo(x, edge(x) - lift * height + Math.sin(x / (36 * unit) + lift * 400) * 3.5 * unit);
    ctx.lineTo(width + 5, height + 5);
    ctx.fill();
  }
  if (kit.extras.has('palm'))
    for (const at of [side > 0 ? 0.9 : 0.1, side > 0 ? 0.8 : 0.2])
      drawPalm(kit, width * at, height * 0.97, at === 0.9 || at === 0.1 ? 1 : 0.75);
}

function drawPalm(kit: SceneKit, x: number, y: number, scale: number): void {
  const { ctx, unit, light, random, width } = kit;
  const colour = mix(light.near, [10, 30, 20], light.mood === 'day' ? 0.4 : 0.1);
  const lean = (x > width / 2 ? -1 : 1) * 120 * unit * scale;
  const tall = 560 * unit * scale;
  const [tx, ty] = [x + lean, y - tall];
  ctx.strokeStyle = css(colour);
  ctx.lineCap = 'round';
  for (let s = 0; s < 24; s++) {
    const [a, b] = [s / 24, (s + 1.2) / 24];
    const at = (t: number): [number, number] => [x + lean * t * t, y - tall * t];
    ctx.lineWidth = (26 - 13 * a) * unit * scale;
    ctx.beginPath();
    ctx.moveTo(...at(a));
    ctx.lineTo(...at(b));
    ctx.stroke();
  }
  for (let leaf = 0; leaf < 11; leaf++) {
    const turn = (leaf / 11) * Math.PI * 2 + random.between(-0.15, 0.15);
    const long = 230 * unit * scale * random.between(0.85, 1.1);
    const [ex, ey] = [tx + Math.cos(turn) * long, ty + Math.sin(turn) * long * 0.5 + long * 0.32];
    const [mx, my] = [tx + Math.cos(turn) * long * 0.5, ty + Math.sin(turn) * long * 0.4 - long * 0.18];
    ctx.lineWidth = 3.2 * unit * scale;
    for (let s = 1; s <= 26; s++) {
      const t = s / 26;
      const px = (1 - t) ** 2 * tx + 2 * (1 - t) * t * mx + t * t * ex;
      const py = (1 - t) ** 2 * ty + 2 * (1 - t) * t * my + t * t * ey;
      const hang = long * 0.3 * Math.sin(Math.PI * Math.min(1, t * 1.05)) + 3 * unit;
      for (const way of [-0.5, 0.5]) {
        ctx.beginPath();
        ctx.moveTo(px, py);
        ctx.quadraticCurveTo(
          px + way * hang * 0.5,
          py + hang * 0.2,
          px + way * hang * 0.7 + Math.cos(turn) * hang * 0.5,
          py + hang * 0.85,
        );
        ctx.stroke();
      }
    }
  }
}

function drawBoat({ ctx, unit, light }: SceneKit, x: number, y: number): void {
  const s = 62 * unit;
  ctx.fillStyle = css(mix(light.near, [40, 20, 10], 0.3));
  ctx.beginPath();
  ctx.moveTo(x - s, y - s * 0.16);
  ctx.quadraticCurveTo(x - s * 0.6, y + s * 0.26, x + s * 0.6, y + s * 0.2);
  ctx.lineTo(x + s * 1.05, y - s * 0.2);
  ctx.closePath();
  ctx.fill();
  ctx.fillStyle = css(mix(light.lamp, light.sky[2], 0.25));
  ctx.beginPath();
  ctx.moveTo(x + s * 0.05, y - s * 2.2);
  ctx.quadraticCurveTo(x + s * 0.95, y - s * 1.1, x + s * 0.85, y - s * 0.32);
  ctx.lineTo(x + s * 0.05, y - s * 0.32);
  ctx.moveTo(x - s * 0.05, y - s * 1.95);
  ctx.quadraticCurveTo(x - s * 0.5, y - s * 1, x - s * 0.8, y - s * 0.32);
  ctx.lineTo(x - s * 0.05, y - s * 0.32);
  ctx.fill();
}
