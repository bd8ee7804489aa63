import { paintRunner } from './figure.ts';
import { layVignette } from './grain.ts';
import { type Brush, ball, fillShape, glow, haze, inside, type Point, ramp, sheet, strokeShape, trace, veil } from './light.ts';
import { paintShoe } from './lopewell-shoe.ts';
import { between, seeded, smoothNoise } from './seeded.ts';
import { setLine, setLines, sizeToFit } from './type.ts';

const PAPER = '#fff3e6';

/** A lap with one open end, then the name. */
function lockup(ctx: Brush, x: number, y: number, size: number, colour: string): void {
  strokeShape(ctx, colour, size * 0.17, () => {
    ctx.moveTo(x + size * 0.1, y - size * 0.72);
    ctx.lineTo(x + size * 0.1, y - size * 0.36);
    ctx.arc(x + size * 0.38, y - size * 0.36, size * 0.28, Math.PI, 0, true);
    ctx.arc(x + size * 0.66 + size * 0.14, y - size * 0.36, size * 0.14, Math.PI, 0);
    ctx.lineTo(x + size * 0.94, y - size * 0.08);
  });
  setLine(ctx, 'LOPEWELL', { x: x + size * 1.34, y, face: 'anton', size: size * 0.98, tracking: 0.05, colour });
}

export function paintWeightless(ctx: Brush, w: number, h: number): void {
  ctx.fillStyle = ball(ctx, [860, 520], 1150, [[0, '#ff8a4c'], [0.3, '#f9543a'], [0.62, '#cf2350'], [1, '#4a0f52']]);
  ctx.fillRect(0, 0, w, h);
  glow(ctx, [820, 460], 620, '#ffc07a', 0.55);
  const size = sizeToFit(ctx, 'WEIGHTLESS', 'anton', w - 128, 0.005);
  setLine(ctx, 'WEIGHTLESS', { x: 64, y: 520, face: 'anton', size, tracking: 0.005, colour: ramp(ctx, [0, 200], [0, 540], [[0, '#ffd9a8'], [0.55, '#ff9a66'], [1, veil('#ff6f52', 0.75)]]) });
  // The floor takes the light back as a sheen, and the shoe's shadow far below it.
  ctx.fillStyle = ramp(ctx, [0, 770], [0, h], [[0, veil('#2c0838', 0)], [0.4, veil('#3a0a40', 0.5)], [1, veil('#22062f', 0.9)]]);
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
  setLine(ctx, 'The Feather Nought. 148 grams.', { x: w - 66, y: 106, face: 'interBold', size: 28, align: 'right', colour: PAPER });
  setLine(ctx, 'You will check twice that you are wearing it.', { x: 66, y: h - 66, face: 'inter', size: 30, colour: veil(PAPER, 0.92) });
}

export function paintLongWay(ctx: Brush, w: number, h: number): void {
  ctx.fillStyle = ramp(ctx, [0, 0], [0, 620], [[0, '#3b1a63'], [0.3, '#8a2e78'], [0.6, '#ea5a5f'], [0.85, '#ffa066'], [1, '#ffd08a']]);
  ctx.fillRect(0, 0, w, h);
  const sun: Point = [1110, 452];
  glow(ctx, sun, 640, '#ff9e63', 0.7);
  fillShape(ctx, ramp(ctx, [0, 260], [0, 640], [[0, '#fff0b8'], [0.6, '#ffc46e'], [1, '#ff8d55']]), () => ctx.arc(sun[0], sun[1], 188, 0, 7));
  for (const [x, y, rx, ry] of [[900, 505, 520, 7], [1300, 470, 360, 5], [1080, 540, 620, 9]] as const) haze(ctx, [x, y], rx, ry, '#f0605c', 0.75);
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
  dune(wave(3, 585, 30, 330), ramp(ctx, [0, 550], [0, 700], [[0, '#f28a68'], [1, '#d5566c']]));
  dune(wave(8, 622, 44, 420), ramp(ctx, [0, 570], [0, 760], [[0, '#d65a66'], [1, '#9a3574']]));
  haze(ctx, [1100, 610], 800, 46, '#ffb27a', 0.55);
  // The great dune: its crest winds towards us; left of the crest is sunless, right of it catches the low light.
  const crest: Point[] = [];
  for (let t = 0; t <= 1.0001; t += 0.01) {
    const y = 505 + t ** 1.5 * 470;
    const x = 640 - 250 * Math.sin(t * 3.5 + 0.1) * (0.3 + t * 0.8) + t * 330;
    crest.push([x, y]);
  }
  const top = crest[0]!;
  fillShape(ctx, ramp(ctx, [0, 500], [0, h], [[0, '#6c2a78'], [0.5, '#43195f'], [1, '#230d45']]), () => {
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
  fillShape(ctx, ramp(ctx, [620, 520], [1300, 960], [[0, '#ffb878'], [0.35, '#f7805c'], [0.75, '#d14a63'], [1, '#962f6d']]), lit);
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
  strokeShape(ctx, ramp(ctx, [0, 500], [0, 960], [[0, '#fff0c2'], [1, veil('#ffb27a', 0.35)]]), 3, () => crest.forEach(([x, y], i) => (i ? ctx.lineTo(x, y) : ctx.moveTo(x, y))));
  const foot: Point = [top[0] + 10, top[1] + 14];
  // Footprints lead back down the crest to whoever is looking.
  for (let i = 6; i < 84; i += 2) {
    const [x, y] = crest[i]!;
    const size = 1.6 + Math.max(0, i - 16) * 0.125;
    fillShape(ctx, veil('#3a1250', 0.6), () => ctx.ellipse(x + (i % 4 ? 8 : 20) * (size / 7) + 6, y, size * 1.25, size * 0.46, 0.3, 0, 7));
  }
  haze(ctx, [foot[0] + 40, foot[1] - 4], 70, 12, '#ffe0ae', 0.6);
  ctx.save();
  ctx.translate(foot[0] + 4, foot[1] - 2);
  ctx.scale(-1, 1);
  paintRunner(ctx, [-14, 4], 150, '#2a0c40', '#471a5a', '#ff4f2e');
  ctx.restore();
  layVignette(ctx, w, h, '#1b0836', 0.4);
  setLines(ctx, ['THE LONG WAY', 'IS THE WAY'], { x: 64, y: 168, face: 'anton', size: 118, leading: 1.12, tracking: 0.012, colour: PAPER });
  lockup(ctx, 66, h - 60, 42, PAPER);
  setLine(ctx, 'Ultra distance, autumn collection', { x: w - 66, y: h - 62, face: 'interBold', size: 25, align: 'right', colour: PAPER });
}

export function paintBeforeEight(ctx: Brush, w: number, h: number): void {
  ctx.fillStyle = ramp(ctx, [0, 0], [w, h], [[0, '#3f2379'], [1, '#221150']]);
  ctx.fillRect(0, 0, w, h);
  const [cx, cy] = [-200, 1980];
  const lane = 153;
  const inner = 740;
  const rings = 6;
  const outer = inner + rings * lane;
  inside(ctx, () => ctx.rect(0, 0, w, h), () => {
    fillShape(ctx, '#2b1660', () => ctx.arc(cx, cy, outer + 60, 0, 7));
    fillShape(ctx, ramp(ctx, [0, 300], [w, h], [[0, '#d23a36'], [0.5, '#f0532f'], [1, '#c22f35']]), () => ctx.arc(cx, cy, outer, 0, 7));
    for (let i = 1; i < rings; i += 2) strokeShape(ctx, veil('#ffd2a1', 0.07), lane, () => ctx.arc(cx, cy, inner + (i + 0.5) * lane, 0, 7));
    for (let i = 0; i <= rings; i++) strokeShape(ctx, veil('#fff3e6', 0.95), i === rings ? 15 : 9, () => ctx.arc(cx, cy, inner + i * lane, 0, 7));
    fillShape(ctx, ramp(ctx, [0, 1100], [300, h], [[0, '#4a2a8c'], [1, '#2a1560']]), () => ctx.arc(cx, cy, inner - 6, 0, 7));
    for (let i = 0; i < rings; i++) {
      const angle = -0.6;
      const r = inner + (i + 0.5) * lane;
      ctx.save();
      ctx.translate(cx + Math.cos(angle) * r, cy + Math.sin(angle) * r);
      ctx.rotate(angle);
      setLine(ctx, String(i + 1), { x: 0, y: 40, face: 'anton', size: 108, align: 'center', colour: veil('#fff3e6', 0.95) });
      ctx.restore();
    }
    strokeShape(ctx, veil('#fff3e6', 0.9), 9, () => {
      const angle = -0.67;
      ctx.moveTo(cx + Math.cos(angle) * inner, cy + Math.sin(angle) * inner);
      ctx.lineTo(cx + Math.cos(angle) * outer, cy + Math.sin(angle) * outer);
    });
  });
  const random = seeded(17);
  for (let i = 0; i < 2600; i++) {
    const [x, y] = [random() * w, random() * h];
    const r = Math.hypot(x - cx, y - cy);
    if (r > inner && r < outer) {
      ctx.fillStyle = random() > 0.5 ? '#ffb68a55' : '#7d1c2e4c';
      ctx.fillRect(x, y, between(random, 1, 3), 2);
    }
  }
  // A runner straight below us is small; the low sun writes the whole stride out on the lanes.
  const at: Point = [498, 890];
  const shadow = sheet(w, h, (cast) => {
    cast.translate(at[0], at[1]);
    cast.transform(-0.84, -0.54, 0.62, -0.82, 0, 0);
    paintRunner(cast, [-70, 20], 540, '#2c0a47', '#2c0a47');
  });
  ctx.save();
  ctx.globalAlpha = 0.66;
  ctx.filter = 'blur(2.5px)';
  ctx.drawImage(shadow, 0, 0);
  ctx.restore();
  ctx.save();
  ctx.translate(at[0], at[1]);
  ctx.rotate(-2.57);
  ctx.scale(1.12, 1.12);
  const skin = '#6b3524';
  strokeShape(ctx, skin, 19, () => {
    ctx.moveTo(-6, -34);
    ctx.lineTo(36, -44);
    ctx.lineTo(58, -22);
    ctx.moveTo(-6, 34);
    ctx.lineTo(-46, 46);
    ctx.lineTo(-64, 24);
  });
  strokeShape(ctx, '#57291d', 25, () => {
    ctx.moveTo(-8, 14);
    ctx.lineTo(56, 17);
    ctx.moveTo(-14, -12);
    ctx.lineTo(-86, -15);
  });
  fillShape(ctx, '#f4ff5a', () => ctx.ellipse(78, 18, 24, 11, 0, 0, 7));
  fillShape(ctx, '#d7e53a', () => ctx.ellipse(-100, -16, 22, 10, 0, 0, 7));
  fillShape(ctx, ramp(ctx, [0, -46], [0, 46], [[0, '#fffaf2'], [0.5, '#f1e2dd'], [1, '#bfa4bb']]), () => ctx.ellipse(-4, 0, 30, 47, 0, 0, 7));
  fillShape(ctx, ball(ctx, [12, 0], 25, [[0, '#4a2418'], [1, '#1c0c10']], [6, -8]), () => ctx.arc(12, 0, 23, 0, 7));
  ctx.restore();
  glow(ctx, [1150, 700], 1000, '#ffb56b', 0.3);
  layVignette(ctx, w, h, '#170a3c', 0.4);
  const size = sizeToFit(ctx, 'DONE BY EIGHT', 'anton', w - 140, 0.004);
  setLine(ctx, 'DONE BY EIGHT', { x: 70, y: 272, face: 'anton', size, tracking: 0.004, colour: PAPER });
  setLines(ctx, ['The rest of the day', 'is a cool-down.'], { x: w - 72, y: 352, face: 'interBold', size: 32, leading: 1.3, align: 'right', colour: PAPER });
  lockup(ctx, 72, h - 72, 46, PAPER);
}
