import { type Brush, fillShape, inside, mix, type Point, ramp, strokeShape, trace, traceLine, veil } from '../light.ts';

// The viaduct is built in metres, seen by a camera at the origin, so that its curve and arches foreshorten truly.
const VIADUCT = { centreX: -58, centreZ: 46, radius: 112, deck: 13, arch: 0.138, focal: 1010 };

function project(angle: number, radius: number, height: number): Point {
  const x = VIADUCT.centreX + radius * Math.cos(angle);
  const z = VIADUCT.centreZ + radius * Math.sin(angle);
  return [640 + (VIADUCT.focal * x) / z, 1085 - (VIADUCT.focal * height) / z];
}

export function along(from: number, to: number, radius: number, height: (t: number) => number, steps = 24): Point[] {
  return Array.from({ length: steps + 1 }, (_, i) =>
    project(from + ((to - from) * i) / steps, radius, height(i / steps)),
  );
}

export function paintViaduct(ctx: Brush): void {
  const { radius, deck, arch } = VIADUCT;
  const inner = radius;
  const outer = radius + 5;
  const archTop = (t: number) => deck - 4.2 - 8.2 * (1 - Math.sqrt(Math.max(0, 1 - (2 * t - 1) ** 2)));
  for (let i = 15; i >= 0; i--) {
    const from = 0.02 + i * arch;
    const to = from + arch;
    const pier = arch * 0.13;
    const far = Math.min(1, i / 12);
    const stone = mix('#a85f45', '#d9a184', far);
    const shade = mix('#5d2f35', '#b98078', far);
    const [a, b] = [from + pier, to - pier];
    // The vault: what can be seen of the underside between the near and the far face.
    fillShape(ctx, shade, () => trace(ctx, [...along(a, b, inner, archTop), ...along(a, b, outer, archTop).reverse()]));
    for (const edge of [a, b]) {
      fillShape(ctx, shade, () =>
        trace(ctx, [
          project(edge, inner, deck - 12),
          project(edge, outer, deck - 12),
          project(edge, outer, -70),
          project(edge, inner, -70),
        ]),
      );
    }
    const face = () =>
      trace(ctx, [
        ...along(from, to, inner, () => deck),
        project(to, inner, -70),
        project(b, inner, -70),
        ...along(b, a, inner, archTop),
        project(a, inner, -70),
        project(from, inner, -70),
      ]);
    const [, topY] = project(from, inner, deck);
    const [, footY] = project(from, inner, -46);
    fillShape(
      ctx,
      ramp(ctx, [0, topY], [0, footY], {
        0: mix(stone, '#ffd7a6', 0.34),
        0.16: stone,
        0.6: mix(stone, shade, 0.45),
        1: '#dba98c',
      }),
      face,
    );
    inside(ctx, face, () => {
      for (let course = 0; course < 30; course++) {
        strokeShape(ctx, veil('#3d1c22', 0.13 - far * 0.06), 1.2, () =>
          traceLine(
            ctx,
            along(from, to, inner, () => deck - 2 - course * 2.3, 6),
          ),
        );
      }
      // Each pier's edge towards the light is caught by it.
      strokeShape(ctx, veil('#ffe3b5', 0.5), 3.4 - far * 1.6, () => {
        ctx.moveTo(...project(b + 0.002, inner, deck - 12));
        ctx.lineTo(...project(b + 0.002, inner, -40));
      });
    });
    strokeShape(ctx, veil('#ffdcae', 0.55), 2.2, () => traceLine(ctx, along(a, b, inner, archTop)));
    fillShape(ctx, mix('#ffdfb4', '#f3cba6', far), () =>
      trace(ctx, [
        ...along(from, to + 0.004, inner, () => deck + 1.3, 6),
        ...along(from, to + 0.004, inner, () => deck - 0.2, 6).reverse(),
      ]),
    );
  }
}

export function paintCurvedTrain(ctx: Brush): void {
  const { radius, deck } = VIADUCT;
  const track = radius + 1.6;
  const at = (low: number) => () => deck + low;
  for (let i = 4; i >= 0; i--) {
    const from = 0.42 + i * 0.19;
    const to = from + 0.18;
    const body = (low: number, high: number, a = from, b = to) =>
      trace(ctx, [...along(a, b, track, at(low), 10), ...along(a, b, track, at(high), 10).reverse()]);
    fillShape(ctx, '#3b161b', () => body(1, 6.9));
    fillShape(ctx, mix('#d13a22', '#c9503a', i / 5), () => body(1.5, 6.2));
    fillShape(ctx, '#f8e6c6', () => body(5.7, 6.25));
    fillShape(ctx, veil('#f8e6c6', 0.9), () => body(2.2, 2.5));
    for (let p = 0; p < 6; p++) {
      const a = from + 0.012 + p * 0.0272;
      fillShape(ctx, p % 3 === 1 ? '#fff0c4' : '#46303c', () => body(3.3, 5.3, a, a + 0.02));
    }
  }
}
