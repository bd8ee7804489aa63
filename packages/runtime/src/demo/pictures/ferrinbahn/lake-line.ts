import { fillBelow, paintPeak, paintSpruce, skyline } from '../land.ts';

import { type Brush, fillShape, glow, haze, mix, type Point, ramp, sheet, veil } from '../light.ts';

import { between, seeded } from '../seeded.ts';

import { setLine, setLines } from '../type.ts';
import { CREAM, lockup, RED } from './lockup.ts';
import { paintTrain } from './train.ts';

export function paintLakeLine(ctx: Brush, w: number, h: number): void {
  const shore = 560;
  const upper = sheet(w, shore, (sky) => {
    sky.fillStyle = ramp(sky, [0, 0], [0, shore], { 0: '#0f6a75', 0.45: '#5fb0a6', 0.8: '#f3e0ae', 1: '#ffe8b8' });
    sky.fillRect(0, 0, w, shore);
    glow(sky, [1180, 330], 620, '#ffe9a8', 0.7);
    for (const [x, y, rx] of [
      [980, 150, 420],
      [1250, 186, 330],
      [420, 236, 300],
    ] as const)
      haze(sky, [x, y], rx, 13, '#fff6dc', 0.45);
    const far = { base: shore, haze: '#f0d9ac', sun: 'right' as const };
    paintPeak(sky, { ...far, seed: 51, summit: [1000, 300], left: 720, right: 1330, lit: '#dcc7a0', shade: '#94a797' });
    paintPeak(sky, {
      ...far,
      seed: 52,
      summit: [1420, 260],
      left: 1080,
      right: 1800,
      lit: '#d5bd97',
      shade: '#84998f',
      snow: { depth: 0.35, lit: '#fff5dc', shade: '#b7c2b2' },
    });
    haze(sky, [1100, 520], 700, 70, '#ffedc4', 0.9);
    paintPeak(sky, {
      ...far,
      seed: 57,
      summit: [690, 128],
      left: 270,
      right: 1120,
      lit: '#b5946c',
      shade: '#2f6d70',
      haze: '#9fb79d',
      snow: { depth: 0.52, lit: '#fff8e6', shade: '#8fb3b0' },
    });
    paintPeak(sky, {
      ...far,
      seed: 63,
      summit: [250, 236],
      left: -140,
      right: 640,
      lit: '#7c8464',
      shade: '#1d5058',
      haze: '#6f9c8b',
      snow: { depth: 0.3, lit: '#f4efd8', shade: '#7da6a4' },
    });
    haze(sky, [700, 540], 900, 46, '#fdeec6', 0.75);
    const bank = skyline(66, w, 512, 30, 320).map(([x, y]): Point => [x, y + Math.max(0, x - 700) * 0.035]);
    fillBelow(sky, bank, shore, ramp(sky, [0, 480], [0, shore], { 0: '#2f6a5c', 1: '#12423f' }));
    const random = seeded(3);
    for (let i = 0; i < 170; i++) {
      const at = bank[Math.floor(random() * bank.length)]!;
      paintSpruce(
        sky,
        i,
        [at[0], Math.min(shore - 24, at[1] + 8 + random() * 16)],
        between(random, 24, at[0] < 520 ? 84 : 48),
        mix('#0c3538', '#3d7460', random() ** 2),
      );
    }
    fillShape(sky, ramp(sky, [0, shore - 22], [0, shore], { 0: '#e4cfa0', 1: '#8d7a5d' }), () =>
      sky.rect(0, shore - 20, w, 20),
    );
    paintTrain(sky, [520, shore - 22], 40, 4, { body: RED, roof: '#f2e2bd', band: '#fbeccb', window: '#23434a' });
  });
  ctx.drawImage(upper, 0, 0);
  // The lake gives the land back upside down, a little darker, drawn apart by ripples that widen towards us.
  for (let y = 0; y < h - shore; y++) {
    const t = y / (h - shore);
    const phase = 46 * Math.log(1 + y / 26);
    const sway = Math.sin(phase) * (0.8 + t * 5) + Math.sin(phase * 0.37 + 2) * t * 6;
    ctx.drawImage(upper, 0, Math.max(1, shore - 2 - y * 1.18), w, 1, sway - 14, shore + y, w + 28, 2);
  }
  ctx.fillStyle = ramp(ctx, [0, shore], [0, h], {
    0: veil('#0c4a50', 0.18),
    0.35: veil('#0c5058', 0.4),
    1: veil('#06323c', 0.92),
  });
  ctx.fillRect(0, shore, w, h - shore);
  const random = seeded(12);
  for (let i = 0; i < 90; i++) {
    const t = random();
    const y = shore + 10 + t * t * 300;
    const x = 1180 + (random() - 0.5) * (160 + t * 700);
    haze(ctx, [x, y], 20 + t * 90, 1.2 + t * 2.2, '#fff1c4', between(random, 0.2, 0.6) * (1 - t * 0.6));
  }
  ctx.fillStyle = ramp(ctx, [0, shore - 2], [0, shore + 12], { 0: veil('#fff4d2', 0.7), 1: veil('#fff4d2', 0) });
  ctx.fillRect(0, shore, w, 8);
  setLine(ctx, 'THE LAKE LINE', { x: 64, y: h - 66, face: 'anton', size: 124, tracking: 0.015, colour: CREAM });
  lockup(ctx, 64, 92, 24, CREAM);
  setLines(ctx, ['Forty minutes of water', 'on the left-hand side.'], {
    x: w - 64,
    y: h - 104,
    face: 'frauncesItalic',
    size: 34,
    leading: 1.2,
    align: 'right',
    colour: CREAM,
  });
}
