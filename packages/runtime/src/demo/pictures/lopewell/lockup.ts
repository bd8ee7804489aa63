import { type Brush, strokeShape } from '../light.ts';
import { setLine } from '../type.ts';

export const PAPER = '#fff3e6';

/** A lap with one open end, then the name. */
export function lockup(ctx: Brush, x: number, y: number, size: number, colour: string): void {
  strokeShape(ctx, colour, size * 0.17, () => {
    ctx.moveTo(x + size * 0.1, y - size * 0.72);
    ctx.lineTo(x + size * 0.1, y - size * 0.36);
    ctx.arc(x + size * 0.38, y - size * 0.36, size * 0.28, Math.PI, 0, true);
    ctx.arc(x + size * 0.66 + size * 0.14, y - size * 0.36, size * 0.14, Math.PI, 0);
    ctx.lineTo(x + size * 0.94, y - size * 0.08);
  });
  setLine(ctx, 'LOPEWELL', { x: x + size * 1.34, y, face: 'anton', size: size * 0.98, tracking: 0.05, colour });
}
