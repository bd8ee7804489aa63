import { type Brush, fillShape } from '../light.ts';
import { setLine } from '../type.ts';

export const AMBER = '#ffc857';

export const FROST = '#eef2ff';

/** Two eyes that could be headlamps, then the name. */
export function lockup(ctx: Brush, x: number, y: number, size: number, colour: string): void {
  for (const d of [0.34, 0.98]) {
    fillShape(ctx, AMBER, () => ctx.arc(x + size * d, y - size * 0.34, size * 0.32, 0, 7));
    fillShape(ctx, '#0a0f2a', () => ctx.arc(x + size * d, y - size * 0.34, size * 0.15, 0, 7));
  }
  setLine(ctx, 'owlway', { x: x + size * 1.5, y, face: 'groteskBold', size: size * 1.02, tracking: -0.02, colour });
}
