import { type Brush, fillShape, type Point, trace } from '../light.ts';

/** Coaches in side view along a level track, `unit` px tall, the loco leading to the right. */
export function paintTrain(
  ctx: Brush,
  [x, y]: Point,
  unit: number,
  coaches: number,
  look: { body: string; roof: string; band: string; window: string },
): void {
  const length = unit * 4.6;
  for (let i = 0; i < coaches; i++) {
    const left = x + i * (length + unit * 0.14);
    const isLoco = i === coaches - 1;
    const nose = isLoco ? unit * 0.7 : 0;
    fillShape(ctx, look.roof, () =>
      ctx.roundRect(left + unit * 0.1, y - unit * 1.08, length - unit * 0.2 - nose * 0.8, unit * 0.2, unit * 0.09),
    );
    fillShape(ctx, look.body, () =>
      trace(ctx, [
        [left, y],
        [left, y - unit],
        [left + length - nose, y - unit],
        [left + length, y - unit * (isLoco ? 0.42 : 1)],
        [left + length, y],
      ]),
    );
    fillShape(ctx, look.band, () => ctx.rect(left, y - unit * 0.3, length, unit * 0.07));
    const panes = isLoco ? 5 : 7;
    for (let p = 0; p < panes; p++) {
      fillShape(ctx, look.window, () =>
        ctx.roundRect(left + unit * 0.28 + p * unit * 0.6, y - unit * 0.82, unit * 0.44, unit * 0.36, unit * 0.05),
      );
    }
    fillShape(ctx, '#16161c', () => ctx.rect(left + unit * 0.3, y, length - unit * 0.6, unit * 0.09));
  }
}
