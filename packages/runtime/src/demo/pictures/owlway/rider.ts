import { traceLimb } from '../figure.ts';

import { type Brush, fillShape, type Point, strokeShape } from '../light.ts';

/** A rider on an e-bike heading right, wheels on y = 0, in a box about 100 units tall. */
export function paintRider(ctx: Brush, [x, y]: Point, height: number, tone: string, bag: string): void {
  const limb = (colour: string, joints: readonly (readonly [number, number, number])[]) => {
    for (let i = 1; i < joints.length; i++) {
      const [a, b] = [joints[i - 1]!, joints[i]!];
      fillShape(ctx, colour, () => traceLimb(ctx, [a[0], a[1]], a[2], [b[0], b[1]], b[2]));
    }
  };
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(height / 100, height / 100);
  for (const hub of [-30, 32]) {
    strokeShape(ctx, tone, 2.6, () => ctx.arc(hub, -18, 16.8, 0, 7));
    for (let i = 0; i < 10; i++)
      strokeShape(ctx, tone, 0.35, () => {
        ctx.moveTo(hub, -18);
        ctx.lineTo(hub + Math.cos(i * 0.628) * 16, -18 + Math.sin(i * 0.628) * 16);
      });
    fillShape(ctx, tone, () => ctx.arc(hub, -18, hub < 0 ? 4.4 : 2, 0, 7));
  }
  limb(tone, [
    [-4, -50, 5.6],
    [9, -38, 4.2],
    [-1, -14, 2.6],
    [6, -11, 1.8],
  ]);
  strokeShape(ctx, tone, 3, () => {
    ctx.moveTo(-30, -18);
    ctx.lineTo(-2, -17);
    ctx.lineTo(-10, -46);
    ctx.moveTo(-30, -18);
    ctx.lineTo(-8, -40);
    ctx.moveTo(32, -18);
    ctx.lineTo(23, -56);
    ctx.lineTo(17, -58);
    ctx.moveTo(-36, -37);
    ctx.lineTo(-12, -37);
  });
  strokeShape(ctx, tone, 5.6, () => {
    ctx.moveTo(-2, -18);
    ctx.lineTo(25, -46);
  });
  strokeShape(ctx, tone, 3.4, () => {
    ctx.moveTo(-17, -47);
    ctx.lineTo(-4, -47);
  });
  fillShape(ctx, bag, () => ctx.roundRect(-45, -60, 27, 22, 3));
  fillShape(ctx, tone, () => {
    ctx.moveTo(-13, -48);
    ctx.bezierCurveTo(-14, -62, -7, -78, 1, -84);
    ctx.bezierCurveTo(8, -86, 12, -81, 10, -76);
    ctx.bezierCurveTo(6, -66, 6, -56, 4, -46);
    ctx.closePath();
  });
  limb(tone, [
    [4, -79, 4],
    [11, -66, 3],
    [20, -59, 2.1],
  ]);
  limb(tone, [
    [-6, -50, 5.8],
    [15, -43, 4.4],
    [8, -21, 2.8],
    [15, -19, 1.9],
  ]);
  limb(tone, [
    [5, -80, 3.4],
    [8, -87, 3.1],
  ]);
  fillShape(ctx, tone, () => ctx.ellipse(9.4, -90, 5.4, 6.4, 0.2, 0, 7));
  fillShape(ctx, tone, () => {
    ctx.ellipse(8.6, -92, 7.6, 6.4, 0.12, Math.PI, 0);
    ctx.closePath();
  });
  // The scarf trails, so that we know how fast.
  fillShape(ctx, bag, () => {
    ctx.moveTo(5, -85);
    ctx.bezierCurveTo(-8, -80, -16, -90, -32, -82);
    ctx.bezierCurveTo(-20, -82, -12, -74, 3, -80);
    ctx.closePath();
  });
  ctx.restore();
}
