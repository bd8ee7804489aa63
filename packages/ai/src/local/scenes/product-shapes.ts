/** The silhouettes of products: drawn at the origin, standing on it, in the light of one big window. */
import type { SKRSContext2D } from '@napi-rs/canvas';
import { css, luma, mix, type Rgb } from '../colours.ts';
import type { ProductShape } from '../scene-words.ts';

/** Colours of the wall, the product and what goes with it. */
export type Studio = { wall: Rgb; thing: Rgb; accent: Rgb };

/** Round things: dark rims, one broad light, one thin one. */
function roundFill(ctx: SKRSContext2D, left: number, right: number, colour: Rgb) {
  const fill = ctx.createLinearGradient(left, 0, right, 0);
  fill.addColorStop(0, css(mix(colour, [0, 0, 0], 0.5)));
  fill.addColorStop(0.14, css(mix(colour, [0, 0, 0], 0.12)));
  fill.addColorStop(0.26, css(mix(colour, [255, 255, 255], 0.5)));
  fill.addColorStop(0.36, css(mix(colour, [255, 255, 255], 0.1)));
  fill.addColorStop(0.68, css(mix(colour, [0, 0, 0], 0.14)));
  fill.addColorStop(0.9, css(mix(colour, [0, 0, 0], 0.4)));
  fill.addColorStop(0.96, css(mix(colour, [255, 255, 255], 0.16)));
  fill.addColorStop(1, css(mix(colour, [0, 0, 0], 0.4)));
  return fill;
}

function label(ctx: SKRSContext2D, box: { w: number; y: number; h: number }, studio: Studio): void {
  const { w, y, h } = box;
  ctx.fillStyle = roundFill(ctx, -w / 2, w / 2, mix(studio.accent, [255, 255, 255], 0.4));
  ctx.fillRect(-w / 2, y, w, h);
  const ink = luma(studio.thing) > 0.7 ? mix(studio.thing, [20, 20, 30], 0.8) : studio.thing;
  ctx.fillStyle = css(ink, 0.9);
  ctx.beginPath();
  ctx.arc(0, y + h * 0.38, Math.min(w, h) * 0.2, 0, Math.PI * 2);
  ctx.fill();
  for (const [at, long] of [
    [0.68, 0.52],
    [0.8, 0.34],
  ] as const)
    ctx.fillRect((-w * long) / 2, y + h * at, w * long, h * 0.045);
}

type Draw = (ctx: SKRSContext2D, t: number, studio: Studio) => void;

function vessel(ctx: SKRSContext2D, outline: readonly (readonly [number, number])[], colour: Rgb, t: number): void {
  const widest = Math.max(...outline.map(([x]) => x)) * t;
  ctx.fillStyle = roundFill(ctx, -widest, widest, colour);
  ctx.beginPath();
  // Through the points as one smooth line, and back mirrored.
  const path = [...outline, ...outline.map(([x, y]) => [-x, y] as const).toReversed()];
  path.forEach(([x, y], i) => {
    const [px, py] = path[Math.max(0, i - 1)]!;
    if (i === 0) ctx.moveTo(x * t, -y * t);
    else if (i === outline.length) ctx.lineTo(x * t, -y * t);
    else
      ctx.quadraticCurveTo(
        (Math.abs(x) > Math.abs(px) ? x : px) * t,
        -((Math.abs(x) > Math.abs(px) ? py : y) * t),
        x * t,
        -y * t,
      );
  });
  ctx.closePath();
  ctx.fill();
}

function cap(ctx: SKRSContext2D, box: { w: number; y: number; h: number }, colour: Rgb): void {
  ctx.fillStyle = roundFill(ctx, -box.w / 2, box.w / 2, colour);
  ctx.beginPath();
  ctx.roundRect(-box.w / 2, box.y, box.w, box.h, box.h * 0.14);
  ctx.fill();
}

const bottle: Draw = (ctx, t, s) => {
  vessel(
    ctx,
    [
      [0.17, 0],
      [0.19, 0.02],
      [0.19, 0.56],
      [0.15, 0.68],
      [0.068, 0.78],
      [0.062, 0.92],
    ],
    s.thing,
    t,
  );
  cap(ctx, { w: t * 0.15, y: -t * 1.0, h: t * 0.1 }, mix(s.accent, [255, 255, 255], 0.2));
  label(ctx, { w: t * 0.38, y: -t * 0.48, h: t * 0.32 }, s);
};

const can: Draw = (ctx, t, s) => {
  const steel: Rgb = [206, 210, 216];
  vessel(
    ctx,
    [
      [0.17, 0],
      [0.215, 0.05],
      [0.215, 0.78],
      [0.175, 0.84],
    ],
    s.thing,
    t,
  );
  cap(ctx, { w: t * 0.35, y: -t * 0.865, h: t * 0.03 }, steel);
  cap(ctx, { w: t * 0.34, y: -t * 0.016, h: t * 0.02 }, steel);
  ctx.save();
  ctx.beginPath();
  ctx.rect(-t * 0.215, -t * 0.74, t * 0.43, t * 0.62);
  ctx.clip();
  ctx.globalAlpha = 0.82;
  ctx.fillStyle = roundFill(ctx, -t * 0.215, t * 0.215, s.accent);
  for (let i = 0; i < 3; i++) {
    ctx.beginPath();
    ctx.moveTo(-t * 0.3, -t * (0.16 + i * 0.2));
    ctx.bezierCurveTo(-t * 0.1, -t * (0.34 + i * 0.2), t * 0.1, -t * (0.04 + i * 0.2), t * 0.3, -t * (0.28 + i * 0.2));
    ctx.lineTo(t * 0.3, -t * (0.22 + i * 0.2));
    ctx.bezierCurveTo(t * 0.1, t * (0.03 - i * 0.2), -t * 0.1, -t * (0.25 + i * 0.2), -t * 0.3, -t * (0.1 + i * 0.2));
    ctx.fill();
  }
  ctx.restore();
};

const cup: Draw = (ctx, t, s) => {
  ctx.strokeStyle = css(mix(s.thing, [0, 0, 0], 0.22));
  ctx.lineWidth = t * 0.06;
  ctx.beginPath();
  ctx.ellipse(t * 0.31, -t * 0.29, t * 0.13, t * 0.15, 0, -1.75, 1.75);
  ctx.stroke();
  vessel(
    ctx,
    [
      [0.2, 0],
      [0.25, 0.04],
      [0.31, 0.22],
      [0.325, 0.53],
    ],
    s.thing,
    t,
  );
  ctx.fillStyle = css(mix(s.thing, [255, 255, 255], 0.4));
  ctx.beginPath();
  ctx.ellipse(0, -t * 0.53, t * 0.325, t * 0.06, 0, 0, Math.PI * 2);
  ctx.fill();
  const brew = ctx.createLinearGradient(-t * 0.3, 0, t * 0.3, 0);
  brew.addColorStop(0, css([64, 34, 20]));
  brew.addColorStop(0.4, css([170, 110, 66]));
  brew.addColorStop(1, css([74, 40, 24]));
  ctx.fillStyle = brew;
  ctx.beginPath();
  ctx.ellipse(0, -t * 0.522, t * 0.292, t * 0.046, 0, 0, Math.PI * 2);
  ctx.fill();
  ctx.strokeStyle = 'rgba(255, 255, 255, 0.5)';
  ctx.lineCap = 'round';
  ctx.lineWidth = t * 0.028;
  ctx.filter = `blur(${(t * 0.018).toFixed(1)}px)`;
  for (const dx of [-0.1, 0.02, 0.14]) {
    ctx.beginPath();
    ctx.moveTo(dx * t, -t * 0.6);
    ctx.bezierCurveTo((dx - 0.08) * t, -t * 0.72, (dx + 0.09) * t, -t * 0.8, dx * t, -t * 0.95);
    ctx.stroke();
  }
  ctx.filter = 'none';
};

const shoe: Draw = (ctx, t, s) => {
  const sole = ctx.createLinearGradient(0, -t * 0.13, 0, 0);
  sole.addColorStop(0, css([255, 255, 255]));
  sole.addColorStop(1, css([206, 204, 204]));
  const upper = ctx.createLinearGradient(-t * 0.4, -t * 0.5, t * 0.3, 0);
  upper.addColorStop(0, css(mix(s.thing, [255, 255, 255], 0.28)));
  upper.addColorStop(0.55, css(s.thing));
  upper.addColorStop(1, css(mix(s.thing, [0, 0, 0], 0.35)));
  ctx.fillStyle = upper;
  ctx.beginPath();
  ctx.moveTo(-t * 0.5, -t * 0.08);
  ctx.bezierCurveTo(-t * 0.54, -t * 0.22, -t * 0.5, -t * 0.38, -t * 0.44, -t * 0.46);
  ctx.bezierCurveTo(-t * 0.38, -t * 0.4, -t * 0.28, -t * 0.36, -t * 0.17, -t * 0.44);
  ctx.bezierCurveTo(-t * 0.08, -t * 0.34, t * 0.08, -t * 0.26, t * 0.26, -t * 0.23);
  ctx.bezierCurveTo(t * 0.46, -t * 0.2, t * 0.55, -t * 0.16, t * 0.55, -t * 0.08);
  ctx.closePath();
  ctx.fill();
  ctx.fillStyle = css(mix(s.accent, [255, 255, 255], 0.25), 0.95);
  ctx.beginPath();
  ctx.moveTo(-t * 0.33, -t * 0.1);
  ctx.bezierCurveTo(-t * 0.2, -t * 0.15, t * 0.0, -t * 0.22, t * 0.08, -t * 0.28);
  ctx.bezierCurveTo(t * 0.04, -t * 0.18, -t * 0.1, -t * 0.11, -t * 0.24, -t * 0.085);
  ctx.closePath();
  ctx.fill();
  ctx.strokeStyle = css([255, 255, 255], 0.95);
  ctx.lineWidth = t * 0.019;
  ctx.lineCap = 'round';
  for (let i = 0; i < 5; i++) {
    const [x, y] = [-t * 0.13 + i * t * 0.062, -t * (0.405 - i * 0.034)];
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x - t * 0.055, y + t * 0.065);
    ctx.stroke();
  }
  ctx.fillStyle = sole;
  ctx.beginPath();
  ctx.moveTo(-t * 0.53, -t * 0.1);
  ctx.bezierCurveTo(-t * 0.2, -t * 0.075, t * 0.2, -t * 0.085, t * 0.56, -t * 0.105);
  ctx.bezierCurveTo(t * 0.6, -t * 0.05, t * 0.56, 0, t * 0.46, 0);
  ctx.lineTo(-t * 0.46, 0);
  ctx.bezierCurveTo(-t * 0.55, 0, -t * 0.56, -t * 0.05, -t * 0.53, -t * 0.1);
  ctx.fill();
};

const box: Draw = (ctx, t, s) => {
  const face = (points: readonly (readonly [number, number])[], colour: Rgb) => {
    ctx.fillStyle = css(colour);
    ctx.beginPath();
    for (const [x, y] of points) ctx.lineTo(x * t, -y * t);
    ctx.fill();
  };
  face(
    [
      [-0.34, 0.06],
      [0.04, -0.03],
      [0.04, 0.5],
      [-0.34, 0.55],
    ],
    mix(s.thing, [255, 255, 255], 0.14),
  );
  face(
    [
      [0.04, -0.03],
      [0.36, 0.07],
      [0.36, 0.56],
      [0.04, 0.5],
    ],
    mix(s.thing, [0, 0, 0], 0.3),
  );
  face(
    [
      [-0.34, 0.55],
      [0.04, 0.5],
      [0.36, 0.56],
      [-0.01, 0.62],
    ],
    mix(s.thing, [255, 255, 255], 0.4),
  );
  const ribbon = mix(s.accent, [255, 255, 255], 0.2);
  face(
    [
      [-0.19, 0.025],
      [-0.11, 0.005],
      [-0.11, 0.52],
      [-0.19, 0.53],
    ],
    ribbon,
  );
  face(
    [
      [0.17, 0.01],
      [0.23, 0.03],
      [0.23, 0.535],
      [0.17, 0.525],
    ],
    mix(ribbon, [0, 0, 0], 0.22),
  );
  ctx.strokeStyle = css(ribbon);
  ctx.lineWidth = t * 0.045;
  for (const way of [-1, 1]) {
    ctx.beginPath();
    ctx.ellipse(way * t * 0.1, -t * 0.66, t * 0.1, t * 0.06, way * -0.5, 0, Math.PI * 2);
    ctx.stroke();
  }
};

const jar: Draw = (ctx, t, s) => {
  vessel(
    ctx,
    [
      [0.26, 0],
      [0.29, 0.03],
      [0.29, 0.36],
      [0.27, 0.4],
    ],
    s.thing,
    t,
  );
  cap(ctx, { w: t * 0.6, y: -t * 0.56, h: t * 0.17 }, mix(s.accent, [214, 160, 90], 0.35));
  label(ctx, { w: t * 0.58, y: -t * 0.32, h: t * 0.22 }, s);
};

const perfume: Draw = (ctx, t, s) => {
  const glass = ctx.createLinearGradient(-t * 0.24, -t * 0.5, t * 0.24, 0);
  glass.addColorStop(0, css(mix(s.thing, [255, 255, 255], 0.72), 0.9));
  glass.addColorStop(0.5, css(mix(s.thing, [255, 255, 255], 0.2), 0.9));
  glass.addColorStop(1, css(mix(s.thing, [0, 0, 0], 0.28), 0.95));
  ctx.fillStyle = glass;
  ctx.beginPath();
  ctx.roundRect(-t * 0.24, -t * 0.52, t * 0.48, t * 0.52, t * 0.05);
  ctx.fill();
  ctx.strokeStyle = 'rgba(255, 255, 255, 0.65)';
  ctx.lineWidth = t * 0.012;
  ctx.stroke();
  ctx.fillStyle = css(s.thing, 0.55);
  ctx.beginPath();
  ctx.roundRect(-t * 0.19, -t * 0.36, t * 0.38, t * 0.31, t * 0.03);
  ctx.fill();
  cap(ctx, { w: t * 0.13, y: -t * 0.58, h: t * 0.07 }, [226, 186, 108]);
  cap(ctx, { w: t * 0.22, y: -t * 0.8, h: t * 0.23 }, mix(s.thing, [20, 16, 24], 0.72));
  ctx.fillStyle = css(s.accent, 0.9);
  ctx.fillRect(-t * 0.1, -t * 0.26, t * 0.2, t * 0.11);
};

const tube: Draw = (ctx, t, s) => {
  vessel(
    ctx,
    [
      [0.12, 0.14],
      [0.15, 0.2],
      [0.17, 0.9],
    ],
    s.thing,
    t,
  );
  ctx.fillStyle = css(mix(s.thing, [255, 255, 255], 0.35));
  ctx.fillRect(-t * 0.17, -t * 0.93, t * 0.34, t * 0.05);
  cap(ctx, { w: t * 0.23, y: -t * 0.16, h: t * 0.16 }, mix(s.accent, [255, 255, 255], 0.3));
  label(ctx, { w: t * 0.3, y: -t * 0.72, h: t * 0.36 }, s);
};

const phone: Draw = (ctx, t, s) => {
  ctx.fillStyle = css([20, 20, 26]);
  ctx.beginPath();
  ctx.roundRect(-t * 0.23, -t * 0.92, t * 0.46, t * 0.92, t * 0.065);
  ctx.fill();
  const screen = ctx.createLinearGradient(-t * 0.2, -t * 0.9, t * 0.2, 0);
  screen.addColorStop(0, css(mix(s.thing, [255, 255, 255], 0.3)));
  screen.addColorStop(0.5, css(s.thing));
  screen.addColorStop(1, css(mix(s.wall, s.accent, 0.5)));
  ctx.fillStyle = screen;
  ctx.beginPath();
  ctx.roundRect(-t * 0.212, -t * 0.9, t * 0.424, t * 0.88, t * 0.05);
  ctx.fill();
  ctx.fillStyle = css([20, 20, 26]);
  ctx.beginPath();
  ctx.roundRect(-t * 0.06, -t * 0.885, t * 0.12, t * 0.026, t * 0.013);
  ctx.fill();
  ctx.fillStyle = 'rgba(255, 255, 255, 0.88)';
  for (let i = 0; i < 12; i++) {
    ctx.globalAlpha = i > 7 ? 0.9 : 0.45;
    ctx.beginPath();
    ctx.roundRect(
      -t * 0.17 + (i % 4) * t * 0.092,
      -t * 0.62 + Math.floor(i / 4) * t * 0.11 + (i > 7 ? t * 0.26 : 0),
      t * 0.066,
      t * 0.066,
      t * 0.018,
    );
    ctx.fill();
  }
  ctx.globalAlpha = 1;
};

const watch: Draw = (ctx, t, s) => {
  ctx.fillStyle = roundFill(ctx, -t * 0.13, t * 0.13, s.thing);
  ctx.beginPath();
  ctx.roundRect(-t * 0.13, -t * 0.95, t * 0.26, t * 0.95, t * 0.05);
  ctx.fill();
  const disc = (r: number, colour: Rgb) => {
    ctx.fillStyle = css(colour);
    ctx.beginPath();
    ctx.arc(0, -t * 0.48, r * t, 0, Math.PI * 2);
    ctx.fill();
  };
  disc(0.235, [120, 122, 130]);
  disc(0.222, [228, 230, 236]);
  disc(0.195, mix(s.accent, [255, 255, 255], 0.55));
  ctx.strokeStyle = css([24, 24, 32]);
  ctx.lineCap = 'round';
  for (let i = 0; i < 12; i++) {
    const turn = (i / 12) * Math.PI * 2;
    ctx.lineWidth = t * (i % 3 === 0 ? 0.012 : 0.006);
    ctx.beginPath();
    ctx.moveTo(Math.cos(turn) * t * 0.16, -t * 0.48 + Math.sin(turn) * t * 0.16);
    ctx.lineTo(Math.cos(turn) * t * 0.178, -t * 0.48 + Math.sin(turn) * t * 0.178);
    ctx.stroke();
  }
  for (const [turn, long, wide] of [
    [-2.55, 0.1, 0.016],
    [-0.55, 0.145, 0.011],
  ] as const) {
    ctx.lineWidth = t * wide;
    ctx.beginPath();
    ctx.moveTo(0, -t * 0.48);
    ctx.lineTo(Math.cos(turn) * t * long, -t * 0.48 + Math.sin(turn) * t * long);
    ctx.stroke();
  }
};

/** Draws a product standing at the origin, `t` pixels tall. */
export const SHAPES: Record<ProductShape, Draw> = { bottle, can, cup, shoe, box, jar, perfume, tube, phone, watch };
