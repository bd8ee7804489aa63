import { type Brush, fillShape, glow, mix, ramp, sheet, strokeShape, veil } from '../light.ts';
import { between, seeded } from '../seeded.ts';
import { setLine } from '../type.ts';
import { paintLemonSlice } from './lemon.ts';
import { lockup, MILK } from './lockup.ts';

export function paintSqueezeTheDay(ctx: Brush, w: number, h: number): void {
  const sea = 980;
  ctx.fillStyle = '#f1583f';
  ctx.fillRect(0, 0, w, sea);
  const [cx, cy] = [800, 968];
  // The sky is rings of heat, each one a flat tone.
  const rings = ['#f26a48', '#f57d52', '#f8925c', '#faa867', '#fcbf75', '#fdd487', '#ffe6a0'];
  rings.forEach((colour, i) => {
    fillShape(ctx, colour, () => ctx.arc(cx, cy, 1090 - i * 98, 0, 7));
  });
  glow(ctx, [cx, cy], 640, '#fff3b0', 0.4);
  paintLemonSlice(ctx, [cx, cy], 410, 0.16, 12);
  const water = sheet(w, h - sea, (ctx2) => {
    ctx2.fillStyle = ramp(ctx2, [0, 0], [0, h - sea], { 0: '#1c9c94', 0.5: '#0c736f', 1: '#064a4c' });
    ctx2.fillRect(0, 0, w, h - sea);
    const random = seeded(5);
    for (let i = 0; i < 58; i++) {
      const t = i / 57;
      const y = 8 + t ** 1.4 * 600;
      const half = (410 * Math.sqrt(Math.max(0, 1 - (t * 0.86) ** 2)) + 14) * between(random, 0.78, 1.08);
      const thick = 4 + t * 15;
      const shift = between(random, -26, 26) * (0.5 + t);
      fillShape(ctx2, mix('#ffe566', '#f7883c', t * 0.95), () => {
        ctx2.moveTo(cx - half + shift, y);
        ctx2.quadraticCurveTo(cx + shift, y - thick, cx + half + shift, y);
        ctx2.quadraticCurveTo(cx + shift, y + thick, cx - half + shift, y);
      });
    }
    for (let i = 0; i < 90; i++) {
      const t = random();
      const y = 14 + t * 600;
      const x = random() * w;
      const half = (24 + t * 110) * between(random, 0.6, 1.4);
      fillShape(ctx2, veil(random() > 0.35 ? '#5fd0bd' : '#03383c', 0.4), () => {
        ctx2.moveTo(x - half, y);
        ctx2.quadraticCurveTo(x, y - 3 - t * 5, x + half, y);
        ctx2.quadraticCurveTo(x, y + 3 + t * 5, x - half, y);
      });
    }
  });
  ctx.drawImage(water, 0, sea);
  ctx.fillStyle = ramp(ctx, [0, sea], [w, sea], { 0: veil('#fff4b8', 0.1), 0.5: '#fffbe0', 1: veil('#fff4b8', 0.1) });
  ctx.fillRect(0, sea - 2, w, 5);
  ctx.fillStyle = ramp(ctx, [0, h - 360], [0, h], {
    0: veil('#053c40', 0),
    0.6: veil('#053c40', 0.82),
    1: veil('#053c40', 0.95),
  });
  ctx.fillRect(0, h - 360, w, 360);
  setLine(ctx, 'Squeeze the day', {
    x: w / 2,
    y: h - 176,
    face: 'fraunces',
    size: 178,
    tracking: -0.035,
    align: 'center',
    colour: MILK,
  });
  lockup(ctx, 76, h - 58, 52, MILK);
  setLine(ctx, 'Open one at sunrise. We will not tell.', {
    x: w - 76,
    y: h - 60,
    face: 'inter',
    size: 29,
    align: 'right',
    colour: MILK,
  });
  for (const [x, y, s] of [
    [300, 300, 1],
    [372, 346, 0.7],
    [1270, 214, 0.85],
  ] as const) {
    strokeShape(ctx, '#7a1f24', 6 * s, () => {
      ctx.moveTo(x - 44 * s, y - 8 * s);
      ctx.quadraticCurveTo(x - 18 * s, y - 28 * s, x, y);
      ctx.quadraticCurveTo(x + 18 * s, y - 28 * s, x + 44 * s, y - 8 * s);
    });
  }
}
