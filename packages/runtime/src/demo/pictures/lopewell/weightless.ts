import { layVignette } from '../grain.ts';

import { type Brush, ball, fillShape, glow, haze, ramp, veil } from '../light.ts';
import { between, seeded } from '../seeded.ts';
import { setLine, sizeToFit } from '../type.ts';
import { lockup, PAPER } from './lockup.ts';
import { paintShoe } from './shoe.ts';

export function paintWeightless(ctx: Brush, w: number, h: number): void {
  ctx.fillStyle = ball(ctx, [860, 520], 1150, { 0: '#ff8a4c', 0.3: '#f9543a', 0.62: '#cf2350', 1: '#4a0f52' });
  ctx.fillRect(0, 0, w, h);
  glow(ctx, [820, 460], 620, '#ffc07a', 0.55);
  const size = sizeToFit(ctx, 'WEIGHTLESS', 'anton', w - 128, 0.005);
  setLine(ctx, 'WEIGHTLESS', {
    x: 64,
    y: 520,
    face: 'anton',
    size,
    tracking: 0.005,
    colour: ramp(ctx, [0, 200], [0, 540], { 0: '#ffd9a8', 0.55: '#ff9a66', 1: veil('#ff6f52', 0.75) }),
  });
  // The floor takes the light back as a sheen, and the shoe's shadow far below it.
  ctx.fillStyle = ramp(ctx, [0, 770], [0, h], {
    0: veil('#2c0838', 0),
    0.4: veil('#3a0a40', 0.5),
    1: veil('#22062f', 0.9),
  });
  ctx.fillRect(0, 770, w, h - 770);
  haze(ctx, [800, 905], 640, 70, '#1d0426', 0.55);
  haze(ctx, [810, 905], 430, 38, '#160320', 0.85);
  haze(ctx, [820, 960], 520, 24, '#ff9a63', 0.18);
  ctx.save();
  ctx.translate(255, 372);
  ctx.rotate(-0.17);
  ctx.translate(0, 90);
  ctx.scale(1.1, 1.1);
  paintShoe(ctx);
  ctx.restore();
  const random = seeded(31);
  for (let i = 0; i < 46; i++) {
    const [x, y] = [random() * w, between(random, 560, 900)];
    fillShape(ctx, veil('#ffd6a3', between(random, 0.08, 0.5)), () => ctx.arc(x, y, between(random, 0.8, 3.4), 0, 7));
  }
  layVignette(ctx, w, h, '#1d0426', 0.45);
  lockup(ctx, 66, 112, 46, PAPER);
  setLine(ctx, 'The Feather Nought. 148 grams.', {
    x: w - 66,
    y: 106,
    face: 'interBold',
    size: 28,
    align: 'right',
    colour: PAPER,
  });
  setLine(ctx, 'You will check twice that you are wearing it.', {
    x: 66,
    y: h - 66,
    face: 'inter',
    size: 30,
    colour: veil(PAPER, 0.92),
  });
}
