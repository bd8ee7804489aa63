import { type Brush, ball, blurred, fillShape, inside, mix, type Point, ramp, strokeShape, veil } from '../light.ts';
import { between, seeded } from '../seeded.ts';

/** A cut lemon seen face on: rind, pith, and segments whose pulp lets light through. */
export function paintLemonSlice(ctx: Brush, [x, y]: Point, radius: number, turn: number, segments = 10): void {
  const random = seeded(Math.round(radius) + segments);
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(turn);
  fillShape(
    ctx,
    ball(ctx, [0, 0], radius, { 0: '#ffe14d', 0.9: '#ffcf1f', 0.97: '#f5ae12', 1: '#e39a0c' }, [
      -radius * 0.2,
      -radius * 0.2,
    ]),
    () => ctx.arc(0, 0, radius, 0, 7),
  );
  fillShape(ctx, ball(ctx, [0, 0], radius, { 0: '#fffdf0', 0.8: '#fff6d0', 1: '#ffe88c' }), () =>
    ctx.arc(0, 0, radius * 0.935, 0, 7),
  );
  const step = (Math.PI * 2) / segments;
  for (let i = 0; i < segments; i++) {
    ctx.save();
    ctx.rotate(i * step);
    const outline = () => {
      const r = radius * 0.86;
      const inset = radius * 0.075;
      const half = step / 2 - 0.035;
      ctx.moveTo(inset, 0);
      ctx.lineTo(Math.cos(half) * r * 0.9, Math.sin(half) * r * 0.9);
      ctx.quadraticCurveTo(
        Math.cos(half * 0.9) * r,
        Math.sin(half * 0.9) * r,
        Math.cos(half * 0.66) * r,
        Math.sin(half * 0.66) * r,
      );
      ctx.arc(0, 0, r, half * 0.66, -half * 0.66, true);
      ctx.quadraticCurveTo(
        Math.cos(half * 0.9) * r,
        -Math.sin(half * 0.9) * r,
        Math.cos(half) * r * 0.9,
        -Math.sin(half) * r * 0.9,
      );
      ctx.closePath();
    };
    fillShape(
      ctx,
      ramp(ctx, [0, 0], [radius * 0.86, 0], { 0: '#fff2a0', 0.35: '#ffe25a', 0.75: '#ffd02a', 1: '#f9b916' }),
      outline,
    );
    inside(ctx, outline, () => {
      for (let p = 0; p < 26; p++) {
        const a = between(random, -step / 2, step / 2);
        const from = radius * between(random, 0.12, 0.62);
        const to = from + radius * between(random, 0.1, 0.24);
        strokeShape(
          ctx,
          veil(random() > 0.45 ? '#fffbd0' : '#eda20a', between(random, 0.14, 0.4)),
          radius * between(random, 0.006, 0.024),
          () => {
            ctx.moveTo(Math.cos(a * 0.9) * from, Math.sin(a * 0.9) * from);
            ctx.quadraticCurveTo(
              Math.cos(a) * (from + to) * 0.52,
              Math.sin(a) * (from + to) * 0.52,
              Math.cos(a) * to,
              Math.sin(a) * to,
            );
          },
        );
      }
    });
    ctx.restore();
  }
  fillShape(ctx, '#fff8da', () => ctx.arc(0, 0, radius * 0.06, 0, 7));
  ctx.restore();
}

/** A whole lemon on its side, lit from the upper left. */
export function paintLemon(ctx: Brush, [x, y]: Point, size: number, turn: number): void {
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(turn);
  const body = () => {
    ctx.moveTo(-size * 1.22, 0);
    ctx.bezierCurveTo(-size * 1.05, -size * 0.16, -size * 0.95, -size * 0.78, 0, -size * 0.8);
    ctx.bezierCurveTo(size * 0.9, -size * 0.78, size * 1.0, -size * 0.24, size * 1.3, -size * 0.05);
    ctx.bezierCurveTo(size * 1.36, size * 0.02, size * 1.3, size * 0.1, size * 1.24, size * 0.1);
    ctx.bezierCurveTo(size * 0.98, size * 0.34, size * 0.86, size * 0.78, 0, size * 0.8);
    ctx.bezierCurveTo(-size * 0.92, size * 0.78, -size * 1.05, size * 0.2, -size * 1.22, 0);
    ctx.closePath();
  };
  fillShape(
    ctx,
    ball(ctx, [0, 0], size * 1.4, { 0: '#fff3a0', 0.28: '#ffdf3d', 0.62: '#fbbf12', 0.86: '#d98a06', 1: '#b96d04' }, [
      -size * 0.36,
      -size * 0.42,
    ]),
    body,
  );
  inside(ctx, body, () => {
    const random = seeded(Math.round(size * 7));
    for (let i = 0; i < 240; i++) {
      const [px, py] = [between(random, -1.2, 1.3) * size, between(random, -0.8, 0.8) * size];
      ctx.fillStyle = random() > 0.5 ? veil('#fffbd2', 0.28) : veil('#b46c00', 0.2);
      ctx.fillRect(px, py, size * 0.022, size * 0.02);
    }
    blurred(ctx, size * 0.07, 'everywhere', () =>
      fillShape(ctx, veil('#ffffff', 0.75), () =>
        ctx.ellipse(-size * 0.34, -size * 0.46, size * 0.3, size * 0.1, -0.3, 0, 7),
      ),
    );
  });
  ctx.restore();
}

/** Drops of water on an upright cold surface, most of them small, each with its own light. */
export function paintDroplets(
  ctx: Brush,
  seed: number,
  count: number,
  place: (random: () => number) => Point,
  tint: string,
): void {
  const random = seeded(seed);
  for (let i = 0; i < count; i++) {
    const [x, y] = place(random);
    const r = 1.6 + random() ** 4 * 12;
    const squash = between(random, 0.95, 1.3);
    fillShape(ctx, veil(mix(tint, '#000000', 0.55), 0.4), () =>
      ctx.ellipse(x + r * 0.16, y + r * 0.24, r, r * squash, 0, 0, 7),
    );
    fillShape(
      ctx,
      ramp(ctx, [x - r, y - r], [x + r, y + r], {
        0: veil(mix(tint, '#000000', 0.3), 0.75),
        0.5: veil(tint, 0.35),
        1: veil('#ffffff', 0.85),
      }),
      () => ctx.ellipse(x, y, r, r * squash, 0, 0, 7),
    );
    fillShape(ctx, veil('#ffffff', 0.95), () => ctx.ellipse(x - r * 0.34, y - r * 0.4, r * 0.26, r * 0.2, -0.6, 0, 7));
  }
}
