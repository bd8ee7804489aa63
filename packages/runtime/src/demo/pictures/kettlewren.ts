import { layVignette } from './grain.ts';
import { fillBelow, paintPeak, skyline } from './land.ts';
import { type Brush, ball, blurred, fillShape, glow, haze, inside, mix, type Point, ramp, restingShadow, strokeShape, trace, veil } from './light.ts';
import { between, seeded, smoothNoise } from './seeded.ts';
import { setLine, setLines } from './type.ts';

const CREAM = '#f8ecd8';
const ESPRESSO = '#2a130c';

/** The wren: a round body, a cocked tail, then the name. */
function lockup(ctx: Brush, x: number, y: number, size: number, colour: string): void {
  ctx.save();
  ctx.translate(x, y - size * 0.86);
  ctx.scale(size / 100, size / 100);
  fillShape(ctx, colour, () => {
    ctx.moveTo(112, 34);
    ctx.lineTo(90, 24);
    ctx.bezierCurveTo(76, 6, 50, 12, 42, 36);
    ctx.lineTo(16, 2);
    ctx.lineTo(6, 12);
    ctx.bezierCurveTo(14, 40, 18, 92, 56, 92);
    ctx.bezierCurveTo(84, 92, 98, 66, 96, 42);
    ctx.closePath();
  });
  ctx.restore();
  setLine(ctx, 'Kettlewren', { x: x + size * 1.32, y, face: 'fraunces', size, tracking: -0.01, colour });
}

function paintSteam(ctx: Brush, [x, y]: Point, height: number, seed: number): void {
  const noise = smoothNoise(seed);
  ctx.save();
  ctx.globalCompositeOperation = 'screen';
  for (const [width, soft, alpha] of [[70, 34, 0.16], [34, 16, 0.2], [12, 7, 0.22]] as const) {
    blurred(ctx, soft, () => {
      strokeShape(ctx, ramp(ctx, [0, y], [0, y - height], [[0, veil('#ffe9cc', 0)], [0.18, veil('#ffe9cc', alpha)], [0.6, veil('#ffdcb0', alpha * 0.7)], [1, veil('#ffdcb0', 0)]]), width, () => {
        for (let strand = 0; strand < 3; strand++) {
          for (let t = 0; t <= 1.001; t += 0.04) {
            const sway = noise(t * 3.2 + strand * 17) * (24 + t * 120) + noise(t * 7 + strand * 5) * 16 * t;
            const px = x + (strand - 1) * 66 * (1 - t * 0.4) + sway;
            if (t === 0) ctx.moveTo(px, y);
            else ctx.lineTo(px, y - t * height);
          }
        }
      });
    });
  }
  ctx.restore();
}

export function paintSlowMorning(ctx: Brush, w: number, h: number): void {
  const table = 1210;
  ctx.fillStyle = ramp(ctx, [0, 0], [w, table], [[0, '#a94a26'], [0.5, '#8e3a1f'], [1, '#5d2318']]);
  ctx.fillRect(0, 0, w, table);
  // Four panes of low sun on the wall, with the shadow of a plant across them.
  const pane = (column: number, row: number) => {
    const x = 300 + column * 330;
    const y = 330 + row * 400 + column * 96;
    return () => trace(ctx, [[x, y], [x + 300, y + 87], [x + 250, y + 460], [x - 50, y + 373]]);
  };
  blurred(ctx, 9, () => {
    for (const [c, r] of [[0, 0], [1, 0], [0, 1], [1, 1]] as const) {
      fillShape(ctx, ramp(ctx, [250, 300], [950, 1100], [[0, '#f7b066'], [0.6, '#ee8f49'], [1, '#d8703a']]), pane(c, r));
    }
  });
  const random = seeded(6);
  blurred(ctx, 10, () =>
    fillShape(ctx, veil('#7a2a14', 0.5), () => {
      for (let stem = 0; stem < 3; stem++) {
        const root: Point = [1060 - stem * 60, 1230];
        const tip: Point = [960 - stem * 200, 430 + stem * 150];
        for (let i = 0; i < 13; i++) {
          const t = 0.2 + i * 0.062;
          const [x, y] = [root[0] + (tip[0] - root[0]) * t ** 1.4, root[1] + (tip[1] - root[1]) * t];
          const length = between(random, 90, 140) * (1.15 - t * 0.5);
          const turn = -Math.PI / 2 + (i % 2 ? 1 : -1) * between(random, 0.6, 1.05) - 0.3 * stem;
          const at = (along: number, across: number): Point => [x + Math.cos(turn) * along - Math.sin(turn) * across, y + Math.sin(turn) * along + Math.cos(turn) * across];
          ctx.moveTo(x, y);
          ctx.quadraticCurveTo(...at(length * 0.5, -length * 0.3), ...at(length, 0));
          ctx.quadraticCurveTo(...at(length * 0.5, length * 0.3), x, y);
        }
      }
    }),
  );
  glow(ctx, [420, 640], 760, '#ff9c4a', 0.3);
  ctx.fillStyle = ramp(ctx, [0, table], [0, h], [[0, '#6e2c18'], [0.2, '#54200f'], [1, '#2b0f0a']]);
  ctx.fillRect(0, table, w, h - table);
  ctx.fillStyle = veil('#ffb877', 0.5);
  ctx.fillRect(0, table, w, 3);
  for (let i = 0; i < 26; i++) {
    const y = table + 8 + (i / 26) ** 1.5 * (h - table);
    strokeShape(ctx, veil(i % 2 ? '#2a0e08' : '#9a4a28', 0.14), 2 + i * 0.12, () => {
      ctx.moveTo(-10, y);
      ctx.bezierCurveTo(w * 0.3, y + between(random, -9, 9), w * 0.6, y + between(random, -9, 9), w + 10, y + between(random, -5, 5));
    });
  }
  blurred(ctx, 16, () => fillShape(ctx, ramp(ctx, [0, 0], [w, 0], [[0, veil('#ff9e52', 0.55)], [0.6, veil('#ff8f45', 0.28)], [1, veil('#ff8f45', 0)]]), () => trace(ctx, [[-60, 1290], [520, 1250], [1180, 1320], [900, 1430], [-60, 1420]])));

  const cx = 600;
  blurred(ctx, 20, () => fillShape(ctx, veil('#1c0805', 0.7), () => trace(ctx, [[470, 1330], [760, 1290], [1290, 1352], [1300, 1440], [1000, 1440], [560, 1404]])));
  restingShadow(ctx, [cx + 26, 1372], 400, 64, '#160504', 0.85);
  // Saucer: underside, then a dished top that is bright at the near rim.
  fillShape(ctx, ramp(ctx, [230, 0], [980, 0], [[0, '#c98f66'], [0.3, '#a8623f'], [1, '#47190f']]), () => ctx.ellipse(cx, 1350, 366, 62, 0, 0, 7));
  fillShape(ctx, ramp(ctx, [230, 0], [980, 0], [[0, '#fff1d8'], [0.35, '#e9c19a'], [1, '#8e5033']]), () => ctx.ellipse(cx, 1336, 368, 60, 0, 0, 7));
  fillShape(ctx, ramp(ctx, [300, 0], [920, 0], [[0, '#c58f68'], [0.5, '#e2b389'], [1, '#b0714b']]), () => ctx.ellipse(cx, 1338, 330, 49, 0, 0, 7));
  blurred(ctx, 12, () => fillShape(ctx, veil('#3a120a', 0.75), () => ctx.ellipse(cx + 46, 1344, 220, 32, 0, 0, 7)));

  const handle = () => {
    ctx.moveTo(828, 990);
    ctx.bezierCurveTo(1030, 930, 1040, 1180, 790, 1206);
  };
  strokeShape(ctx, '#3d160d', 50, handle);
  strokeShape(ctx, ramp(ctx, [830, 960], [960, 1200], [[0, '#e0a87c'], [0.45, '#9c5a3a'], [1, '#5f2a1b']]), 43, handle);
  blurred(ctx, 3, () => strokeShape(ctx, veil('#ffdcae', 0.75), 7, () => {
    ctx.moveTo(850, 971);
    ctx.bezierCurveTo(960, 945, 1000, 1030, 960, 1100);
  }));
  const body = () => {
    ctx.moveTo(cx - 258, 912);
    ctx.bezierCurveTo(cx - 254, 1150, cx - 190, 1290, cx - 122, 1326);
    ctx.bezierCurveTo(cx - 60, 1344, cx + 60, 1344, cx + 122, 1326);
    ctx.bezierCurveTo(cx + 190, 1290, cx + 254, 1150, cx + 258, 912);
    ctx.closePath();
  };
  fillShape(ctx, ramp(ctx, [cx - 262, 0], [cx + 262, 0], [[0, '#e6bd95'], [0.1, '#fff0d6'], [0.3, '#f9dcb6'], [0.56, '#d39a6e'], [0.82, '#84462d'], [0.93, '#6f3522'], [1, '#b86b42']]), body);
  inside(ctx, body, () => {
    // The dipped glaze: a wavering edge, darker, with its own highlight.
    const dip = () => {
      ctx.moveTo(cx - 300, 1130);
      ctx.bezierCurveTo(cx - 180, 1176, cx - 60, 1092, cx + 60, 1136);
      ctx.bezierCurveTo(cx + 150, 1170, cx + 210, 1124, cx + 300, 1140);
      ctx.lineTo(cx + 300, 1400);
      ctx.lineTo(cx - 300, 1400);
      ctx.closePath();
    };
    fillShape(ctx, ramp(ctx, [cx - 230, 0], [cx + 230, 0], [[0, '#8f4325'], [0.16, '#d4713c'], [0.34, '#b1542b'], [0.62, '#6b2a18'], [0.9, '#34110b'], [1, '#7c3a22']]), dip);
    blurred(ctx, 10, () => fillShape(ctx, veil('#fff6e4', 0.6), () => ctx.ellipse(cx - 176, 1010, 17, 92, 0.1, 0, 7)));
    blurred(ctx, 7, () => fillShape(ctx, veil('#ffd9a8', 0.5), () => ctx.ellipse(cx - 140, 1200, 10, 60, 0.34, 0, 7)));
    ctx.fillStyle = ramp(ctx, [0, 1180], [0, 1340], [[0, veil('#2a0c06', 0)], [1, veil('#2a0c06', 0.6)]]);
    ctx.fillRect(cx - 300, 1180, 600, 170);
  });
  fillShape(ctx, ramp(ctx, [cx - 258, 0], [cx + 258, 0], [[0, '#fff6e6'], [0.5, '#f5d9b4'], [1, '#bb7a52']]), () => ctx.ellipse(cx, 912, 258, 60, 0, 0, 7));
  fillShape(ctx, ramp(ctx, [cx - 240, 0], [cx + 240, 0], [[0, '#8d5436'], [0.6, '#cf9a70'], [1, '#efc69c']]), () => ctx.ellipse(cx, 914, 242, 52, 0, 0, 7));
  inside(ctx, () => ctx.ellipse(cx, 914, 242, 52, 0, 0, 7), () => {
    fillShape(ctx, ramp(ctx, [cx - 230, 0], [cx + 230, 0], [[0, '#5a2713'], [0.5, '#8b4520'], [1, '#c47a3d']]), () => ctx.ellipse(cx, 932, 232, 46, 0, 0, 7));
    fillShape(ctx, ramp(ctx, [cx - 220, 0], [cx + 220, 0], [[0, '#1d0a05'], [0.6, '#3a170a'], [1, '#5e2b14']]), () => ctx.ellipse(cx, 935, 216, 39, 0, 0, 7));
    blurred(ctx, 5, () => fillShape(ctx, veil('#ffb468', 0.55), () => ctx.ellipse(cx + 90, 944, 74, 9, -0.06, 0, 7)));
  });
  paintSteam(ctx, [cx, 930], 560, 9);
  layVignette(ctx, w, h, '#1a0603', 0.55);
  setLines(ctx, ['Slow is', 'a flavour.'], { x: 76, y: 202, face: 'fraunces', size: 166, leading: 0.96, tracking: -0.03, colour: CREAM });
  lockup(ctx, 78, h - 70, 42, CREAM);
  setLine(ctx, 'Small-batch filter roasts', { x: w - 78, y: h - 72, face: 'inter', size: 26, align: 'right', colour: veil(CREAM, 0.85) });
}

function paintBean(ctx: Brush, [x, y]: Point, size: number, turn: number): void {
  ctx.save();
  ctx.translate(x, y);
  blurred(ctx, 7, () => fillShape(ctx, veil('#5a2a08', 0.6), () => ctx.ellipse(size * 0.34, size * 0.36, size, size * 0.7, turn, 0, 7)));
  ctx.rotate(turn);
  fillShape(ctx, ball(ctx, [0, 0], size * 1.1, [[0, '#8d5230'], [0.5, '#5c2c17'], [1, '#2b1009']], [-size * 0.3, -size * 0.3]), () => ctx.ellipse(0, 0, size, size * 0.68, 0, 0, 7));
  strokeShape(ctx, '#1c0905', size * 0.11, () => {
    ctx.moveTo(-size * 0.9, size * 0.05);
    ctx.bezierCurveTo(-size * 0.4, -size * 0.34, size * 0.3, size * 0.36, size * 0.9, -size * 0.06);
  });
  strokeShape(ctx, veil('#d59a6a', 0.5), size * 0.045, () => {
    ctx.moveTo(-size * 0.85, size * 0.13);
    ctx.bezierCurveTo(-size * 0.4, -size * 0.24, size * 0.3, size * 0.44, size * 0.86, size * 0.03);
  });
  ctx.restore();
}

/** Poured milk: leaves that fold towards a stem, with a heart to close. */
function paintRosetta(ctx: Brush, [x, y]: Point, size: number): void {
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(-0.5);
  const milk = '#f9e7c8';
  for (let i = 0; i < 8; i++) {
    const t = i / 7;
    const top = -size * 0.5 + t * size * 1.04;
    const reach = size * (0.4 + 0.42 * Math.sin(t * Math.PI * 0.92 + 0.3)) * (1 - t * 0.22);
    for (const sign of [-1, 1]) {
      fillShape(ctx, milk, () => {
        ctx.moveTo(0, top + size * 0.14);
        ctx.bezierCurveTo(sign * reach * 0.5, top + size * 0.16, sign * reach * 0.95, top, sign * reach, top - size * 0.2);
        ctx.bezierCurveTo(sign * reach * 0.8, top - size * 0.06, sign * reach * 0.4, top + size * 0.03, 0, top + size * 0.035);
      });
    }
  }
  fillShape(ctx, milk, () => {
    ctx.moveTo(0, -size * 0.56);
    ctx.bezierCurveTo(-size * 0.2, -size * 0.92, -size * 0.44, -size * 0.6, 0, -size * 0.36);
    ctx.bezierCurveTo(size * 0.44, -size * 0.6, size * 0.2, -size * 0.92, 0, -size * 0.56);
  });
  strokeShape(ctx, '#9a5424', size * 0.022, () => {
    ctx.moveTo(0, -size * 0.6);
    ctx.quadraticCurveTo(size * 0.02, size * 0.2, 0, size * 0.78);
  });
  ctx.restore();
}

export function paintMondayHandled(ctx: Brush, w: number, h: number): void {
  ctx.fillStyle = ramp(ctx, [0, 0], [w, h], [[0, '#f4bd55'], [0.5, '#e7a138'], [1, '#cf7f25']]);
  ctx.fillRect(0, 0, w, h);
  glow(ctx, [120, 80], 1000, '#ffe6a0', 0.45);
  const [cx, cy] = [990, 980];
  const cast = (dx: number, r: number) => {
    // A low sun drags the round shadow out into a band.
    trace(ctx, [[cx - r * 0.7, cy + r * 0.7], [cx + r * 0.7, cy - r * 0.7], [cx + r * 0.7 + dx, cy - r * 0.7 + dx], [cx - r * 0.7 + dx, cy + r * 0.7 + dx]]);
    ctx.moveTo(cx + dx + r, cy + dx);
    ctx.arc(cx + dx, cy + dx, r, 0, 7);
  };
  blurred(ctx, 10, () => fillShape(ctx, veil('#7a3c08', 0.62), () => cast(96, 468)));
  fillShape(ctx, ball(ctx, [cx, cy], 470, [[0, '#f0dcc0'], [0.68, '#f6e6cd'], [0.86, '#fffaf0'], [0.94, '#f2dfc4'], [1, '#d9b98f']], [cx - 60, cy - 60]), () => ctx.arc(cx, cy, 468, 0, 7));
  strokeShape(ctx, veil('#c2562d', 0.9), 7, () => ctx.arc(cx, cy, 432, 0, 7));
  inside(ctx, () => ctx.arc(cx, cy, 468, 0, 7), () => {
    blurred(ctx, 8, () => fillShape(ctx, veil('#7d5330', 0.6), () => cast(230, 296)));
    blurred(ctx, 5, () => strokeShape(ctx, veil('#ffffff', 0.7), 8, () => ctx.arc(cx, cy, 456, 3.3, 4.6)));
  });
  const handle = () => {
    ctx.moveTo(cx - 196, cy + 196);
    ctx.lineTo(cx - 330, cy + 330);
  };
  blurred(ctx, 9, () => {
    ctx.save();
    ctx.translate(34, 44);
    strokeShape(ctx, veil('#7d4a20', 0.55), 66, handle);
    ctx.restore();
  });
  strokeShape(ctx, ramp(ctx, [cx - 300, cy + 220], [cx - 220, cy + 300], [[0, '#fff7ea'], [0.5, '#eed6b6'], [1, '#bd9468']]), 62, handle);
  fillShape(ctx, ramp(ctx, [cx - 300, cy - 300], [cx + 300, cy + 300], [[0, '#fffaf1'], [0.5, '#f3e0c5'], [1, '#caa37a']]), () => ctx.arc(cx, cy, 300, 0, 7));
  fillShape(ctx, ramp(ctx, [cx - 280, cy - 280], [cx + 280, cy + 280], [[0, '#9c6b45'], [0.45, '#d8b58d'], [1, '#fff3df']]), () => ctx.arc(cx, cy, 280, 0, 7));
  inside(ctx, () => ctx.arc(cx, cy, 280, 0, 7), () => {
    fillShape(ctx, ball(ctx, [cx + 12, cy + 12], 268, [[0, '#b4702f'], [0.62, '#a45c22'], [0.88, '#6f3510'], [1, '#3d1907']]), () => ctx.arc(cx + 12, cy + 12, 264, 0, 7));
    const random = seeded(5);
    for (let i = 0; i < 260; i++) {
      const [a, r] = [random() * 6.3, 150 + random() ** 0.5 * 100];
      fillShape(ctx, veil(random() > 0.5 ? '#d99a55' : '#5c2a0d', 0.3), () => ctx.arc(cx + 12 + Math.cos(a) * r, cy + 12 + Math.sin(a) * r, between(random, 1, 4.4), 0, 7));
    }
    paintRosetta(ctx, [cx + 12, cy + 14], 216);
    blurred(ctx, 16, () => fillShape(ctx, veil('#34150a', 0.6), () => {
      ctx.arc(cx, cy, 300, 0, 7);
      ctx.arc(cx + 36, cy + 36, 278, 7, 0, true);
    }));
  });
  for (const [x, y, s, t] of [[300, 1090, 44, 0.5], [214, 1236, 40, 2.2], [382, 1282, 46, -0.5], [1440, 300, 44, 0.9], [1330, 372, 38, 2.6]] as const) paintBean(ctx, [x, y], s, t);
  setLines(ctx, ['Monday,', 'handled.'], { x: 84, y: 262, face: 'fraunces', size: 224, leading: 0.94, tracking: -0.035, colour: ESPRESSO });
  lockup(ctx, 88, h - 84, 50, ESPRESSO);
}

/** A bank of cumulus as a poster cuts it: one scalloped edge in the light, a second in half-shade behind its own foot. */
function paintCloudBank(ctx: Brush, seed: number, w: number, y: number, size: number, light: string, dark: string): void {
  for (const [layer, top, bottom] of [[0, mix(light, dark, 0.45), dark], [1, light, mix(light, dark, 0.8)]] as const) {
    const random = seeded(seed + layer * 50);
    const noise = smoothNoise(seed + layer * 7 + 1);
    const level = y + layer * size * 0.42;
    fillShape(ctx, ramp(ctx, [0, level - size * 0.8], [0, level + size * 1.3], [[0, top], [0.45, mix(top, bottom, 0.4)], [1, bottom]]), () => {
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
    });
  }
}

export function paintAboveTheClouds(ctx: Brush, w: number, h: number): void {
  ctx.fillStyle = ramp(ctx, [0, 0], [0, 700], [[0, '#d9694f'], [0.35, '#f09a6c'], [0.7, '#fbcf96'], [1, '#ffe9bd']]);
  ctx.fillRect(0, 0, w, h);
  glow(ctx, [1120, 500], 700, '#fff0b8', 0.8);
  fillShape(ctx, '#fff7da', () => ctx.arc(1120, 492, 74, 0, 7));
  for (const [x, y, rx] of [[300, 130, 420], [1350, 210, 380], [760, 300, 300]] as const) haze(ctx, [x, y], rx, 15, '#ffe0b0', 0.4);
  const far = { base: 690, sun: 'right' as const };
  paintPeak(ctx, { ...far, seed: 4, summit: [1420, 470], left: 1150, right: 1800, lit: '#f0b287', shade: '#d58f7c', haze: '#fbdcae' });
  paintPeak(ctx, { ...far, seed: 6, summit: [620, 420], left: 220, right: 1040, lit: '#e59a74', shade: '#b56f69', haze: '#f8cfa2' });
  paintCloudBank(ctx, 3, w, 622, 84, '#fff6df', '#f8d0a4');
  fillBelow(ctx, skyline(9, w, 660, 90, 420).map(([x, y]): Point => [x, y + Math.abs(x - 300) * 0.14]), h, ramp(ctx, [0, 560], [0, 900], [[0, '#96605a'], [1, '#e0a387']]));
  paintCloudBank(ctx, 12, w, 745, 112, '#fff1d6', '#efb592');
  fillBelow(ctx, skyline(15, w, 800, 60, 400).map(([x, y]): Point => [x, y - Math.max(0, x - 900) * 0.3]), h, ramp(ctx, [0, 600], [0, 950], [[0, '#6a5450'], [1, '#a77867']]));
  paintCloudBank(ctx, 27, w, 850, 120, '#ffead0', '#d99a80');
  // The near slope: rows of coffee bushes that follow the ground and grow towards us.
  const slope = skyline(33, w, 900, 44, 640).map(([x, y]): Point => [x, y - Math.max(0, 760 - x) * 0.24]);
  fillBelow(ctx, slope, h, ramp(ctx, [0, 740], [0, h], [[0, '#3b4a2e'], [1, '#16261f']]));
  const random = seeded(40);
  for (let row = 0; row < 10; row++) {
    const near = row / 9;
    const size = 9 + row * 3.6;
    const drop = row * 15 + row * row * 3.6;
    const level = (x: number) => slope[Math.min(slope.length - 1, Math.max(0, Math.round((x + 20) / 4)))]![1] + drop + 4;
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
    fillShape(ctx, ramp(ctx, [0, 0], [w, 0], [[0, mix('#b3a454', '#5d7d3f', near)], [0.72, mix('#f0c873', '#a9a850', near)], [1, mix('#c9ac5b', '#6d8743', near)]]), hedge(size * 0.5, 0.36));
    for (let x = 0; row > 1 && x < w; x += size * between(random, 1.2, 5)) {
      for (let berry = 0; berry < 4; berry++) fillShape(ctx, berry % 3 ? '#d8432b' : '#f0714a', () => ctx.arc(x + between(random, -0.6, 0.6) * size, level(x) + between(random, -0.5, 0.4) * size, 1.2 + row * 0.28, 0, 7));
    }
  }
  haze(ctx, [1100, 830], 700, 120, '#ffcf97', 0.35);
  ctx.fillStyle = ramp(ctx, [0, h - 230], [0, h], [[0, veil('#08130f', 0)], [1, veil('#08130f', 0.75)]]);
  ctx.fillRect(0, h - 230, w, 230);
  glow(ctx, [1120, 520], 900, '#ffb061', 0.22);
  setLines(ctx, ['Grown above', 'the weather.'], { x: 74, y: 178, face: 'fraunces', size: 128, leading: 0.98, tracking: -0.03, colour: '#fff4dd' });
  lockup(ctx, 76, h - 66, 40, '#fff4dd');
  setLine(ctx, 'Picked by hand at 1,900 m', { x: w - 74, y: h - 68, face: 'inter', size: 26, align: 'right', colour: '#fff4dd' });
}
