import { type Brush, fillShape, type Point } from './light.ts';

/** One limb: a capsule that tapers from `r0` at one joint to `r1` at the next. */
export function traceLimb(ctx: Brush, [x0, y0]: Point, r0: number, [x1, y1]: Point, r1: number): void {
  const angle = Math.atan2(y1 - y0, x1 - x0);
  const lean = Math.acos(Math.max(-1, Math.min(1, (r0 - r1) / Math.max(1e-6, Math.hypot(x1 - x0, y1 - y0)))));
  ctx.moveTo(x0 + Math.cos(angle + lean) * r0, y0 + Math.sin(angle + lean) * r0);
  ctx.arc(x0, y0, r0, angle + lean, angle - lean + Math.PI * 2);
  ctx.arc(x1, y1, r1, angle - lean, angle + lean);
  ctx.closePath();
}

/**
 * A runner in full stride to the right, in a box 100 units tall with the ground at y = 0.
 * `far` colours the limbs behind the body, so that the stride reads.
 */
export function paintRunner(ctx: Brush, [x, y]: Point, height: number, near: string, far: string, kit = near): void {
  const k = height / 100;
  const limb = (colour: string, joints: readonly (readonly [x: number, y: number, r: number])[]) => {
    for (let i = 1; i < joints.length; i++) {
      const a = joints[i - 1]!;
      const b = joints[i]!;
      fillShape(ctx, colour, () => traceLimb(ctx, [a[0], a[1]], a[2], [b[0], b[1]], b[2]));
    }
  };
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(k, k);
  limb(far, [
    [8, -77, 3.8],
    [22, -64, 2.9],
    [33, -74, 2.2],
  ]);
  limb(far, [
    [-2, -48, 6.6],
    [-20, -33, 4.4],
    [-40, -37, 2.6],
  ]);
  limb(far, [
    [-40, -37, 2.6],
    [-45, -29, 2.2],
  ]);
  limb(near, [
    [-1, -48, 7.2],
    [20, -40, 5],
    [15, -14, 3.1],
  ]);
  limb(near, [
    [15, -14, 3],
    [14, -8, 2.6],
    [25, -6, 2],
  ]);
  fillShape(ctx, kit, () => {
    ctx.moveTo(-9.5, -48);
    ctx.bezierCurveTo(-9, -62, -5, -75, 1, -81);
    ctx.bezierCurveTo(7, -85, 16, -82, 17, -75);
    ctx.bezierCurveTo(16, -64, 11, -56, 9, -45);
    ctx.bezierCurveTo(3, -40, -7, -41, -9.5, -48);
  });
  limb(near, [
    [6, -77, 4.2],
    [-10, -66, 3.1],
    [-2, -54, 2.3],
  ]);
  limb(near, [
    [9, -79, 3.4],
    [12, -85, 3.2],
  ]);
  fillShape(ctx, near, () => ctx.ellipse(14, -89.5, 6, 7.2, 0.25, 0, 7));
  ctx.restore();
}
