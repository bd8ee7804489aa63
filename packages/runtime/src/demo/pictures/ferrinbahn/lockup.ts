import { type Brush, fillShape, strokeShape, trace } from '../light.ts';

import { setLine } from '../type.ts';

export const RED = '#c8321f';

export const CREAM = '#f6ead2';

export function lockup(ctx: Brush, x: number, y: number, size: number, colour: string): void {
  const r = size * 0.62;
  strokeShape(ctx, colour, size * 0.1, () => ctx.arc(x + r, y - size * 0.36, r, 0, 7));
  fillShape(ctx, colour, () =>
    trace(ctx, [
      [x + r * 0.42, y],
      [x + r * 0.95, y - size * 0.78],
      [x + r * 1.22, y - size * 0.36],
      [x + r * 1.34, y - size * 0.5],
      [x + r * 1.6, y],
    ]),
  );
  setLine(ctx, 'FERRINBAHN', { x: x + r * 2 + size * 0.5, y, face: 'interBold', size, tracking: 0.16, colour });
}
