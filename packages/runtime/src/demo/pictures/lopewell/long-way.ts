import { paintRunner } from '../figure.ts';

import { layVignette } from '../grain.ts';

import {
  type Brush,
  fillShape,
  glow,
  haze,
  inside,
  type Point,
  ramp,
  strokeShape,
  trace,
  traceLine,
  veil,
} from '../light.ts';
import { smoothNoise } from '../seeded.ts';
import { setLine, setLines } from '../type.ts';
import { lockup, PAPER } from './lockup.ts';

export function paintLongWay(ctx: Brush, w: number, h: number): void {
  ctx.fillStyle = ramp(ctx, [0, 0], [0, 620], {
    0: '#3b1a63',
    0.3: '#8a2e78',
    0.6: '#ea5a5f',
    0.85: '#ffa066',
    1: '#ffd08a',
  });
  ctx.fillRect(0, 0, w, h);
  const sun: Point = [1110, 452];
  glow(ctx, sun, 640, '#ff9e63', 0.7);
  fillShape(ctx, ramp(ctx, [0, 260], [0, 640], { 0: '#fff0b8', 0.6: '#ffc46e', 1: '#ff8d55' }), () =>
    ctx.arc(sun[0], sun[1], 188, 0, 7),
  );
  for (const [x, y, rx, ry] of [
    [900, 505, 520, 7],
    [1300, 470, 360, 5],
    [1080, 540, 620, 9],
  ] as const)
    haze(ctx, [x, y], rx, ry, '#f0605c', 0.75);
  const wave = (seed: number, base: number, swell: number, scale: number) => {
    const noise = smoothNoise(seed);
    return (x: number) => base - swell * (noise(x / scale + 20) * 0.8 + noise(x / scale / 0.45 + 7) * 0.2);
  };
  const dune = (line: (x: number) => number, fill: CanvasGradient) =>
    fillShape(ctx, fill, () => {
      const points: Point[] = [];
      for (let x = -10; x <= w + 10; x += 6) points.push([x, line(x)]);
      trace(ctx, [...points, [w + 10, h], [-10, h]]);
    });
  dune(wave(3, 585, 30, 330), ramp(ctx, [0, 550], [0, 700], { 0: '#f28a68', 1: '#d5566c' }));
  dune(wave(8, 622, 44, 420), ramp(ctx, [0, 570], [0, 760], { 0: '#d65a66', 1: '#9a3574' }));
  haze(ctx, [1100, 610], 800, 46, '#ffb27a', 0.55);
  // The great dune: its crest winds towards us; left of the crest is sunless, right of it catches the low light.
  const crest: Point[] = [];
  for (let t = 0; t <= 1.0001; t += 0.01) {
    const y = 505 + t ** 1.5 * 470;
    const x = 640 - 250 * Math.sin(t * 3.5 + 0.1) * (0.3 + t * 0.8) + t * 330;
    crest.push([x, y]);
  }
  const top = crest[0]!;
  fillShape(ctx, ramp(ctx, [0, 500], [0, h], { 0: '#6c2a78', 0.5: '#43195f', 1: '#230d45' }), () => {
    ctx.moveTo(top[0], top[1]);
    ctx.bezierCurveTo(480, 548, 260, 640, -20, 664);
    ctx.lineTo(-20, h + 10);
    ctx.lineTo(w + 20, h + 10);
    ctx.lineTo(w + 20, 742);
    ctx.bezierCurveTo(1250, 716, 900, 640, top[0], top[1]);
  });
  const lit = () => {
    ctx.moveTo(top[0], top[1]);
    for (const [x, y] of crest) ctx.lineTo(x, y);
    ctx.lineTo(w + 20, h + 80);
    ctx.lineTo(w + 20, 742);
    ctx.bezierCurveTo(1250, 716, 900, 640, top[0], top[1]);
  };
  fillShape(
    ctx,
    ramp(ctx, [620, 520], [1300, 960], { 0: '#ffb878', 0.35: '#f7805c', 0.75: '#d14a63', 1: '#962f6d' }),
    lit,
  );
  inside(ctx, lit, () => {
    for (let i = 0; i < 42; i++) {
      const y = 560 + i * i * 0.2 + i * 5;
      strokeShape(ctx, veil(i % 2 ? '#ffd59a' : '#8f2b63', 0.16), 1 + i * 0.05, () => {
        for (let x = 560; x <= w; x += 16) {
          const py = y + (x - 560) * 0.16 + Math.sin(x * 0.021 + i * 0.7) * (2 + i * 0.1);
          if (x === 560) ctx.moveTo(x, py);
          else ctx.lineTo(x, py);
        }
      });
    }
  });
  strokeShape(ctx, ramp(ctx, [0, 500], [0, 960], { 0: '#fff0c2', 1: veil('#ffb27a', 0.35) }), 3, () =>
    traceLine(ctx, crest),
  );
  const foot: Point = [top[0] + 10, top[1] + 14];
  // Footprints lead back down the crest to whoever is looking.
  for (let i = 6; i < 84; i += 2) {
    const [x, y] = crest[i]!;
    const size = 1.6 + Math.max(0, i - 16) * 0.125;
    fillShape(ctx, veil('#3a1250', 0.6), () =>
      ctx.ellipse(x + (i % 4 ? 8 : 20) * (size / 7) + 6, y, size * 1.25, size * 0.46, 0.3, 0, 7),
    );
  }
  haze(ctx, [foot[0] + 40, foot[1] - 4], 70, 12, '#ffe0ae', 0.6);
  ctx.save();
  ctx.translate(foot[0] + 4, foot[1] - 2);
  ctx.scale(-1, 1);
  paintRunner(ctx, [-14, 4], 150, '#2a0c40', '#471a5a', '#ff4f2e');
  ctx.restore();
  layVignette(ctx, w, h, '#1b0836', 0.4);
  setLines(ctx, ['THE LONG WAY', 'IS THE WAY'], {
    x: 64,
    y: 168,
    face: 'anton',
    size: 118,
    leading: 1.12,
    tracking: 0.012,
    colour: PAPER,
  });
  lockup(ctx, 66, h - 60, 42, PAPER);
  setLine(ctx, 'Ultra distance, autumn collection', {
    x: w - 66,
    y: h - 62,
    face: 'interBold',
    size: 25,
    align: 'right',
    colour: PAPER,
  });
}
