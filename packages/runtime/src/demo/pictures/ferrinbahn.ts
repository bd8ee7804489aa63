import { layVignette } from './grain.ts';
import { fillBelow, paintPeak, paintSpruce, skyline } from './land.ts';
import { type Brush, ball, blurred, fillShape, glow, haze, inside, mix, type Point, ramp, sheet, strokeShape, trace, veil } from './light.ts';
import { between, seeded } from './seeded.ts';
import { measureLine, setLine, setLines, sizeToFit } from './type.ts';

const RED = '#c8321f';
const CREAM = '#f6ead2';

function lockup(ctx: Brush, x: number, y: number, size: number, colour: string): void {
  const r = size * 0.62;
  strokeShape(ctx, colour, size * 0.1, () => ctx.arc(x + r, y - size * 0.36, r, 0, 7));
  fillShape(ctx, colour, () => trace(ctx, [[x + r * 0.42, y], [x + r * 0.95, y - size * 0.78], [x + r * 1.22, y - size * 0.36], [x + r * 1.34, y - size * 0.5], [x + r * 1.6, y]]));
  setLine(ctx, 'FERRINBAHN', { x: x + r * 2 + size * 0.5, y, face: 'interBold', size, tracking: 0.16, colour });
}

/** Coaches in side view along a level track, `unit` px tall, the loco leading to the right. */
function paintTrain(ctx: Brush, [x, y]: Point, unit: number, coaches: number, look: { body: string; roof: string; band: string; window: string }): void {
  const length = unit * 4.6;
  for (let i = 0; i < coaches; i++) {
    const left = x + i * (length + unit * 0.14);
    const isLoco = i === coaches - 1;
    const nose = isLoco ? unit * 0.7 : 0;
    fillShape(ctx, look.roof, () => ctx.roundRect(left + unit * 0.1, y - unit * 1.08, length - unit * 0.2 - nose * 0.8, unit * 0.2, unit * 0.09));
    fillShape(ctx, look.body, () =>
      trace(ctx, [[left, y], [left, y - unit], [left + length - nose, y - unit], [left + length, y - unit * (isLoco ? 0.42 : 1)], [left + length, y]]),
    );
    fillShape(ctx, look.band, () => ctx.rect(left, y - unit * 0.3, length, unit * 0.07));
    const panes = isLoco ? 5 : 7;
    for (let p = 0; p < panes; p++) {
      fillShape(ctx, look.window, () => ctx.roundRect(left + unit * 0.28 + p * unit * 0.6, y - unit * 0.82, unit * 0.44, unit * 0.36, unit * 0.05));
    }
    fillShape(ctx, '#16161c', () => ctx.rect(left + unit * 0.3, y, length - unit * 0.6, unit * 0.09));
  }
}

// The viaduct is built in metres, seen by a camera at the origin, so that its curve and arches foreshorten truly.
const VIADUCT = { centreX: -58, centreZ: 46, radius: 112, deck: 13, arch: 0.138, focal: 1010 };

function project(angle: number, radius: number, height: number): Point {
  const x = VIADUCT.centreX + radius * Math.cos(angle);
  const z = VIADUCT.centreZ + radius * Math.sin(angle);
  return [640 + (VIADUCT.focal * x) / z, 1085 - (VIADUCT.focal * height) / z];
}

function along(from: number, to: number, radius: number, height: (t: number) => number, steps = 24): Point[] {
  return Array.from({ length: steps + 1 }, (_, i) => project(from + ((to - from) * i) / steps, radius, height(i / steps)));
}

function paintViaduct(ctx: Brush): void {
  const { radius, deck, arch } = VIADUCT;
  const inner = radius;
  const outer = radius + 5;
  const archTop = (t: number) => deck - 4.2 - 8.2 * (1 - Math.sqrt(Math.max(0, 1 - (2 * t - 1) ** 2)));
  for (let i = 15; i >= 0; i--) {
    const from = 0.02 + i * arch;
    const to = from + arch;
    const pier = arch * 0.13;
    const far = Math.min(1, i / 12);
    const stone = mix('#a85f45', '#d9a184', far);
    const shade = mix('#5d2f35', '#b98078', far);
    const [a, b] = [from + pier, to - pier];
    // The vault: what can be seen of the underside between the near and the far face.
    fillShape(ctx, shade, () => trace(ctx, [...along(a, b, inner, archTop), ...along(a, b, outer, archTop).reverse()]));
    for (const edge of [a, b]) {
      fillShape(ctx, shade, () => trace(ctx, [project(edge, inner, deck - 12), project(edge, outer, deck - 12), project(edge, outer, -70), project(edge, inner, -70)]));
    }
    const face = () =>
      trace(ctx, [...along(from, to, inner, () => deck), project(to, inner, -70), project(b, inner, -70), ...along(b, a, inner, archTop), project(a, inner, -70), project(from, inner, -70)]);
    const [, topY] = project(from, inner, deck);
    const [, footY] = project(from, inner, -46);
    fillShape(ctx, ramp(ctx, [0, topY], [0, footY], [[0, mix(stone, '#ffd7a6', 0.34)], [0.16, stone], [0.6, mix(stone, shade, 0.45)], [1, '#dba98c']]), face);
    inside(ctx, face, () => {
      for (let course = 0; course < 30; course++) {
        strokeShape(ctx, veil('#3d1c22', 0.13 - far * 0.06), 1.2, () => along(from, to, inner, () => deck - 2 - course * 2.3, 6).forEach(([x, y], n) => (n ? ctx.lineTo(x, y) : ctx.moveTo(x, y))));
      }
      // Each pier's edge towards the light is caught by it.
      strokeShape(ctx, veil('#ffe3b5', 0.5), 3.4 - far * 1.6, () => {
        ctx.moveTo(...project(b + 0.002, inner, deck - 12));
        ctx.lineTo(...project(b + 0.002, inner, -40));
      });
    });
    strokeShape(ctx, veil('#ffdcae', 0.55), 2.2, () => along(a, b, inner, archTop).forEach(([x, y], n) => (n ? ctx.lineTo(x, y) : ctx.moveTo(x, y))));
    fillShape(ctx, mix('#ffdfb4', '#f3cba6', far), () => trace(ctx, [...along(from, to + 0.004, inner, () => deck + 1.3, 6), ...along(from, to + 0.004, inner, () => deck - 0.2, 6).reverse()]));
  }
}

function paintCurvedTrain(ctx: Brush): void {
  const { radius, deck } = VIADUCT;
  const track = radius + 1.6;
  const at = (low: number) => () => deck + low;
  for (let i = 4; i >= 0; i--) {
    const from = 0.42 + i * 0.19;
    const to = from + 0.18;
    const body = (low: number, high: number, a = from, b = to) => trace(ctx, [...along(a, b, track, at(low), 10), ...along(a, b, track, at(high), 10).reverse()]);
    fillShape(ctx, '#3b161b', () => body(1, 6.9));
    fillShape(ctx, mix('#d13a22', '#c9503a', i / 5), () => body(1.5, 6.2));
    fillShape(ctx, '#f8e6c6', () => body(5.7, 6.25));
    fillShape(ctx, veil('#f8e6c6', 0.9), () => body(2.2, 2.5));
    for (let p = 0; p < 6; p++) {
      const a = from + 0.012 + p * 0.0272;
      fillShape(ctx, p % 3 === 1 ? '#fff0c4' : '#46303c', () => body(3.3, 5.3, a, a + 0.02));
    }
  }
}

export function paintViaductDawn(ctx: Brush, w: number, h: number): void {
  ctx.fillStyle = CREAM;
  ctx.fillRect(0, 0, w, h);
  const frame = { x: 48, y: 48, w: w - 96, h: h - 306 };
  inside(ctx, () => ctx.rect(frame.x, frame.y, frame.w, frame.h), () => {
    ctx.fillStyle = ramp(ctx, [0, 48], [0, 1060], [[0, '#24566b'], [0.3, '#5c9296'], [0.58, '#e7c396'], [0.8, '#ffdda2'], [1, '#ffd39b']]);
    ctx.fillRect(0, 0, w, h);
    glow(ctx, [360, 690], 620, '#ffb25c', 0.75);
    fillShape(ctx, '#fff3cf', () => ctx.arc(360, 690, 92, 0, 7));
    glow(ctx, [360, 690], 210, '#fff0c0', 0.6);
    for (const [y, x, rx, a] of [[330, 880, 420, 0.3], [372, 1020, 300, 0.24], [470, 250, 380, 0.3], [520, 700, 520, 0.22]] as const) haze(ctx, [x, y], rx, 16, '#fff0d2', a);
    const distance = { base: 1080, haze: '#f6c795' };
    paintPeak(ctx, { ...distance, seed: 3, summit: [150, 640], left: -180, right: 470, lit: '#e9b58f', shade: '#b98f8d' });
    paintPeak(ctx, { ...distance, seed: 5, summit: [560, 700], left: 260, right: 860, lit: '#e8b48d', shade: '#b58a8b' });
    paintPeak(ctx, { ...distance, seed: 9, summit: [1180, 560], left: 780, right: 1600, lit: '#dfa583', shade: '#96737f', snow: { depth: 0.34, lit: '#ffeccd', shade: '#c7a5a5' } });
    haze(ctx, [500, 960], 900, 120, '#ffd9a6', 0.8);
    paintPeak(ctx, { ...distance, seed: 21, summit: [850, 395], left: 330, right: 1330, base: 1120, lit: '#c9795a', shade: '#5b4a63', haze: '#d59a80', snow: { depth: 0.5, lit: '#fff3dc', shade: '#a58fa2' } });
    haze(ctx, [700, 1030], 900, 110, '#ffd0a0', 0.85);
    const ridge = skyline(4, w, 985, 70, 330);
    fillBelow(ctx, ridge, h, ramp(ctx, [0, 920], [0, 1250], [[0, '#7d6a63'], [1, '#d9a384']]));
    const random = seeded(11);
    for (let i = 0; i < 150; i++) {
      const at = ridge[Math.floor(random() * ridge.length)]!;
      paintSpruce(ctx, i, [at[0], at[1] + 14 + random() * 26], between(random, 26, 52), mix('#5f5658', '#8b6f66', random()));
    }
    haze(ctx, [640, 1190], 1000, 190, '#f7c498', 0.95);
    paintViaduct(ctx);
    paintCurvedTrain(ctx);
    haze(ctx, [220, 1330], 760, 120, '#fbd3a8', 1);
    haze(ctx, [900, 1400], 900, 170, '#f3bd96', 0.95);
    const near = skyline(31, w, 1268, 60, 420).map(([x, y]): Point => [x, y - Math.max(0, 250 - x) * 0.5 + Math.max(0, 520 - x) * 0.1]);
    fillBelow(ctx, near, h, ramp(ctx, [0, 1100], [0, 1342], [[0, '#2f4047'], [1, '#16272f']]));
    for (let i = 0; i < 46; i++) {
      const at = near[Math.floor(random() * near.length)]!;
      const isEdge = at[0] < 330 || at[0] > 1050;
      paintSpruce(ctx, i + 300, [at[0], at[1] + 30 + random() * 30], between(random, 60, isEdge ? 210 : 100), mix('#13242c', '#2c3f46', random()));
    }
    glow(ctx, [300, 760], 900, '#ff9d4d', 0.22);
  });
  const size = sizeToFit(ctx, 'FERRIN PASS', 'anton', 760, 0.02);
  setLine(ctx, 'FERRIN PASS', { x: 46, y: h - 66, face: 'anton', size, tracking: 0.02, colour: '#17303a' });
  setLines(ctx, ['By rail to 2,260 metres.', 'Sixty-one bridges,', 'one window seat.'], { x: 872, y: h - 186, face: 'frauncesBook', size: 29, leading: 1.25, colour: '#17303a' });
  lockup(ctx, 872, h - 68, 26, RED);
}

export function paintNightSleeper(ctx: Brush, w: number, h: number): void {
  ctx.fillStyle = ramp(ctx, [0, 0], [0, 1150], [[0, '#050a1d'], [0.4, '#0e1c48'], [0.75, '#2b4284'], [1, '#6b7cba']]);
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
    fillShape(ctx, veil('#eaf0ff', between(random, 0.25, 0.95) * (1 - y / 1200)), () => ctx.arc(random() * w, y, size, 0, 7));
  }
  glow(ctx, [690, 560], 460, '#a9bbff', 0.55);
  fillShape(ctx, ball(ctx, [690, 560], 66, [[0, '#ffffff'], [0.7, '#f3f4ff'], [1, '#d8def8']], [672, 545]), () => ctx.arc(690, 560, 64, 0, 7));
  for (const [x, y, r] of [[670, 540, 26], [704, 578, 30], [708, 538, 16], [676, 590, 14], [690, 556, 20]] as const) haze(ctx, [x, y], r, r * 0.8, '#9fabd9', 0.42);

  const moonlit = { base: 1240, haze: '#5b6db0', sun: 'right' as const };
  paintPeak(ctx, { ...moonlit, seed: 14, summit: [800, 800], left: 480, right: 1180, lit: '#8595cf', shade: '#4c5c9d', snow: { depth: 0.5, lit: '#c3cef4', shade: '#6f80bf' } });
  paintPeak(ctx, { ...moonlit, seed: 41, summit: [120, 770], left: -300, right: 470, lit: '#7b8bc6', shade: '#3c4b8b', snow: { depth: 0.5, lit: '#b9c5f0', shade: '#6272b3' } });
  haze(ctx, [450, 1080], 700, 90, '#7f90d0', 0.5);
  paintPeak(ctx, { ...moonlit, seed: 77, summit: [430, 690], left: 40, right: 900, base: 1270, lit: '#5a6cb0', shade: '#202d67', haze: '#4a5ba3', snow: { depth: 0.62, lit: '#dfe6ff', shade: '#5a6ab0' } });
  haze(ctx, [450, 1190], 800, 90, '#8898d8', 0.6);

  const bank = skyline(18, w, 1195, 44, 520);
  fillBelow(ctx, bank, h, ramp(ctx, [0, 1140], [0, 1420], [[0, '#8698d6'], [1, '#34468c']]));
  for (let i = 0; i < 90; i++) {
    const at = bank[Math.floor(random() * bank.length)]!;
    paintSpruce(ctx, i, [at[0], at[1] + 8 + random() * 26], between(random, 34, 88), mix('#1a2656', '#33437f', random()));
  }
  const trackY = 1322;
  fillBelow(ctx, [[-20, trackY - 14], [400, trackY - 6], [w + 20, trackY - 18]], h, ramp(ctx, [0, trackY], [0, h], [[0, '#6d80c6'], [0.4, '#3a4c94'], [1, '#141f52']]));
  // Window light thrown on the snow comes before the train that throws it.
  for (let i = 0; i < 5; i++) haze(ctx, [30 + i * 205, trackY + 46], 130, 34, '#ffc46b', 0.5);
  blurred(ctx, 14, () => fillShape(ctx, ramp(ctx, [640, 0], [940, 0], [[0, veil('#fff0c9', 0.8)], [1, veil('#fff0c9', 0)]]), () => trace(ctx, [[630, trackY - 26], [960, trackY - 84], [960, trackY + 70], [630, trackY - 6]])));
  paintTrain(ctx, [-176, trackY], 58, 3, { body: '#7d1c22', roof: '#bfc9ee', band: '#e6c68c', window: '#ffdf91' });
  for (let i = 0; i < 19; i++) glow(ctx, [-146 + i * 36 + Math.floor(i / 7) * 26, trackY - 37], 46, '#ffb347', 0.3);
  glow(ctx, [620, trackY - 18], 130, '#fff1c9', 0.9);
  const near = skyline(25, w, 1440, 60, 460);
  fillBelow(ctx, near, h, ramp(ctx, [0, 1380], [0, h], [[0, '#2a3a80'], [0.25, '#18245c'], [1, '#070d2a']]));
  strokeShape(ctx, veil('#9fb0ea', 0.5), 2.5, () => near.forEach(([x, y], i) => (i ? ctx.lineTo(x, y) : ctx.moveTo(x, y))));
  for (const [x, size, seed] of [[60, 400, 901], [150, 250, 902], [815, 470, 903], [730, 240, 904], [880, 300, 905], [-10, 260, 906]] as const) paintSpruce(ctx, seed, [x, 1530], size, '#070d28');
  for (let i = 0; i < 130; i++) fillShape(ctx, veil('#ffffff', between(random, 0.15, 0.7)), () => ctx.arc(random() * w, 600 + random() * 1000, between(random, 0.8, 2.6), 0, 7));
  layVignette(ctx, w, h, '#02040f', 0.5);
  setLines(ctx, ['Fall asleep', 'in one valley.', 'Wake in the next.'], { x: 64, y: 168, face: 'frauncesBook', size: 84, leading: 1.1, tracking: -0.015, colour: '#f4efe2' });
  lockup(ctx, 64, h - 64, 25, '#f4efe2');
  setLine(ctx, 'NIGHT TRAIN 23:40', { x: w - 64, y: h - 64, face: 'inter', size: 22, tracking: 0.14, align: 'right', colour: veil('#f4efe2', 0.85) });
}

export function paintLakeLine(ctx: Brush, w: number, h: number): void {
  const shore = 560;
  const upper = sheet(w, shore, (sky) => {
    sky.fillStyle = ramp(sky, [0, 0], [0, shore], [[0, '#0f6a75'], [0.45, '#5fb0a6'], [0.8, '#f3e0ae'], [1, '#ffe8b8']]);
    sky.fillRect(0, 0, w, shore);
    glow(sky, [1180, 330], 620, '#ffe9a8', 0.7);
    for (const [x, y, rx] of [[980, 150, 420], [1250, 186, 330], [420, 236, 300]] as const) haze(sky, [x, y], rx, 13, '#fff6dc', 0.45);
    const far = { base: shore, haze: '#f0d9ac', sun: 'right' as const };
    paintPeak(sky, { ...far, seed: 51, summit: [1000, 300], left: 720, right: 1330, lit: '#dcc7a0', shade: '#94a797' });
    paintPeak(sky, { ...far, seed: 52, summit: [1420, 260], left: 1080, right: 1800, lit: '#d5bd97', shade: '#84998f', snow: { depth: 0.35, lit: '#fff5dc', shade: '#b7c2b2' } });
    haze(sky, [1100, 520], 700, 70, '#ffedc4', 0.9);
    paintPeak(sky, { ...far, seed: 57, summit: [690, 128], left: 270, right: 1120, lit: '#b5946c', shade: '#2f6d70', haze: '#9fb79d', snow: { depth: 0.52, lit: '#fff8e6', shade: '#8fb3b0' } });
    paintPeak(sky, { ...far, seed: 63, summit: [250, 236], left: -140, right: 640, lit: '#7c8464', shade: '#1d5058', haze: '#6f9c8b', snow: { depth: 0.3, lit: '#f4efd8', shade: '#7da6a4' } });
    haze(sky, [700, 540], 900, 46, '#fdeec6', 0.75);
    const bank = skyline(66, w, 512, 30, 320).map(([x, y]): Point => [x, y + Math.max(0, x - 700) * 0.035]);
    fillBelow(sky, bank, shore, ramp(sky, [0, 480], [0, shore], [[0, '#2f6a5c'], [1, '#12423f']]));
    const random = seeded(3);
    for (let i = 0; i < 170; i++) {
      const at = bank[Math.floor(random() * bank.length)]!;
      paintSpruce(sky, i, [at[0], Math.min(shore - 24, at[1] + 8 + random() * 16)], between(random, 24, at[0] < 520 ? 84 : 48), mix('#0c3538', '#3d7460', random() ** 2));
    }
    fillShape(sky, ramp(sky, [0, shore - 22], [0, shore], [[0, '#e4cfa0'], [1, '#8d7a5d']]), () => sky.rect(0, shore - 20, w, 20));
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
  ctx.fillStyle = ramp(ctx, [0, shore], [0, h], [[0, veil('#0c4a50', 0.18)], [0.35, veil('#0c5058', 0.4)], [1, veil('#06323c', 0.92)]]);
  ctx.fillRect(0, shore, w, h - shore);
  const random = seeded(12);
  for (let i = 0; i < 90; i++) {
    const t = random();
    const y = shore + 10 + t * t * 300;
    const x = 1180 + (random() - 0.5) * (160 + t * 700);
    haze(ctx, [x, y], 20 + t * 90, 1.2 + t * 2.2, '#fff1c4', between(random, 0.2, 0.6) * (1 - t * 0.6));
  }
  ctx.fillStyle = ramp(ctx, [0, shore - 2], [0, shore + 12], [[0, veil('#fff4d2', 0.7)], [1, veil('#fff4d2', 0)]]);
  ctx.fillRect(0, shore, w, 8);
  setLine(ctx, 'THE LAKE LINE', { x: 64, y: h - 66, face: 'anton', size: 124, tracking: 0.015, colour: CREAM });
  lockup(ctx, 64, 92, 24, CREAM);
  setLines(ctx, ['Forty minutes of water', 'on the left-hand side.'], { x: w - 64, y: h - 104, face: 'frauncesItalic', size: 34, leading: 1.2, align: 'right', colour: CREAM });
}

export function paintSteepestLine(ctx: Brush, w: number, h: number): void {
  ctx.fillStyle = '#efe3cb';
  ctx.fillRect(0, 0, w, h);
  const rise = 0.52;
  const slope = (x: number) => 1230 - x * rise;
  glow(ctx, [1130, 560], 620, '#ffb38a', 0.35);
  fillShape(ctx, ramp(ctx, [900, 200], [1300, 900], [[0, '#e8452b'], [1, '#c22a1c']]), () => ctx.arc(1130, 600, 330, 0, 7));
  inside(ctx, () => trace(ctx, [[0, slope(0)], [w, slope(w)], [w, h], [0, h]]), () => {
    ctx.fillStyle = ramp(ctx, [300, 900], [900, 1700], [[0, '#12333a'], [1, '#0a1f26']]);
    ctx.fillRect(0, 0, w, h);
    // Strata run with the slope and widen away from it.
    for (let i = 0; i < 13; i++) {
      const drop = 74 + i * 34 + i * i * 5.2;
      const thick = 3 + i * 2.4;
      fillShape(ctx, veil(mix('#f0d9a8', '#3f7f80', i / 12), 0.9 - i * 0.045), () => trace(ctx, [[0, slope(0) + drop], [w, slope(w) + drop], [w, slope(w) + drop + thick], [0, slope(0) + drop + thick]]));
    }
  });
  strokeShape(ctx, '#efe3cb', 9, () => {
    ctx.moveTo(-20, slope(-20) + 14);
    ctx.lineTo(w + 20, slope(w + 20) + 14);
  });
  for (let x = -10; x < w; x += 40) strokeShape(ctx, '#efe3cb', 7, () => {
    ctx.moveTo(x, slope(x) + 18);
    ctx.lineTo(x + 7, slope(x) + 34);
  });
  ctx.save();
  ctx.translate(660, slope(660) + 4);
  ctx.rotate(-Math.atan(rise));
  blurred(ctx, 14, () => fillShape(ctx, veil('#12060a', 0.35), () => ctx.rect(-290, -18, 640, 26)));
  paintTrain(ctx, [-300, -6], 130, 1, { body: '#16434b', roof: '#0a1f26', band: '#e8452b', window: '#ffe3a8' });
  ctx.restore();
  const big = 500;
  setLine(ctx, '52', { x: 66, y: 440, face: 'interBlack', size: big, tracking: -0.06, colour: '#12333a' });
  const wide = measureLine(ctx, '52', 'interBlack', big, -0.06);
  setLine(ctx, '%', { x: 66 + wide + 30, y: 218, face: 'interBlack', size: 190, colour: '#12333a' });
  setLine(ctx, 'The steepest seat in the country.', { x: 82, y: 520, face: 'interBold', size: 35, tracking: -0.01, colour: '#12333a' });
  lockup(ctx, 76, h - 76, 30, '#efe3cb');
  setLine(ctx, 'Rack railway to Ferrin Kulm, daily from 7:05', { x: w - 76, y: h - 76, face: 'inter', size: 29, align: 'right', colour: '#efe3cb' });
}
