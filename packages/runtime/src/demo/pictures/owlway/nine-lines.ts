import { layVignette } from '../grain.ts';

import {
  type Brush,
  ball,
  blurred,
  fillShape,
  glow,
  mix,
  type Point,
  ramp,
  sheet,
  strokeShape,
  trace,
  veil,
} from '../light.ts';
import { setLines } from '../type.ts';
import { AMBER, FROST, lockup } from './lockup.ts';

/** A line of the map: straights joined by round bends. */
function traceRoute(ctx: Brush, path: readonly Point[]): void {
  ctx.moveTo(...path[0]!);
  for (let i = 1; i < path.length - 1; i++) ctx.arcTo(...path[i]!, ...path[i + 1]!, 46);
  ctx.lineTo(...path[path.length - 1]!);
}

export function paintNineLines(ctx: Brush, w: number, h: number): void {
  ctx.fillStyle = ramp(ctx, [0, 0], [w, h], { 0: '#10164a', 1: '#080a2b' });
  ctx.fillRect(0, 0, w, h);
  glow(ctx, [1150, 620], 900, '#3d49c8', 0.35);
  // A river, because every night map has one.
  strokeShape(ctx, veil('#2a3a9e', 0.55), 120, () => {
    ctx.moveTo(-60, 1010);
    ctx.bezierCurveTo(380, 820, 620, 1190, 980, 960);
    ctx.bezierCurveTo(1240, 800, 1380, 640, 1700, 700);
  });
  const lines: readonly (readonly [colour: string, path: readonly Point[]])[] = [
    [
      '#ff5d73',
      [
        [-30, 640],
        [470, 640],
        [760, 930],
        [1630, 930],
      ],
    ],
    [
      '#ffc857',
      [
        [470, 1640],
        [470, 1020],
        [800, 690],
        [800, 470],
        [1130, 140],
        [1130, -30],
      ],
    ],
    [
      '#4fe0d0',
      [
        [-30, 1240],
        [560, 1240],
        [1080, 720],
        [1630, 720],
      ],
    ],
    [
      '#9f8bff',
      [
        [980, 1640],
        [980, 1090],
        [660, 770],
        [200, 770],
        [-30, 770],
      ],
    ],
    [
      '#ff9650',
      [
        [1630, 330],
        [1330, 330],
        [1010, 650],
        [1010, 800],
        [1360, 1150],
        [1360, 1640],
      ],
    ],
    [
      '#6fc3ff',
      [
        [620, 1640],
        [620, 1420],
        [930, 1110],
        [1240, 1110],
        [1630, 1500],
      ],
    ],
    [
      '#f58ee0',
      [
        [1400, -30],
        [1400, 480],
        [1180, 700],
        [1180, 1020],
        [1630, 1200],
      ],
    ],
    [
      '#b9e769',
      [
        [-30, 1440],
        [160, 1440],
        [560, 1040],
        [560, 860],
        [860, 560],
        [1630, 560],
      ],
    ],
    [
      '#ffffff',
      [
        [-30, 560],
        [580, 560],
        [690, 670],
        [1060, 1040],
        [1060, 1300],
        [1400, 1640],
      ],
    ],
  ];
  const halo = sheet(w, h, (light) => {
    for (const [colour, path] of lines) strokeShape(light, veil(colour, 0.5), 20, () => traceRoute(light, path));
  });
  blurred(ctx, 14, 'everywhere', () => ctx.drawImage(halo, 0, 0));
  for (const [colour, path] of lines) {
    strokeShape(ctx, '#0c103a', 26, () => traceRoute(ctx, path));
    strokeShape(ctx, colour, 16, () => traceRoute(ctx, path));
  }
  for (const [colour, path] of lines) {
    for (let i = 1; i < path.length; i++) {
      const [a, b] = [path[i - 1]!, path[i]!];
      const steps = Math.floor(Math.hypot(b[0] - a[0], b[1] - a[1]) / 125);
      for (let s = 1; s < steps; s++) {
        const p: Point = [a[0] + ((b[0] - a[0]) * s) / steps, a[1] + ((b[1] - a[1]) * s) / steps];
        fillShape(ctx, '#0a0d33', () => ctx.arc(p[0], p[1], 11, 0, 7));
        strokeShape(ctx, mix(colour, '#ffffff', 0.55), 4, () => ctx.arc(p[0], p[1], 9, 0, 7));
      }
    }
  }
  // The hub, where the owl sits: two interchange eyes.
  for (const x of [884, 1036]) {
    glow(ctx, [x, 812], 190, AMBER, 0.55);
    fillShape(ctx, '#0a0d33', () => ctx.arc(x, 812, 84, 0, 7));
    fillShape(ctx, ball(ctx, [x, 812], 74, { 0: '#fff2b8', 0.5: AMBER, 1: '#f09a2b' }, [x - 18, 790]), () =>
      ctx.arc(x, 812, 70, 0, 7),
    );
    fillShape(ctx, '#0a0d33', () => ctx.arc(x, 812, 34, 0, 7));
    fillShape(ctx, '#ffffff', () => ctx.arc(x - 11, 800, 9, 0, 7));
  }
  fillShape(ctx, '#f09a2b', () =>
    trace(ctx, [
      [942, 868],
      [978, 868],
      [960, 906],
    ]),
  );
  layVignette(ctx, w, h, '#03041a', 0.4);
  setLines(ctx, ['Nine lines.', 'No last call.'], {
    x: 76,
    y: 208,
    face: 'groteskBold',
    size: 128,
    leading: 1.02,
    tracking: -0.05,
    colour: FROST,
  });
  lockup(ctx, 78, h - 76, 56, FROST);
}
