import { layVignette } from '../grain.ts';

import { fillBelow, paintPeak, paintSpruce, skyline } from '../land.ts';

import {
  type Brush,
  ball,
  blurred,
  fillShape,
  glow,
  haze,
  mix,
  ramp,
  strokeShape,
  trace,
  traceLine,
  veil,
} from '../light.ts';

import { between, seeded } from '../seeded.ts';

import { setLine, setLines } from '../type.ts';
import { lockup } from './lockup.ts';
import { paintTrain } from './train.ts';

export function paintNightSleeper(ctx: Brush, w: number, h: number): void {
  ctx.fillStyle = ramp(ctx, [0, 0], [0, 1150], { 0: '#050a1d', 0.4: '#0e1c48', 0.75: '#2b4284', 1: '#6b7cba' });
  ctx.fillRect(0, 0, w, h);
  const random = seeded(8);
  ctx.save();
  ctx.translate(420, 420);
  ctx.rotate(-0.6);
  haze(ctx, [0, 0], 800, 150, '#8ea2ea', 0.2);
  haze(ctx, [60, 10], 600, 60, '#c3cdf7', 0.14);
  ctx.restore();
  for (let i = 0; i < 620; i++) {
    const y = random() ** 1.5 * 1000;
    const size = random() ** 6 * 2.6 + 0.5;
    fillShape(ctx, veil('#eaf0ff', between(random, 0.25, 0.95) * (1 - y / 1200)), () =>
      ctx.arc(random() * w, y, size, 0, 7),
    );
  }
  glow(ctx, [690, 560], 460, '#a9bbff', 0.55);
  fillShape(ctx, ball(ctx, [690, 560], 66, { 0: '#ffffff', 0.7: '#f3f4ff', 1: '#d8def8' }, [672, 545]), () =>
    ctx.arc(690, 560, 64, 0, 7),
  );
  for (const [x, y, r] of [
    [670, 540, 26],
    [704, 578, 30],
    [708, 538, 16],
    [676, 590, 14],
    [690, 556, 20],
  ] as const)
    haze(ctx, [x, y], r, r * 0.8, '#9fabd9', 0.42);

  const moonlit = { base: 1240, haze: '#5b6db0', sun: 'right' as const };
  paintPeak(ctx, {
    ...moonlit,
    seed: 14,
    summit: [800, 800],
    left: 480,
    right: 1180,
    lit: '#8595cf',
    shade: '#4c5c9d',
    snow: { depth: 0.5, lit: '#c3cef4', shade: '#6f80bf' },
  });
  paintPeak(ctx, {
    ...moonlit,
    seed: 41,
    summit: [120, 770],
    left: -300,
    right: 470,
    lit: '#7b8bc6',
    shade: '#3c4b8b',
    snow: { depth: 0.5, lit: '#b9c5f0', shade: '#6272b3' },
  });
  haze(ctx, [450, 1080], 700, 90, '#7f90d0', 0.5);
  paintPeak(ctx, {
    ...moonlit,
    seed: 77,
    summit: [430, 690],
    left: 40,
    right: 900,
    base: 1270,
    lit: '#5a6cb0',
    shade: '#202d67',
    haze: '#4a5ba3',
    snow: { depth: 0.62, lit: '#dfe6ff', shade: '#5a6ab0' },
  });
  haze(ctx, [450, 1190], 800, 90, '#8898d8', 0.6);

  const bank = skyline(18, w, 1195, 44, 520);
  fillBelow(ctx, bank, h, ramp(ctx, [0, 1140], [0, 1420], { 0: '#8698d6', 1: '#34468c' }));
  for (let i = 0; i < 90; i++) {
    const at = bank[Math.floor(random() * bank.length)]!;
    paintSpruce(
      ctx,
      i,
      [at[0], at[1] + 8 + random() * 26],
      between(random, 34, 88),
      mix('#1a2656', '#33437f', random()),
    );
  }
  const trackY = 1322;
  fillBelow(
    ctx,
    [
      [-20, trackY - 14],
      [400, trackY - 6],
      [w + 20, trackY - 18],
    ],
    h,
    ramp(ctx, [0, trackY], [0, h], { 0: '#6d80c6', 0.4: '#3a4c94', 1: '#141f52' }),
  );
  // Window light thrown on the snow comes before the train that throws it.
  for (let i = 0; i < 5; i++) haze(ctx, [30 + i * 205, trackY + 46], 130, 34, '#ffc46b', 0.5);
  blurred(ctx, 14, [590, trackY - 130, 310, 230], () =>
    fillShape(ctx, ramp(ctx, [640, 0], [940, 0], { 0: veil('#fff0c9', 0.8), 1: veil('#fff0c9', 0) }), () =>
      trace(ctx, [
        [630, trackY - 26],
        [960, trackY - 84],
        [960, trackY + 70],
        [630, trackY - 6],
      ]),
    ),
  );
  paintTrain(ctx, [-176, trackY], 58, 3, { body: '#7d1c22', roof: '#bfc9ee', band: '#e6c68c', window: '#ffdf91' });
  for (let i = 0; i < 19; i++) glow(ctx, [-146 + i * 36 + Math.floor(i / 7) * 26, trackY - 37], 46, '#ffb347', 0.3);
  glow(ctx, [620, trackY - 18], 130, '#fff1c9', 0.9);
  const near = skyline(25, w, 1440, 60, 460);
  fillBelow(ctx, near, h, ramp(ctx, [0, 1380], [0, h], { 0: '#2a3a80', 0.25: '#18245c', 1: '#070d2a' }));
  strokeShape(ctx, veil('#9fb0ea', 0.5), 2.5, () => traceLine(ctx, near));
  for (const [x, size, seed] of [
    [60, 400, 901],
    [150, 250, 902],
    [815, 470, 903],
    [730, 240, 904],
    [880, 300, 905],
    [-10, 260, 906],
  ] as const)
    paintSpruce(ctx, seed, [x, 1530], size, '#070d28');
  for (let i = 0; i < 130; i++)
    fillShape(ctx, veil('#ffffff', between(random, 0.15, 0.7)), () =>
      ctx.arc(random() * w, 600 + random() * 1000, between(random, 0.8, 2.6), 0, 7),
    );
  layVignette(ctx, w, h, '#02040f', 0.5);
  setLines(ctx, ['Fall asleep', 'in one valley.', 'Wake in the next.'], {
    x: 64,
    y: 168,
    face: 'frauncesBook',
    size: 84,
    leading: 1.1,
    tracking: -0.015,
    colour: '#f4efe2',
  });
  lockup(ctx, 64, h - 64, 25, '#f4efe2');
  setLine(ctx, 'NIGHT TRAIN 23:40', {
    x: w - 64,
    y: h - 64,
    face: 'inter',
    size: 22,
    tracking: 0.14,
    align: 'right',
    colour: veil('#f4efe2', 0.85),
  });
}
