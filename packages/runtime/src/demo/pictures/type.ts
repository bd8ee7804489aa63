import { createRequire } from 'node:module';
import { GlobalFonts } from '@napi-rs/canvas';
import type { Brush } from './light.ts';

// One alias per cut: asking a shared family for a weight picks whichever cut was registered last.
const CUTS = {
  anton: ['@fontsource/anton/files/anton-latin-400-normal.woff2', 'Demo Anton'],
  fraunces: ['@fontsource/fraunces/files/fraunces-latin-900-normal.woff2', 'Demo Fraunces Black'],
  frauncesBook: ['@fontsource/fraunces/files/fraunces-latin-500-normal.woff2', 'Demo Fraunces Book'],
  frauncesItalic: ['@fontsource/fraunces/files/fraunces-latin-500-italic.woff2', 'Demo Fraunces Italic'],
  frauncesBlackItalic: ['@fontsource/fraunces/files/fraunces-latin-900-italic.woff2', 'Demo Fraunces Black Italic'],
  inter: ['@fontsource/inter/files/inter-latin-500-normal.woff2', 'Demo Inter'],
  interBold: ['@fontsource/inter/files/inter-latin-700-normal.woff2', 'Demo Inter Bold'],
  interBlack: ['@fontsource/inter/files/inter-latin-900-normal.woff2', 'Demo Inter Black'],
  grotesk: ['@fontsource/space-grotesk/files/space-grotesk-latin-500-normal.woff2', 'Demo Grotesk'],
  groteskBold: ['@fontsource/space-grotesk/files/space-grotesk-latin-700-normal.woff2', 'Demo Grotesk Bold'],
} as const;

export type Face = keyof typeof CUTS;

const require = createRequire(import.meta.url);
let areFacesLoaded = false;

/** Makes the poster faces known to the canvas; cheap after the first call. Throws if a font file is missing. */
export function loadFaces(): void {
  if (areFacesLoaded) return;
  for (const [file, alias] of Object.values(CUTS)) {
    if (!GlobalFonts.registerFromPath(require.resolve(file), alias)) throw new Error(`Cannot load the font ${file}`);
  }
  areFacesLoaded = true;
}

export interface Setting {
  x: number;
  /** The baseline. */
  y: number;
  face: Face;
  /** Pixels per em. */
  size: number;
  /** Space between letters in em. */
  tracking?: number;
  align?: 'left' | 'center' | 'right';
  colour: string | CanvasGradient;
}

function applyFace(ctx: Brush, face: Face, size: number, tracking: number): void {
  ctx.font = `${size}px "${CUTS[face][1]}"`;
  ctx.letterSpacing = `${size * tracking}px`;
  ctx.fontKerning = 'normal';
}

/** The width in pixels that a line will take, without the space after its last letter. */
export function measureLine(ctx: Brush, text: string, face: Face, size: number, tracking = 0): number {
  ctx.save();
  applyFace(ctx, face, size, tracking);
  const width = ctx.measureText(text).width - size * tracking;
  ctx.restore();
  return width;
}

/** The size at which a line is exactly `width` pixels wide. */
export function sizeToFit(ctx: Brush, text: string, face: Face, width: number, tracking = 0): number {
  return (width / measureLine(ctx, text, face, 100, tracking)) * 100;
}

/** Sets one line of type, optically aligned: trailing letter space never shifts it. */
export function setLine(ctx: Brush, text: string, setting: Setting): void {
  const { x, y, face, size, tracking = 0, align = 'left', colour } = setting;
  const width = measureLine(ctx, text, face, size, tracking);
  const left = align === 'left' ? x : align === 'center' ? x - width / 2 : x - width;
  ctx.save();
  applyFace(ctx, face, size, tracking);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  ctx.fillStyle = colour;
  ctx.fillText(text, left, y);
  ctx.restore();
}

/** Sets several lines under one another, `leading` em apart. */
export function setLines(ctx: Brush, lines: readonly string[], setting: Setting & { leading: number }): void {
  lines.forEach((line, i) => {
    setLine(ctx, line, { ...setting, y: setting.y + i * setting.size * setting.leading });
  });
}
