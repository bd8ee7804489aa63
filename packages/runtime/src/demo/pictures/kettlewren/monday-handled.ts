import {
  type Brush,
  ball,
  blurred,
  fillShape,
  glow,
  inside,
  type Point,
  ramp,
  strokeShape,
  trace,
  veil,
} from '../light.ts';

import { between, seeded } from '../seeded.ts';

import { setLines } from '../type.ts';
import { ESPRESSO, lockup } from './lockup.ts';

function paintBean(ctx: Brush, [x, y]: Point, size: number, turn: number): void {
  ctx.save();
  ctx.translate(x, y);
  blurred(ctx, 7, [-size * 2, -size * 2, size * 5, size * 5], () =>
    fillShape(ctx, veil('#5a2a08', 0.6), () => ctx.ellipse(size * 0.34, size * 0.36, size, size * 0.7, turn, 0, 7)),
  );
  ctx.rotate(turn);
  fillShape(
    ctx,
    ball(ctx, [0, 0], size * 1.1, { 0: '#8d5230', 0.5: '#5c2c17', 1: '#2b1009' }, [-size * 0.3, -size * 0.3]),
    () => ctx.ellipse(0, 0, size, size * 0.68, 0, 0, 7),
  );
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
        ctx.bezierCurveTo(
          sign * reach * 0.5,
          top + size * 0.16,
          sign * reach * 0.95,
          top,
          sign * reach,
          top - size * 0.2,
        );
        ctx.bezierCurveTo(
          sign * reach * 0.8,
          top - size * 0.06,
          sign * reach * 0.4,
          top + size * 0.03,
          0,
          top + size * 0.035,
        );
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
  ctx.fillStyle = ramp(ctx, [0, 0], [w, h], { 0: '#f4bd55', 0.5: '#e7a138', 1: '#cf7f25' });
  ctx.fillRect(0, 0, w, h);
  glow(ctx, [120, 80], 1000, '#ffe6a0', 0.45);
  const [cx, cy] = [990, 980];
  const cast = (dx: number, r: number) => {
    // A low sun drags the round shadow out into a band.
    trace(ctx, [
      [cx - r * 0.7, cy + r * 0.7],
      [cx + r * 0.7, cy - r * 0.7],
      [cx + r * 0.7 + dx, cy - r * 0.7 + dx],
      [cx - r * 0.7 + dx, cy + r * 0.7 + dx],
    ]);
    ctx.moveTo(cx + dx + r, cy + dx);
    ctx.arc(cx + dx, cy + dx, r, 0, 7);
  };
  blurred(ctx, 10, [450, 450, w - 450, h - 450], () => fillShape(ctx, veil('#7a3c08', 0.62), () => cast(96, 468)));
  fillShape(
    ctx,
    ball(ctx, [cx, cy], 470, { 0: '#f0dcc0', 0.68: '#f6e6cd', 0.86: '#fffaf0', 0.94: '#f2dfc4', 1: '#d9b98f' }, [
      cx - 60,
      cy - 60,
    ]),
    () => ctx.arc(cx, cy, 468, 0, 7),
  );
  strokeShape(ctx, veil('#c2562d', 0.9), 7, () => ctx.arc(cx, cy, 432, 0, 7));
  inside(
    ctx,
    () => ctx.arc(cx, cy, 468, 0, 7),
    () => {
      blurred(ctx, 8, 'everywhere', () => fillShape(ctx, veil('#7d5330', 0.6), () => cast(230, 296)));
      blurred(ctx, 5, 'everywhere', () =>
        strokeShape(ctx, veil('#ffffff', 0.7), 8, () => ctx.arc(cx, cy, 456, 3.3, 4.6)),
      );
    },
  );
  const handle = () => {
    ctx.moveTo(cx - 196, cy + 196);
    ctx.lineTo(cx - 330, cy + 330);
  };
  blurred(ctx, 9, [cx - 400, cy + 130, 340, 340], () => {
    ctx.save();
    ctx.translate(34, 44);
    strokeShape(ctx, veil('#7d4a20', 0.55), 66, handle);
    ctx.restore();
  });
  strokeShape(
    ctx,
    ramp(ctx, [cx - 300, cy + 220], [cx - 220, cy + 300], { 0: '#fff7ea', 0.5: '#eed6b6', 1: '#bd9468' }),
    62,
    handle,
  );
  fillShape(
    ctx,
    ramp(ctx, [cx - 300, cy - 300], [cx + 300, cy + 300], { 0: '#fffaf1', 0.5: '#f3e0c5', 1: '#caa37a' }),
    () => ctx.arc(cx, cy, 300, 0, 7),
  );
  fillShape(
    ctx,
    ramp(ctx, [cx - 280, cy - 280], [cx + 280, cy + 280], { 0: '#9c6b45', 0.45: '#d8b58d', 1: '#fff3df' }),
    () => ctx.arc(cx, cy, 280, 0, 7),
  );
  inside(
    ctx,
    () => ctx.arc(cx, cy, 280, 0, 7),
    () => {
      fillShape(
        ctx,
        ball(ctx, [cx + 12, cy + 12], 268, { 0: '#b4702f', 0.62: '#a45c22', 0.88: '#6f3510', 1: '#3d1907' }),
        () => ctx.arc(cx + 12, cy + 12, 264, 0, 7),
      );
      const random = seeded(5);
      for (let i = 0; i < 260; i++) {
        const [a, r] = [random() * 6.3, 150 + random() ** 0.5 * 100];
        fillShape(ctx, veil(random() > 0.5 ? '#d99a55' : '#5c2a0d', 0.3), () =>
          ctx.arc(cx + 12 + Math.cos(a) * r, cy + 12 + Math.sin(a) * r, between(random, 1, 4.4), 0, 7),
        );
      }
      paintRosetta(ctx, [cx + 12, cy + 14], 216);
      blurred(ctx, 16, 'everywhere', () =>
        fillShape(ctx, veil('#34150a', 0.6), () => {
          ctx.arc(cx, cy, 300, 0, 7);
          ctx.arc(cx + 36, cy + 36, 278, 7, 0, true);
        }),
      );
    },
  );
  for (const [x, y, s, t] of [
    [300, 1090, 44, 0.5],
    [214, 1236, 40, 2.2],
    [382, 1282, 46, -0.5],
    [1440, 300, 44, 0.9],
    [1330, 372, 38, 2.6],
  ] as const)
    paintBean(ctx, [x, y], s, t);
  setLines(ctx, ['Monday,', 'handled.'], {
    x: 84,
    y: 262,
    face: 'fraunces',
    size: 224,
    leading: 0.94,
    tracking: -0.035,
    colour: ESPRESSO,
  });
  lockup(ctx, 88, h - 84, 50, ESPRESSO);
}
