/** A product on a podium in a studio. */
import { css, mix, type Rgb, saturate } from '../colours.ts';
import type { ProductShape } from '../scene-words.ts';
import { SHAPES, type Studio } from './product-shapes.ts';
import type { SceneKit } from './scene.ts';

const STUDIOS: readonly Studio[] = [
  { wall: [244, 176, 152], thing: [196, 58, 62], accent: [255, 238, 214] },
  { wall: [168, 204, 196], thing: [20, 92, 92], accent: [250, 222, 150] },
  { wall: [178, 190, 236], thing: [48, 58, 150], accent: [255, 214, 190] },
  { wall: [246, 214, 132], thing: [226, 96, 40], accent: [255, 248, 226] },
  { wall: [236, 198, 214], thing: [168, 40, 104], accent: [255, 240, 230] },
  { wall: [206, 214, 206], thing: [54, 74, 62], accent: [236, 196, 140] },
  { wall: [150, 196, 226], thing: [240, 112, 72], accent: [255, 250, 240] },
  { wall: [224, 206, 188], thing: [110, 66, 44], accent: [250, 240, 226] },
];

export function paintProduct(kit: SceneKit, shape: ProductShape): void {
  const { ctx, width, height } = kit;
  const studio = studioOf(kit);
  const floor = height * 0.74;
  paintStudio(kit, studio, floor);
  const tall = Math.min(height * 0.52, width * 0.62);
  const x = width / 2;
  const podium = { wide: tall * (shape === 'shoe' ? 1.25 : 0.86), top: floor + tall * 0.06 };
  paintPodium(kit, studio, podium);
  ctx.save();
  ctx.translate(x, podium.top);
  ctx.fillStyle = 'rgba(0, 0, 0, 0.4)';
  ctx.filter = `blur(${(tall * 0.022).toFixed(1)}px)`;
  ctx.beginPath();
  ctx.ellipse(tall * 0.05, 0, tall * (shape === 'shoe' ? 0.5 : 0.25), tall * 0.035, 0, 0, Math.PI * 2);
  ctx.fill();
  ctx.filter = 'none';
  SHAPES[shape](ctx, tall, studio);
  ctx.restore();
}

function studioOf({ colours, light, random }: SceneKit): Studio {
  const picked = random.pick(STUDIOS);
  const [first, second] = colours;
  const dim = light.mood === 'night' ? 0.72 : light.mood === 'gray' ? 0.3 : 0;
  const base: Studio = first
    ? {
        thing: first,
        wall: second ?? mix(saturate(first, 0.7), [255, 250, 242], 0.66),
        accent: mix(first, [255, 250, 236], 0.85),
      }
    : picked;
  const warm: Rgb = light.mood === 'sunset' ? mix(base.wall, [255, 140, 90], 0.5) : base.wall;
  return { ...base, wall: mix(warm, [14, 16, 40], dim) };
}

function paintStudio(
  { ctx, width, height, light, random }: SceneKit,
  { wall, accent, thing }: Studio,
  floor: number,
): void {
  const back = ctx.createRadialGradient(
    width * 0.42,
    height * 0.36,
    0,
    width * 0.5,
    height * 0.5,
    Math.max(width, height) * 0.78,
  );
  back.addColorStop(0, css(mix(wall, [255, 255, 255], light.mood === 'night' ? 0.16 : 0.34)));
  back.addColorStop(0.6, css(wall));
  back.addColorStop(1, css(mix(wall, [30, 14, 30], 0.34)));
  ctx.fillStyle = back;
  ctx.fillRect(0, 0, width, height);
  const r = Math.min(width, height) * random.between(0.33, 0.39);
  const halo = ctx.createLinearGradient(0, floor - r * 2, 0, floor);
  halo.addColorStop(0, css(mix(accent, [255, 255, 255], 0.3), light.mood === 'night' ? 0.35 : 0.8));
  halo.addColorStop(1, css(mix(accent, wall, 0.6), 0.55));
  ctx.fillStyle = halo;
  // A disc, an arch or a pair of discs behind the product, never quite in the middle.
  const backdrop = random.whole(0, 2);
  const x = width / 2 + r * random.between(-0.24, 0.24);
  ctx.beginPath();
  if (backdrop === 1) ctx.roundRect(x - r * 0.72, floor - r * 2, r * 1.44, r * 2, [r * 0.72, r * 0.72, 0, 0]);
  else ctx.arc(x, floor - r * 0.86, r, 0, Math.PI * 2);
  ctx.fill();
  if (backdrop === 2) {
    ctx.fillStyle = css(mix(thing, wall, 0.55), 0.5);
    ctx.beginPath();
    ctx.arc(x + r * 0.95, floor - r * 0.5, r * 0.5, 0, Math.PI * 2);
    ctx.fill();
  }
  const ground = ctx.createLinearGradient(0, floor, 0, height);
  ground.addColorStop(0, css(mix(wall, [40, 20, 30], 0.2)));
  ground.addColorStop(1, css(mix(wall, [255, 255, 255], 0.1)));
  ctx.fillStyle = ground;
  ctx.fillRect(0, floor, width, height - floor);
  const soft = ctx.createLinearGradient(0, floor - height * 0.05, 0, floor + height * 0.07);
  soft.addColorStop(0, css(wall, 0));
  soft.addColorStop(0.5, css(mix(wall, [255, 255, 255], 0.1), 0.75));
  soft.addColorStop(1, css(wall, 0));
  ctx.fillStyle = soft;
  ctx.fillRect(0, floor - height * 0.05, width, height * 0.12);
}

function paintPodium(
  { ctx, width, height }: SceneKit,
  { wall, accent }: Studio,
  podium: { wide: number; top: number },
): void {
  const { wide, top } = podium;
  const x = width / 2;
  const colour = mix(wall, accent, 0.55);
  const ry = wide * 0.085;
  const side = ctx.createLinearGradient(x - wide / 2, 0, x + wide / 2, 0);
  side.addColorStop(0, css(mix(colour, [40, 20, 40], 0.34)));
  side.addColorStop(0.34, css(mix(colour, [255, 255, 255], 0.18)));
  side.addColorStop(1, css(mix(colour, [40, 20, 40], 0.44)));
  ctx.fillStyle = side;
  ctx.beginPath();
  ctx.ellipse(x, top, wide / 2, ry, 0, 0, Math.PI);
  ctx.lineTo(x - wide / 2, height + 10);
  ctx.lineTo(x + wide / 2, height + 10);
  ctx.lineTo(x + wide / 2, top);
  ctx.fill();
  ctx.fillStyle = css(mix(colour, [255, 255, 255], 0.34));
  ctx.beginPath();
  ctx.ellipse(x, top, wide / 2, ry, 0, 0, Math.PI * 2);
  ctx.fill();
}
