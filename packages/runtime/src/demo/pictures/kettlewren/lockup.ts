import { type Brush, fillShape } from '../light.ts';

import { setLine } from '../type.ts';

export const CREAM = '#f8ecd8';

export const ESPRESSO = '#2a130c';

/** The wren: a round body, a cocked tail, then the name. */
export function lockup(ctx: Brush, x: number, y: number, size: number, colour: string): void {
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
