import {
  type Brush,
  blurred,
  fillShape,
  glow,
  haze,
  type Point,
  ramp,
  sheet,
  strokeShape,
  trace,
  veil,
} from '../light.ts';
import { seeded } from '../seeded.ts';
import { setLines } from '../type.ts';
import { paintCan } from './can.ts';
import { paintLemonSlice } from './lemon.ts';
import { lockup, MILK } from './lockup.ts';

/** The net of light on a pool floor: bright where two cells of rippling water meet. */
function caustics(width: number, height: number, seed: number, cell: number) {
  return sheet(width, height, (ctx) => {
    const image = ctx.createImageData(width, height);
    const random = seeded(seed);
    const columns = Math.ceil(width / cell) + 3;
    const rows = Math.ceil(height / cell) + 3;
    const seeds = Array.from({ length: columns * rows }, () => [random(), random()] as const);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const wx = x / cell + 1 + Math.sin(y * 0.06 + x * 0.018) * 0.22;
        const wy = y / cell + 1 + Math.sin(x * 0.05 - y * 0.021) * 0.22;
        let [first, second] = [9, 9];
        for (let j = -1; j <= 1; j++) {
          for (let i = -1; i <= 1; i++) {
            const gx = Math.floor(wx) + i;
            const gy = Math.floor(wy) + j;
            const spot = seeds[Math.max(0, gy) * columns + Math.max(0, gx)] ?? [0.5, 0.5];
            const d = Math.hypot(gx + spot[0] - wx, gy + spot[1] - wy);
            if (d < first) [first, second] = [d, first];
            else if (d < second) second = d;
          }
        }
        const light = Math.exp(-(second - first) * 9) + 0.22 * Math.exp(-(second - first) * 2.2);
        const at = (y * width + x) * 4;
        image.data[at] = 240;
        image.data[at + 1] = 255;
        image.data[at + 2] = 250;
        image.data[at + 3] = Math.min(255, light * 230);
      }
    }
    ctx.putImageData(image, 0, 0);
  });
}

export function paintPoolside(ctx: Brush, w: number, h: number): void {
  ctx.fillStyle = ramp(ctx, [0, 0], [w, h], { 0: '#5fdcd2', 0.45: '#22b5c0', 1: '#0a7fa0' });
  ctx.fillRect(0, 0, w, h);
  const bend = (x: number, y: number): Point => [
    x + Math.sin(y * 0.021 + x * 0.008) * 9,
    y + Math.sin(x * 0.024 - y * 0.006) * 9,
  ];
  for (let line = -2; line < 28; line++) {
    for (const isRow of [true, false]) {
      strokeShape(ctx, veil('#e8fffb', 0.22), 3, () => {
        for (let t = -20; t < h + 20; t += 14) {
          const [x, y] = isRow ? bend(t, line * 82) : bend(line * 82, t);
          if (t === -20) ctx.moveTo(x, y);
          else ctx.lineTo(x, y);
        }
      });
    }
  }
  ctx.save();
  ctx.imageSmoothingEnabled = true;
  ctx.imageSmoothingQuality = 'high';
  ctx.globalCompositeOperation = 'screen';
  ctx.globalAlpha = 0.62;
  ctx.drawImage(caustics(300, 534, 4, 46), 0, 0, w, h);
  ctx.globalAlpha = 0.3;
  ctx.drawImage(caustics(300, 534, 9, 27), 0, 0, w, h);
  ctx.restore();
  haze(ctx, [380, 230], 640, 330, '#0f9fb2', 0.8);
  const [cx, cy] = [520, 1010];
  blurred(ctx, 16, [cx - 270, cy - 240, 670, 670], () =>
    fillShape(ctx, veil('#034b66', 0.55), () => ctx.arc(cx + 64, cy + 96, 268, 0, 7)),
  );
  // The float: a slice with a swollen rim.
  blurred(ctx, 5, [cx - 320, cy - 320, 640, 640], () =>
    fillShape(ctx, veil('#eafffb', 0.55), () => ctx.arc(cx, cy + 3, 289, 0, 7)),
  );
  paintLemonSlice(ctx, [cx, cy], 284, 0.5, 10);
  for (const [width, colour] of [
    [40, '#f0a50d'],
    [33, '#ffcb22'],
    [20, '#ffdc4a'],
  ] as const)
    strokeShape(ctx, colour, width, () => ctx.arc(cx, cy, 264, 0, 7));
  blurred(ctx, 4, [cx - 320, cy - 320, 640, 640], () =>
    strokeShape(ctx, veil('#ffffff', 0.95), 9, () => {
      ctx.arc(cx, cy, 268, 3.5, 4.5);
      ctx.moveTo(cx + Math.cos(4.7) * 268, cy + Math.sin(4.7) * 268);
      ctx.arc(cx, cy, 268, 4.7, 4.85);
    }),
  );
  blurred(ctx, 10, [cx - 320, cy - 320, 640, 640], () =>
    strokeShape(ctx, veil('#a85c00', 0.5), 14, () => ctx.arc(cx, cy, 256, 0.2, 1.7)),
  );
  ctx.save();
  ctx.translate(cx - 20, cy - 10);
  ctx.rotate(0.6);
  blurred(ctx, 8, [-100, -150, 260, 380], () =>
    fillShape(ctx, veil('#8a4a00', 0.5), () => ctx.roundRect(-58, -112, 170, 290, 34)),
  );
  ctx.scale(0.34, 0.34);
  paintCan(ctx, 0, -405, 214, 405);
  ctx.restore();
  // The edge of the pool, with the shadow that the coping drops into the water.
  const edge = (drop: number) =>
    trace(ctx, [
      [-10, 1330 + drop],
      [w + 10, 1466 + drop],
      [w + 10, h + 10],
      [-10, h + 10],
    ]);
  blurred(ctx, 10, [0, 1230, w, 370], () => fillShape(ctx, veil('#04526c', 0.5), () => edge(-34)));
  fillShape(ctx, '#ffffff', () => edge(0));
  fillShape(ctx, ramp(ctx, [0, 1340], [0, h], { 0: '#f7866a', 1: '#ec5f4a' }), () => edge(30));
  for (let i = 0; i < 12; i++) {
    strokeShape(ctx, veil('#ffffff', 0.28), 3, () => {
      ctx.moveTo(i * 92 - 40, 1362 + (i * 92 - 40) * 0.149);
      ctx.lineTo(i * 92 - 90, h);
    });
  }
  glow(ctx, [60, 60], 700, '#ffffff', 0.3);
  setLines(ctx, ['Lid off,', 'day off.'], {
    x: 60,
    y: 220,
    face: 'frauncesBlackItalic',
    size: 184,
    leading: 0.94,
    tracking: -0.035,
    colour: MILK,
  });
  lockup(ctx, 62, h - 58, 58, MILK);
}
