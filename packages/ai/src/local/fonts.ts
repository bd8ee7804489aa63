/** The bundled faces. Registered under names of our own so that no installed font can stand in for them. */
import { createRequire } from 'node:module';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { ProviderError } from '../port.ts';

/** Absolute paths of font files (woff2, ttf, otf), best first; later ones fill in missing letters. */
export type FontFiles = { display: readonly string[]; text: readonly string[] };

export type Fonts = {
  /** CSS family lists for a canvas `font`. */
  display: string;
  text: string;
  /** Letters no face can draw; they would come out as empty boxes. */
  missing(words: string): string[];
  /** True when the display face itself has every letter. */
  inDisplay(words: string): boolean;
};

const DISPLAY = ['latin', 'latin-ext', 'vietnamese'].map((s) => `@fontsource/anton/files/anton-${s}-400-normal.woff2`);
const TEXT = ['latin', 'latin-ext', 'vietnamese', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext'].map(
  (s) => `@fontsource/inter/files/inter-${s}-800-normal.woff2`,
);

/** Finds the files of the font packages beside this module, or beside the bundle it was built into. */
export function findFontFiles(): FontFiles {
  const { resolve } = createRequire(import.meta.url);
  return { display: DISPLAY.map((path) => resolve(path)), text: TEXT.map((path) => resolve(path)) };
}

/** Throws ProviderError 'misconfigured' when a file cannot be read as a font. */
export function loadFonts(files: FontFiles): Fonts {
  const families = (paths: readonly string[]) =>
    paths.map((path) => {
      const family = `Local ${path.replace(/[^a-z0-9]+/gi, ' ')}`;
      if (!GlobalFonts.has(family) && !GlobalFonts.registerFromPath(path, family))
        throw new ProviderError('local', 'misconfigured', { detail: `The font file ${path} could not be read.` });
      return family;
    });
  const display = families(files.display);
  const text = families(files.text);
  const list = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');
  const seen = new Map<string, boolean>();
  const draws = (letter: string, family: string) => {
    const key = `${family}|${letter}`;
    const known = seen.get(key);
    if (known !== undefined) return known;
    const answer = !looksLikeBox(letter, family);
    if (seen.size > 5000) seen.clear();
    seen.set(key, answer);
    return answer;
  };
  const whole = `${list(text)}, ${list(display)}, sans-serif`;
  return {
    display: `${list(display)}, ${whole}`,
    text: whole,
    missing: (words) => [...new Set(letters(words))].filter((letter) => !draws(letter, whole)),
    // Anton draws Latin of every kind; marks and figures come with it.
    inDisplay: (words) => /^[\p{Script=Latin}\p{N}\p{P}\p{S}\p{M}\s]*$/u.test(words),
  };
}

function letters(words: string): string[] {
  return [...words].filter((c) => !/\s|\p{M}|\p{Cf}|\p{Variation_Selector}/u.test(c));
}

/** A letter nobody has is drawn like a code point that can never be a letter. */
function looksLikeBox(letter: string, family: string): boolean {
  return glyph(letter, family) === glyph('\u{10fffd}', family);
}

function glyph(letter: string, family: string): string {
  const canvas = createCanvas(48, 48);
  const ctx = canvas.getContext('2d');
  ctx.font = `30px ${family}`;
  ctx.fillText(letter, 6, 36);
  const { data } = ctx.getImageData(0, 0, 48, 48);
  let h = 2166136261;
  for (let i = 3; i < data.length; i += 4) h = Math.imul(h ^ data[i]!, 16777619);
  return String(h);
}
