import { fillBelow, paintPeak, skyline } from '../land.ts';

import { type Brush, fillShape, glow, haze, mix, type Point, ramp, veil } from '../light.ts';

import { between, seeded, smoothNoise } from '../seeded.ts';

import { setLine, setLines } from '../type.ts';
import { lockup } from './lockup.ts';

/** A bank of cumulus as a poster cuts it: one scalloped edge in the light, a second in half-shade behind its own foot. */
function paintCloudBank(
  ctx: Brush,
  seed: number,
  w: number,
  y: number,
  size: number,
  light: string,
  dark: string,
): void {
  for (const [layer, top, bottom] of [
    [0, mix(light, dark, 0.45), dark],
    [1, light, mix(light, dark, 0.8)],
  ] as const) {
    const random = seeded(seed + layer * 50);
    const noise = smoothNoise(seed + layer * 7 + 1);
    const level = y + layer * size * 0.42;
    fillShape(
      ctx,
      ramp(ctx, [0, level - size * 0.8], [0, level + size * 1.3], { 0: top, 0.45: mix(top, bottom, 0.4), 1: bottom }),
      () => {
        ctx.rect(-100, level + size * 0.3, w + 200, size * 4);
        for (let x = -80; x < w + 80; ) {
          const heap = (noise(x / 260) + 1) / 2;
          const r = size * (0.16 + heap * 0.5) * between(random, 0.75, 1.25);
          const py = level + size * 0.34 - heap * size * 0.36;
          ctx.moveTo(x + r, py);
          ctx.arc(x, py, r, 0, 7);
          ctx.rect(x - r, py, r * 2, size);
          x += r * between(random, 0.7, 1.15);
        }
      },
    );
  }
}

export function paintAboveTheClouds(ctx: Brush, w: number, h: number): void {
  ctx.fillStyle = ramp(ctx, [0, 0], [0, 700], { 0: '#d9694f', 0.35: '#f09a6c', 0.7: '#fbcf96', 1: '#ffe9bd' });
  ctx.fillRect(0, 0, w, h);
  glow(ctx, [1120, 500], 700, '#fff0b8', 0.8);
  fillShape(ctx, '#fff7da', () => ctx.arc(1120, 492, 74, 0, 7));
  for (const [x, y, rx] of [
    [300, 130, 420],
    [1350, 210, 380],
    [760, 300, 300],
  ] as const)
    haze(ctx, [x, y], rx, 15, '#ffe0b0', 0.4);
  const far = { base: 690, sun: 'right' as const };
  paintPeak(ctx, {
    ...far,
    seed: 4,
    summit: [1420, 470],
    left: 1150,
    right: 1800,
    lit: '#f0b287',
    shade: '#d58f7c',
    haze: '#fbdcae',
  });
  paintPeak(ctx, {
    ...far,
    seed: 6,
    summit: [620, 420],
    left: 220,
    right: 1040,
    lit: '#e59a74',
    shade: '#b56f69',
    haze: '#f8cfa2',
  });
  paintCloudBank(ctx, 3, w, 622, 84, '#fff6df', '#f8d0a4');
  fillBelow(
    ctx,
    skyline(9, w, 660, 90, 420).map(([x, y]): Point => [x, y + Math.abs(x - 300) * 0.14]),
    h,
    ramp(ctx, [0, 560], [0, 900], { 0: '#96605a', 1: '#e0a387' }),
  );
  paintCloudBank(ctx, 12, w, 745, 112, '#fff1d6', '#efb592');
  fillBelow(
    ctx,
    skyline(15, w, 800, 60, 400).map(([x, y]): Point => [x, y - Math.max(0, x - 900) * 0.3]),
    h,
    ramp(ctx, [0, 600], [0, 950], { 0: '#6a5450', 1: '#a77867' }),
  );
  paintCloudBank(ctx, 27, w, 850, 120, '#ffead0', '#d99a80');
  // The near slope: rows of coffee bushes that follow the ground and grow towards us.
  const slope = skyline(33, w, 900, 44, 640).map(([x, y]): Point => [x, y - Math.max(0, 760 - x) * 0.24]);
  fillBelow(ctx, slope, h, ramp(ctx, [0, 740], [0, h], { 0: '#3b4a2e', 1: '#16261f' }));
  const random = seeded(40);
  for (let row = 0; row < 10; row++) {
    const near = row / 9;
    const size = 9 + row * 3.6;
    const drop = row * 15 + row * row * 3.6;
    const level = (x: number) =>
      slope[Math.min(slope.length - 1, Math.max(0, Math.round((x + 20) / 4)))]![1] + drop + 4;
    const hedge = (lift: number, spread: number) => () => {
      const stream = seeded(400 + row);
      for (let x = -30; x < w + 40; ) {
        const r = size * between(stream, 0.55, 1.05) * spread;
        ctx.moveTo(x + r, level(x) - lift);
        ctx.ellipse(x, level(x) - lift, r, r * 0.82, 0, 0, 7);
        x += size * between(stream, 0.5, 0.95);
      }
    };
    fillShape(ctx, mix('#2a3a24', '#0b1813', near), hedge(-size * 0.32, 1.12));
    fillShape(ctx, mix('#5c6b3a', '#23402b', near), hedge(0, 1));
    fillShape(ctx, mix('#8f9149', '#3d6238', near), hedge(size * 0.24, 0.72));
    fillShape(
      ctx,
      ramp(ctx, [0, 0], [w, 0], {
        0: mix('#b3a454', '#5d7d3f', near),
        0.72: mix('#f0c873', '#a9a850', near),
        1: mix('#c9ac5b', '#6d8743', near),
      }),
      hedge(size * 0.5, 0.36),
    );
    for (let x = 0; row > 1 && x < w; x += size * between(random, 1.2, 5)) {
      for (let berry = 0; berry < 4; berry++)
        fillShape(ctx, berry % 3 ? '#d8432b' : '#f0714a', () =>
          ctx.arc(
            x + between(random, -0.6, 0.6) * size,
            level(x) + between(random, -0.5, 0.4) * size,
            1.2 + row * 0.28,
            0,
            7,
          ),
        );
    }
  }
  haze(ctx, [1100, 830], 700, 120, '#ffcf97', 0.35);
  ctx.fillStyle = ramp(ctx, [0, h - 230], [0, h], { 0: veil('#08130f', 0), 1: veil('#08130f', 0.75) });
  ctx.fillRect(0, h - 230, w, 230);
  glow(ctx, [1120, 520], 900, '#ffb061', 0.22);
  setLines(ctx, ['Grown above', 'the weather.'], {
    x: 74,
    y: 178,
    face: 'fraunces',
    size: 128,
    leading: 0.98,
    tracking: -0.03,
    colour: '#fff4dd',
  });
  lockup(ctx, 76, h - 66, 40, '#fff4dd');
  setLine(ctx, 'Picked by hand at 1,900 m', {
    x: w - 74,
    y: h - 68,
    face: 'inter',
    size: 26,
    align: 'right',
    colour: '#fff4dd',
  });
}
