import { type Brush, blurred, fillShape, inside, ramp, restingShadow, strokeShape, trace, veil } from '../light.ts';

/** Saucer and the shadows under it. */
function paintSaucer(ctx: Brush, cx: number): void {
  blurred(ctx, 20, [390, 1210, 890, 310], () =>
    fillShape(ctx, veil('#1c0805', 0.7), () =>
      trace(ctx, [
        [470, 1330],
        [760, 1290],
        [1290, 1352],
        [1300, 1440],
        [1000, 1440],
        [560, 1404],
      ]),
    ),
  );
  restingShadow(ctx, [cx + 26, 1372], 400, 64, '#160504', 0.85);
  // Saucer: underside, then a dished top that is bright at the near rim.
  fillShape(ctx, ramp(ctx, [230, 0], [980, 0], { 0: '#c98f66', 0.3: '#a8623f', 1: '#47190f' }), () =>
    ctx.ellipse(cx, 1350, 366, 62, 0, 0, 7),
  );
  fillShape(ctx, ramp(ctx, [230, 0], [980, 0], { 0: '#fff1d8', 0.35: '#e9c19a', 1: '#8e5033' }), () =>
    ctx.ellipse(cx, 1336, 368, 60, 0, 0, 7),
  );
  fillShape(ctx, ramp(ctx, [300, 0], [920, 0], { 0: '#c58f68', 0.5: '#e2b389', 1: '#b0714b' }), () =>
    ctx.ellipse(cx, 1338, 330, 49, 0, 0, 7),
  );
  blurred(ctx, 12, [cx - 230, 1270, 560, 150], () =>
    fillShape(ctx, veil('#3a120a', 0.75), () => ctx.ellipse(cx + 46, 1344, 220, 32, 0, 0, 7)),
  );
}

function paintHandle(ctx: Brush): void {
  const handle = () => {
    ctx.moveTo(828, 990);
    ctx.bezierCurveTo(1030, 930, 1040, 1180, 790, 1206);
  };
  strokeShape(ctx, '#3d160d', 50, handle);
  strokeShape(ctx, ramp(ctx, [830, 960], [960, 1200], { 0: '#e0a87c', 0.45: '#9c5a3a', 1: '#5f2a1b' }), 43, handle);
  blurred(ctx, 3, [820, 930, 200, 200], () =>
    strokeShape(ctx, veil('#ffdcae', 0.75), 7, () => {
      ctx.moveTo(850, 971);
      ctx.bezierCurveTo(960, 945, 1000, 1030, 960, 1100);
    }),
  );
}

function paintBody(ctx: Brush, cx: number): void {
  const body = () => {
    ctx.moveTo(cx - 258, 912);
    ctx.bezierCurveTo(cx - 254, 1150, cx - 190, 1290, cx - 122, 1326);
    ctx.bezierCurveTo(cx - 60, 1344, cx + 60, 1344, cx + 122, 1326);
    ctx.bezierCurveTo(cx + 190, 1290, cx + 254, 1150, cx + 258, 912);
    ctx.closePath();
  };
  fillShape(
    ctx,
    ramp(ctx, [cx - 262, 0], [cx + 262, 0], {
      0: '#e6bd95',
      0.1: '#fff0d6',
      0.3: '#f9dcb6',
      0.56: '#d39a6e',
      0.82: '#84462d',
      0.93: '#6f3522',
      1: '#b86b42',
    }),
    body,
  );
  inside(ctx, body, () => {
    // The dipped glaze: a wavering edge, darker, with its own highlight.
    const dip = () => {
      ctx.moveTo(cx - 300, 1130);
      ctx.bezierCurveTo(cx - 180, 1176, cx - 60, 1092, cx + 60, 1136);
      ctx.bezierCurveTo(cx + 150, 1170, cx + 210, 1124, cx + 300, 1140);
      ctx.lineTo(cx + 300, 1400);
      ctx.lineTo(cx - 300, 1400);
      ctx.closePath();
    };
    fillShape(
      ctx,
      ramp(ctx, [cx - 230, 0], [cx + 230, 0], {
        0: '#8f4325',
        0.16: '#d4713c',
        0.34: '#b1542b',
        0.62: '#6b2a18',
        0.9: '#34110b',
        1: '#7c3a22',
      }),
      dip,
    );
    blurred(ctx, 10, 'everywhere', () =>
      fillShape(ctx, veil('#fff6e4', 0.6), () => ctx.ellipse(cx - 176, 1010, 17, 92, 0.1, 0, 7)),
    );
    blurred(ctx, 7, 'everywhere', () =>
      fillShape(ctx, veil('#ffd9a8', 0.5), () => ctx.ellipse(cx - 140, 1200, 10, 60, 0.34, 0, 7)),
    );
    ctx.fillStyle = ramp(ctx, [0, 1180], [0, 1340], { 0: veil('#2a0c06', 0), 1: veil('#2a0c06', 0.6) });
    ctx.fillRect(cx - 300, 1180, 600, 170);
  });
}

function paintRim(ctx: Brush, cx: number): void {
  fillShape(ctx, ramp(ctx, [cx - 258, 0], [cx + 258, 0], { 0: '#fff6e6', 0.5: '#f5d9b4', 1: '#bb7a52' }), () =>
    ctx.ellipse(cx, 912, 258, 60, 0, 0, 7),
  );
  fillShape(ctx, ramp(ctx, [cx - 240, 0], [cx + 240, 0], { 0: '#8d5436', 0.6: '#cf9a70', 1: '#efc69c' }), () =>
    ctx.ellipse(cx, 914, 242, 52, 0, 0, 7),
  );
  inside(
    ctx,
    () => ctx.ellipse(cx, 914, 242, 52, 0, 0, 7),
    () => {
      fillShape(ctx, ramp(ctx, [cx - 230, 0], [cx + 230, 0], { 0: '#5a2713', 0.5: '#8b4520', 1: '#c47a3d' }), () =>
        ctx.ellipse(cx, 932, 232, 46, 0, 0, 7),
      );
      fillShape(ctx, ramp(ctx, [cx - 220, 0], [cx + 220, 0], { 0: '#1d0a05', 0.6: '#3a170a', 1: '#5e2b14' }), () =>
        ctx.ellipse(cx, 935, 216, 39, 0, 0, 7),
      );
      blurred(ctx, 5, 'everywhere', () =>
        fillShape(ctx, veil('#ffb468', 0.55), () => ctx.ellipse(cx + 90, 944, 74, 9, -0.06, 0, 7)),
      );
    },
  );
}

/** A dipped stoneware cup on its saucer, light from the left, standing at x = `cx`. */
export function paintCup(ctx: Brush, cx: number): void {
  paintSaucer(ctx, cx);
  paintHandle(ctx);
  paintBody(ctx, cx);
  paintRim(ctx, cx);
}
