import {
  type Brush,
  ball,
  blurred,
  fillShape,
  glow,
  haze,
  inside,
  type Point,
  ramp,
  strokeShape,
  trace,
  veil,
} from '../light.ts';
import { setLine } from '../type.ts';

/** Someone going home: head and shoulders against the lit far side of the bus. */
function paintPassenger(ctx: Brush, [x, y]: Point, size: number, tone: string): void {
  fillShape(ctx, tone, () => ctx.ellipse(x, y - size * 0.92, size * 0.24, size * 0.29, 0, 0, 7));
  fillShape(ctx, tone, () => {
    ctx.moveTo(x - size * 0.48, y);
    ctx.bezierCurveTo(x - size * 0.46, y - size * 0.5, x - size * 0.2, y - size * 0.62, x, y - size * 0.62);
    ctx.bezierCurveTo(x + size * 0.2, y - size * 0.62, x + size * 0.46, y - size * 0.5, x + size * 0.48, y);
  });
}

/** A night bus in side view, heading right, wheels on y; its inside is the brightest thing in the street. */
export function paintNightBus(ctx: Brush, [x, y]: Point, height: number): void {
  const u = height / 100;
  const length = 336 * u;
  const right = x + length;
  haze(ctx, [x + length / 2, y], length * 0.6, 16, '#05061a', 0.95);
  const body = () => {
    ctx.moveTo(x + 5 * u, y - 12 * u);
    ctx.lineTo(x + 5 * u, y - 90 * u);
    ctx.quadraticCurveTo(x + 5 * u, y - 100 * u, x + 16 * u, y - 100 * u);
    ctx.lineTo(right - 26 * u, y - 100 * u);
    ctx.bezierCurveTo(right - 8 * u, y - 100 * u, right - 3 * u, y - 88 * u, right, y - 52 * u);
    ctx.lineTo(right, y - 18 * u);
    ctx.quadraticCurveTo(right, y - 12 * u, right - 7 * u, y - 12 * u);
    ctx.closePath();
  };
  fillShape(
    ctx,
    ramp(ctx, [0, y - 100 * u], [0, y - 10 * u], {
      0: '#3b4bd8',
      0.12: '#2734b0',
      0.62: '#1e2a94',
      0.68: '#2f3dc4',
      1: '#0f154f',
    }),
    body,
  );
  inside(ctx, body, () => {
    const top = y - 86 * u;
    const bottom = y - 43 * u;
    const glass = () => ctx.roundRect(x + 14 * u, top, length - 62 * u, bottom - top, 5 * u);
    fillShape(ctx, ramp(ctx, [0, top], [0, bottom], { 0: '#fff3cf', 0.4: '#ffd98c', 1: '#f2a04e' }), glass);
    inside(ctx, glass, () => {
      for (let i = 0; i < 11; i++) {
        const seat = x + (24 + i * 24) * u;
        fillShape(ctx, '#b0573f', () => ctx.roundRect(seat - 7 * u, bottom - 15 * u, 11 * u, 20 * u, 3 * u));
      }
      for (const [i, tone] of [
        [0, '#5b2a45'],
        [2, '#3d2450'],
        [3, '#6d3140'],
        [6, '#43284f'],
        [9, '#5b2a45'],
      ] as const)
        paintPassenger(ctx, [x + (27 + i * 24) * u, bottom + 2 * u], 21 * u, tone);
      for (const d of [62, 150, 214])
        strokeShape(ctx, '#fff6dc', 1.1 * u, () => {
          ctx.moveTo(x + d * u, top);
          ctx.lineTo(x + d * u, bottom);
        });
      fillShape(ctx, '#ffffff', () => ctx.rect(x, top + 2.4 * u, length, 1.6 * u));
    });
    for (let i = 1; i < 6; i++)
      fillShape(ctx, '#1a2485', () => ctx.rect(x + (14 + i * 45.4) * u, top - u, 2.6 * u, bottom - top + 2 * u));
    // The windscreen, seen edge on, and the driver's quarter light.
    fillShape(ctx, ramp(ctx, [right - 44 * u, 0], [right, 0], { 0: '#ffdc9a', 0.45: '#c9895e', 1: '#35306e' }), () =>
      trace(ctx, [
        [right - 41 * u, top],
        [right - 19 * u, top],
        [right - 6 * u, bottom],
        [right - 41 * u, bottom],
      ]),
    );
    paintPassenger(ctx, [right - 29 * u, bottom], 22 * u, '#2b1c46');
    // Doors.
    for (const d of [96, 232]) {
      fillShape(ctx, '#141c6d', () => ctx.roundRect(x + d * u, y - 86 * u, 38 * u, 71 * u, 3 * u));
      for (const leaf of [2.4, 20])
        fillShape(
          ctx,
          ramp(ctx, [0, y - 84 * u], [0, y - 18 * u], { 0: '#fff0c4', 0.6: '#ffc873', 1: '#c06e45' }),
          () => ctx.roundRect(x + (d + leaf) * u, y - 83 * u, 15.6 * u, 64 * u, 2.4 * u),
        );
    }
    fillShape(ctx, '#ffc857', () => ctx.rect(x, y - 38 * u, 96 * u, 3 * u));
    fillShape(ctx, '#ffc857', () => ctx.rect(x + 134 * u, y - 38 * u, 98 * u, 3 * u));
    fillShape(ctx, '#ffc857', () => ctx.rect(x + 270 * u, y - 38 * u, 80 * u, 3 * u));
    setLine(ctx, 'owlway', {
      x: x + 143 * u,
      y: y - 21 * u,
      face: 'groteskBold',
      size: 17 * u,
      tracking: -0.02,
      colour: '#eef2ff',
    });
    blurred(ctx, 3, 'everywhere', () =>
      fillShape(ctx, veil('#b9c4ff', 0.7), () => ctx.rect(x + 14 * u, y - 99 * u, length - 44 * u, 2 * u)),
    );
  });
  fillShape(ctx, '#0a0d2c', () => ctx.roundRect(x + 276 * u, y - 98 * u, 30 * u, 10 * u, 2 * u));
  setLine(ctx, 'N7', {
    x: x + 291 * u,
    y: y - 90 * u,
    face: 'groteskBold',
    size: 9 * u,
    align: 'center',
    colour: '#ffb84a',
  });
  for (const d of [60, 200]) {
    const hub: Point = [x + (d + 24) * u - (d === 60 ? 14 * u : 0), y - 13 * u];
    fillShape(ctx, '#0a0c28', () => ctx.arc(hub[0], hub[1] - 2 * u, 19 * u, Math.PI, 0));
    fillShape(ctx, '#07081c', () => ctx.arc(hub[0], hub[1], 15 * u, 0, 7));
    fillShape(
      ctx,
      ball(ctx, hub, 9 * u, { 0: '#c9d2ff', 0.5: '#6a76b8', 1: '#232a62' }, [hub[0] - 3 * u, hub[1] - 3 * u]),
      () => ctx.arc(hub[0], hub[1], 8 * u, 0, 7),
    );
  }
  fillShape(ctx, '#fff7e0', () => ctx.ellipse(right - 4 * u, y - 26 * u, 3.4 * u, 5 * u, 0, 0, 7));
  fillShape(ctx, '#ff3b4e', () => ctx.roundRect(x + 4 * u, y - 34 * u, 3 * u, 12 * u, u));
  glow(ctx, [x + 4 * u, y - 28 * u], 40 * u, '#ff3040', 0.8);
  glow(ctx, [right - 2 * u, y - 26 * u], 60 * u, '#fff0cc', 0.95);
  glow(ctx, [x + length * 0.46, y - 64 * u], length * 0.52, '#ffb04e', 0.3);
  blurred(ctx, 8, [right - 30, y - 60 * u, 210 * u, 80 * u], () =>
    fillShape(
      ctx,
      ramp(ctx, [right, 0], [right + 170 * u, 0], { 0: veil('#fff3d0', 0.75), 1: veil('#fff3d0', 0) }),
      () =>
        trace(ctx, [
          [right - 2 * u, y - 28 * u],
          [right + 170 * u, y - 44 * u],
          [right + 170 * u, y + 2 * u],
          [right - 2 * u, y - 22 * u],
        ]),
    ),
  );
}
