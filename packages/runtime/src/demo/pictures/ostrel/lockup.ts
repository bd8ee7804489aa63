import { type Brush, strokeShape } from '../light.ts';

import { setLine } from '../type.ts';

export const INK = '#1d1b26';

export const BONE = '#fbf1e3';

/** Two lenses and a bridge, then the name. */
export function lockup(ctx: Brush, x: number, y: number, size: number, colour: string): void {
  strokeShape(ctx, colour, size * 0.09, () => {
    ctx.arc(x + size * 0.3, y - size * 0.3, size * 0.26, 0, 7);
    ctx.moveTo(x + size * 1.2, y - size * 0.3);
    ctx.arc(x + size * 0.94, y - size * 0.3, size * 0.26, 0, 7);
    ctx.moveTo(x + size * 0.55, y - size * 0.36);
    ctx.quadraticCurveTo(x + size * 0.62, y - size * 0.46, x + size * 0.69, y - size * 0.36);
  });
  setLine(ctx, 'ostrel', { x: x + size * 1.5, y, face: 'grotesk', size: size * 1.02, tracking: 0.02, colour });
}
