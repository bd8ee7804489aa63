import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';

/** Where every brush paints: an artboard whose long side is 1600 px. */
export type Brush = SKRSContext2D;
/** Colours by offset from 0 to 1. */
export type Stops = Readonly<Record<number, string>>;
export type Point = readonly [x: number, y: number];

function channels(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** `#rrggbb` with an opacity from 0 to 1. */
export function veil(hex: string, opacity: number): string {
  const [r, g, b] = channels(hex);
  return `rgba(${r}, ${g}, ${b}, ${Math.round(opacity * 1000) / 1000})`;
}

/** The colour `t` of the way from one `#rrggbb` to another. */
export function mix(from: string, to: string, t: number): string {
  const a = channels(from);
  const b = channels(to);
  const part = (i: 0 | 1 | 2) =>
    Math.round(a[i] + (b[i] - a[i]) * t)
      .toString(16)
      .padStart(2, '0');
  return `#${part(0)}${part(1)}${part(2)}`;
}

/** A straight gradient from one point to another. */
export function ramp(ctx: Brush, [x0, y0]: Point, [x1, y1]: Point, stops: Stops): CanvasGradient {
  const gradient = ctx.createLinearGradient(x0, y0, x1, y1);
  for (const [offset, colour] of Object.entries(stops)) gradient.addColorStop(Number(offset), colour);
  return gradient;
}

/** A round gradient; `[x, y]` is its centre, or the off-centre spot of highest light when `towards` is given. */
export function ball(ctx: Brush, [x, y]: Point, radius: number, stops: Stops, towards: Point = [x, y]): CanvasGradient {
  const gradient = ctx.createRadialGradient(towards[0], towards[1], 0, x, y, radius);
  for (const [offset, colour] of Object.entries(stops)) gradient.addColorStop(Number(offset), colour);
  return gradient;
}

/** From `hex` at the centre to nothing, along a bell curve: a plain two-stop fade shows its rim. */
function fallOff(hex: string, strength: number): Stops {
  const bell = [1, 0.88, 0.68, 0.46, 0.27, 0.13, 0.05, 0];
  return Object.fromEntries(bell.map((share, i) => [i / (bell.length - 1), veil(hex, share * strength)]));
}

/** Light that adds to what is there, and dies away without a visible rim. */
export function glow(ctx: Brush, [x, y]: Point, radius: number, hex: string, strength = 1): void {
  ctx.save();
  ctx.globalCompositeOperation = 'screen';
  ctx.fillStyle = ball(ctx, [x, y], radius, fallOff(hex, strength));
  ctx.fillRect(x - radius, y - radius, radius * 2, radius * 2);
  ctx.restore();
}

/** Haze laid over a soft ellipse, in the haze's own colour. */
export function haze(ctx: Brush, [x, y]: Point, rx: number, ry: number, hex: string, strength: number): void {
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(1, ry / rx);
  ctx.fillStyle = ball(ctx, [0, 0], rx, fallOff(hex, strength));
  ctx.fillRect(-rx, -rx, rx * 2, rx * 2);
  ctx.restore();
}

/** The soft dark under a thing that stands on something: a tight contact shadow inside a wide one. */
export function restingShadow(ctx: Brush, at: Point, rx: number, ry: number, hex: string, strength = 0.6): void {
  haze(ctx, at, rx, ry, hex, strength * 0.7);
  haze(ctx, at, rx * 0.72, ry * 0.45, hex, strength);
}

/** `[x, y, width, height]` in pixels. */
export type Box = readonly [x: number, y: number, width: number, height: number];

/**
 * Paints what `draw` fills or strokes out of focus by `radius` px. Nothing outside `box` is painted:
 * a blur costs as much as the area it may touch, so a small box makes it ten times cheaper.
 */
export function blurred(ctx: Brush, radius: number, box: Box | 'everywhere', draw: () => void): void {
  ctx.save();
  if (box !== 'everywhere') {
    ctx.beginPath();
    ctx.rect(...box);
    ctx.clip();
  }
  ctx.filter = `blur(${radius}px)`;
  draw();
  ctx.restore();
}

/** Paints `draw` only inside the shape that `outline` traces. */
export function inside(ctx: Brush, outline: () => void, draw: () => void): void {
  ctx.save();
  ctx.beginPath();
  outline();
  ctx.clip();
  draw();
  ctx.restore();
}

/** A separate transparent sheet, for masks and reflections. */
export function sheet(width: number, height: number, draw: (ctx: Brush) => void): Canvas {
  const canvas = createCanvas(Math.ceil(width), Math.ceil(height));
  draw(canvas.getContext('2d'));
  return canvas;
}

/** Traces a closed shape through points. */
export function trace(ctx: Brush, points: readonly Point[]): void {
  traceLine(ctx, points);
  ctx.closePath();
}

/** Traces an open line through points. */
export function traceLine(ctx: Brush, points: readonly Point[]): void {
  points.forEach(([x, y], i) => {
    if (i === 0) ctx.moveTo(x, y);
    else ctx.lineTo(x, y);
  });
}

/** Fills the shape that `outline` traces. */
export function fillShape(ctx: Brush, fill: string | CanvasGradient, outline: () => void): void {
  ctx.beginPath();
  outline();
  ctx.fillStyle = fill;
  ctx.fill();
}

/** Strokes the line that `outline` traces, with round ends. */
export function strokeShape(ctx: Brush, stroke: string | CanvasGradient, width: number, outline: () => void): void {
  ctx.beginPath();
  outline();
  ctx.strokeStyle = stroke;
  ctx.lineWidth = width;
  ctx.lineCap = 'round';
  ctx.lineJoin = 'round';
  ctx.stroke();
}
