import type { Brush } from '../light.ts';
import { setLine } from '../type.ts';

export const GREEN = '#0d4a3e';

export const MILK = '#fff8e3';

export const CORAL = '#f4583f';

export function lockup(
  ctx: Brush,
  x: number,
  y: number,
  size: number,
  colour: string,
  align: 'left' | 'right' = 'left',
): void {
  setLine(ctx, 'Pippola', { x, y, face: 'frauncesBlackItalic', size, tracking: -0.03, align, colour });
}
