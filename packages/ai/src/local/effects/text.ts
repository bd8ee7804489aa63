/** Lettering: set in the bundled faces, fitted, placed in the calm, and made readable. */
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { css, mix, relativeLuminance } from '../colours.ts';
import {
  chooseInk,
  type Ink,
  type Layout,
  LINE_HEIGHT,
  measureCalm,
  type Placement,
  placeText,
} from '../place-text.ts';
import type { TextAsk } from '../read-text.ts';
import type { Effect, EffectKit } from './effect.ts';

const MAX_LETTERS = 280;

export const text: Effect = async (raster, step, kit) => {
  const ask = step.text;
  if (!ask) return raster;
  const words = tidyWords(ask, kit);
  if (!words) {
    kit.giveUp(`My fonts cannot write “${ask.words}”.`);
    return raster;
  }
  // The first words without a place of their own go on a polaroid's paper.
  const caption = ask.place ? undefined : kit.page.caption;
  if (caption) delete kit.page.caption;
  const area = kit.page.picture ?? { x: 0, y: 0, width: raster.width, height: raster.height };
  const family = kit.fonts.inDisplay(words) && [...words].length <= 60 ? kit.fonts.display : kit.fonts.text;
  const layouts = layOut(words, family, caption ? 2 : 7);
  const map = await measureCalm(raster);
  const placement = caption
    ? setCaption(layouts, caption)
    : placeText(map, layouts, {
        area,
        place: ask.place,
        sizeFactor: ask.size ?? 1,
        letters: [...words].length,
        taken: kit.lettered,
      });
  if (!placement) {
    kit.giveUp('There was no room for the words.');
    return raster;
  }
  kit.lettered.push(placement.box);
  const ink = chooseInk(map, placement.box, ask.colour);
  return kit.paintLetters(raster, (ctx) =>
    drawLettering(ctx, placement, {
      family,
      ink,
      glow: ask.glow === true,
      isRtl: /^\P{L}*[\p{Script=Hebrew}\p{Script=Arabic}]/u.test(words),
    }),
  );
};

function tidyWords(ask: TextAsk, kit: EffectKit): string {
  // At most two marks on a letter: more would climb out of the picture.
  let words = ask.words
    .replace(/(\p{M}{2})\p{M}+/gu, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  if (ask.upper) words = words.toUpperCase();
  const missing = kit.fonts.missing(words);
  if (missing.length > 0) {
    words = [...words]
      .filter((c) => !missing.includes(c))
      .join('')
      .replace(/\s+/g, ' ')
      .trim();
    if (!/[\p{L}\p{N}\p{S}\p{P}]/u.test(words)) return '';
    kit.notes.push(`My fonts have no letter for: ${missing.slice(0, 12).join(' ')}`);
  }
  const letters = [...words];
  if (letters.length <= MAX_LETTERS) return words;
  kit.notes.push(`The words were shortened to ${MAX_LETTERS} characters so that they stay readable.`);
  return `${letters
    .slice(0, MAX_LETTERS - 1)
    .join('')
    .trimEnd()}…`;
}

/** The words broken evenly into one line, two lines, and so on. */
function layOut(words: string, family: string, most: number): Layout[] {
  const ctx = createCanvas(8, 8).getContext('2d');
  ctx.font = `100px ${family}`;
  const measure = (line: string) => ctx.measureText(line).width / 100;
  const parts = breakables(words);
  const widths = parts.map((part) => measure(part.text));
  const layouts: Layout[] = [];
  for (let count = 1; count <= Math.min(most + Math.floor(words.length / 40), parts.length); count++) {
    const lines = breakEvenly(parts, widths, count);
    if (lines.length !== count) continue;
    layouts.push({ lines, width: Math.max(...lines.map(measure), 0.3) });
  }
  return layouts;
}

type Part = { text: string; glued: boolean };

/** Words; and long runs without spaces (Chinese, Thai, or one endless word) cut where a line may end. */
function breakables(words: string): Part[] {
  const parts: Part[] = [];
  for (const word of words.split(' ')) {
    const letters = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(word)].map((s) => s.segment);
    if (letters.length <= 18 && !/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai}/u.test(word))
      parts.push({ text: word, glued: false });
    else {
      const bite = letters.length > 18 && /\p{Script=Latin}/u.test(word) ? 12 : 3;
      for (let i = 0; i < letters.length; i += bite)
        parts.push({ text: letters.slice(i, i + bite).join(''), glued: i > 0 });
    }
  }
  return parts;
}

function breakEvenly(parts: readonly Part[], widths: readonly number[], count: number): string[] {
  const space = 0.24;
  let [low, high] = [Math.max(...widths), widths.reduce((a, b) => a + b + space, 0)];
  const fill = (limit: number) => {
    const lines: string[] = [''];
    let wide = 0;
    parts.forEach((part, i) => {
      const gap = part.glued ? 0 : space;
      const last = lines.length - 1;
      if (lines[last] === '') [lines[last], wide] = [part.text, widths[i]!];
      else if (wide + gap + widths[i]! <= limit + 1e-6)
        [lines[last], wide] = [`${lines[last]}${part.glued ? '' : ' '}${part.text}`, wide + gap + widths[i]!];
      else {
        lines.push(part.text);
        wide = widths[i]!;
      }
    });
    return lines;
  };
  for (let i = 0; i < 18; i++) {
    const middle = (low + high) / 2;
    if (fill(middle).length > count) low = middle;
    else high = middle;
  }
  return fill(high);
}

function setCaption(
  layouts: readonly Layout[],
  area: { x: number; y: number; width: number; height: number },
): Placement | undefined {
  let best: Placement | undefined;
  for (const { lines, width } of layouts) {
    const size = Math.min(
      (area.width * 0.92) / width,
      (area.height * 0.86) / (lines.length * LINE_HEIGHT),
      area.height * 0.5,
    );
    if (best && best.size >= size) continue;
    const height = lines.length * size * LINE_HEIGHT;
    best = {
      lines,
      size,
      align: 'center',
      box: {
        x: area.x + (area.width - width * size) / 2,
        y: area.y + (area.height - height) / 2,
        width: width * size,
        height,
      },
    };
  }
  return best;
}

type Look = { family: string; ink: Ink; glow: boolean; isRtl: boolean };

function drawLettering(ctx: SKRSContext2D, placement: Placement, look: Look): void {
  const { lines, size, box, align } = placement;
  const { ink } = look;
  ctx.font = `${size.toFixed(2)}px ${look.family}`;
  ctx.textAlign = align;
  ctx.textBaseline = 'alphabetic';
  ctx.direction = look.isRtl ? 'rtl' : 'ltr';
  ctx.lineJoin = 'round';
  const x = align === 'left' ? box.x : align === 'right' ? box.x + box.width : box.x + box.width / 2;
  const each = (draw: (line: string, x: number, y: number) => void) => {
    lines.forEach((line, i) => {
      // Centre the capitals, not the em box, in their line.
      draw(line, x, box.y + size * (i * LINE_HEIGHT + LINE_HEIGHT / 2 + 0.38));
    });
  };
  if (ink.scrimAlpha > 0) {
    ctx.save();
    ctx.strokeStyle = css(ink.scrim, Math.min(1, ink.scrimAlpha * 1.25));
    ctx.lineWidth = size * 0.2;
    ctx.filter = `blur(${(size * 0.05).toFixed(1)}px)`;
    each((line, px, py) => ctx.strokeText(line, px, py));
    ctx.filter = `blur(${(size * 0.2).toFixed(1)}px)`;
    ctx.lineWidth = size * 0.34;
    ctx.strokeStyle = css(ink.scrim, ink.scrimAlpha * 0.55);
    each((line, px, py) => ctx.strokeText(line, px, py));
    ctx.restore();
  }
  const isLight = relativeLuminance(ink.colour) > 0.3;
  if (look.glow) {
    ctx.save();
    for (const [blur, alpha] of [
      [0.5, 0.75],
      [0.22, 0.9],
      [0.08, 1],
    ] as const) {
      ctx.filter = `blur(${(size * blur).toFixed(1)}px)`;
      ctx.strokeStyle = css(ink.colour, alpha);
      ctx.lineWidth = size * 0.09;
      each((line, px, py) => ctx.strokeText(line, px, py));
    }
    ctx.restore();
  } else if (isLight) {
    ctx.shadowColor = 'rgba(0, 0, 0, 0.5)';
    ctx.shadowBlur = size * 0.16;
    ctx.shadowOffsetY = size * 0.035;
  }
  ctx.fillStyle = css(look.glow ? mix(ink.colour, [255, 255, 255], 0.72) : ink.colour);
  each((line, px, py) => ctx.fillText(line, px, py));
}
