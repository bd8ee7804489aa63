import { layVignette } from '../grain.ts';

import { type Brush, fillShape, glow, haze, mix, ramp, sheet, strokeShape, veil } from '../light.ts';
import { between, seeded } from '../seeded.ts';
import { setLine, setLines } from '../type.ts';
import { paintBlocks } from './blocks.ts';
import { FROST, lockup } from './lockup.ts';
import { paintNightBus } from './night-bus.ts';

export function paintLastCall(ctx: Brush, w: number, h: number): void {
  const street = 648;
  const city = sheet(w, street, (sky) => {
    sky.fillStyle = ramp(sky, [0, 0], [0, street], { 0: '#070b22', 0.5: '#1b1c52', 0.85: '#5b2f74', 1: '#8a3f78' });
    sky.fillRect(0, 0, w, street);
    glow(sky, [1180, 560], 720, '#d1568c', 0.45);
    paintBlocks(sky, 4, w, street, 440, '#2b235e', 0.2);
    haze(sky, [800, street], 1100, 150, '#8a4a8c', 0.5);
    paintBlocks(sky, 11, w, street, 310, '#1a1747', 0.3);
    haze(sky, [800, street], 1100, 90, '#a3548a', 0.5);
    for (const [x, colour] of [
      [120, '#ff9f4d'],
      [640, '#ff9f4d'],
      [1470, '#6fe0ff'],
    ] as const) {
      strokeShape(sky, '#0b0c24', 7, () => {
        sky.moveTo(x, street);
        sky.lineTo(x, 300);
        sky.quadraticCurveTo(x, 276, x + 40, 274);
      });
      glow(sky, [x + 48, 284], 190, colour, 0.7);
      fillShape(sky, '#fff6df', () => sky.ellipse(x + 48, 280, 20, 6, 0, 0, 7));
    }
    fillShape(sky, '#100f33', () => sky.rect(0, street - 40, w, 40));
    // Shop fronts along the pavement.
    for (const [x, wide, colour] of [
      [24, 210, '#ff6f91'],
      [260, 170, '#ffc46b'],
      [1370, 250, '#5fe0d2'],
    ] as const) {
      fillShape(sky, '#0d0d2b', () => sky.rect(x - 8, street - 128, wide + 16, 128));
      fillShape(
        sky,
        ramp(sky, [0, street - 96], [0, street], { 0: mix(colour, '#ffffff', 0.4), 1: mix(colour, '#40204f', 0.35) }),
        () => sky.rect(x + 8, street - 92, wide - 16, 84),
      );
      fillShape(sky, colour, () => sky.rect(x, street - 122, wide, 22));
      glow(sky, [x + wide / 2, street - 60], wide, colour, 0.4);
      for (let i = 1; i < 4; i++) fillShape(sky, '#0d0d2b', () => sky.rect(x + (wide * i) / 4, street - 94, 4, 90));
    }
    paintNightBus(sky, [430, street - 4], 236);
  });
  ctx.drawImage(city, 0, 0);
  // Wet asphalt: the street upside down, smeared towards us, broken by the grain of the road.
  ctx.save();
  ctx.filter = 'blur(3px)';
  for (let y = 0; y < h - street; y += 2) {
    const t = y / (h - street);
    const sway = Math.sin(y * 0.5) * (1 + t * 5) + Math.sin(y * 0.17 + 1) * t * 8;
    ctx.filter = 'none';
    ctx.drawImage(city, 0, Math.max(2, street - 4 - y * 1.7), w, 3, sway, street + y, w, 3);
  }
  ctx.restore();
  const smear = sheet(w / 8, (h - street) / 8, (low) =>
    low.drawImage(ctx.canvas, 0, street, w, h - street, 0, 0, w / 8, (h - street) / 8),
  );
  ctx.save();
  ctx.globalAlpha = 0.72;
  ctx.imageSmoothingQuality = 'high';
  ctx.filter = 'blur(7px)';
  ctx.drawImage(smear, 0, street + 6, w, h - street);
  ctx.restore();
  ctx.fillStyle = ramp(ctx, [0, street], [0, h], {
    0: veil('#0b0c2a', 0.25),
    0.5: veil('#0a0b26', 0.55),
    1: veil('#05061a', 0.92),
  });
  ctx.fillRect(0, street, w, h - street);
  fillShape(ctx, '#171640', () => ctx.rect(0, street - 6, w, 12));
  ctx.fillStyle = veil('#b9a2e0', 0.4);
  ctx.fillRect(0, street - 6, w, 2);
  const random = seeded(77);
  for (let i = 0; i < 130; i++) {
    const [x, y, length] = [random() * (w + 100), random() * h, between(random, 16, 62)];
    strokeShape(ctx, veil('#cfd8ff', between(random, 0.05, 0.2)), between(random, 0.8, 1.8), () => {
      ctx.moveTo(x, y);
      ctx.lineTo(x - length * 0.22, y + length);
    });
  }
  layVignette(ctx, w, h, '#02030f', 0.6);
  setLines(ctx, ['The city is up.', 'So are we.'], {
    x: 64,
    y: 132,
    face: 'groteskBold',
    size: 88,
    leading: 1.04,
    tracking: -0.045,
    colour: FROST,
  });
  lockup(ctx, 66, h - 60, 46, FROST);
  setLine(ctx, 'Every 12 minutes, all night', {
    x: w - 66,
    y: h - 64,
    face: 'grotesk',
    size: 28,
    align: 'right',
    colour: FROST,
  });
}
