/** One look-up for every phrase of the word tables: longest match first, plain spelling. */

import { BUNDLES, type BundlePart } from './bundles.ts';
import type { Rgb } from './colours.ts';
import { fromHex, isThingFirst, mix, namedColour, saturate } from './colours.ts';
import { SCENE_WORDS, type SceneWord } from './scene-words.ts';
import { FILLERS, JOINS, LESS, NEGATIONS, REMOVALS, STRENGTHS, TURNS, VERBS } from './small-words.ts';
import type { Token } from './tokenise-prompt.ts';
import { plainPhrase } from './tokenise-prompt.ts';
import { EFFECTS, type EffectId, effectEntry } from './words.ts';

export type Meaning =
  | { is: 'effect'; effect: EffectId }
  | { is: 'bundle'; parts: readonly BundlePart[] }
  | { is: 'strength'; factor: number }
  | { is: 'scene'; scene: SceneWord }
  | { is: 'colour'; colour: Rgb }
  | { is: 'negation' | 'removal' | 'join' | 'turn' | 'verb' | 'less' | 'more' | 'filler' };

const LONGEST = 5;
const phrases = new Map<string, Meaning>();
const scenes = new Map<string, Meaning>();

function learn(list: string, meaning: Meaning, into = phrases): void {
  for (const phrase of list.split(',')) if (phrase.trim()) into.set(plainPhrase(phrase), meaning);
}

// Later lines win where a word stands in two tables.
learn(FILLERS, { is: 'filler' });
learn(VERBS, { is: 'verb' });
for (const { phrases: list, factor } of STRENGTHS) learn(list, { is: 'strength', factor });
learn(JOINS, { is: 'join' });
learn(TURNS, { is: 'turn' });
learn(LESS, { is: 'less' });
learn('more, increased', { is: 'more' });
learn(REMOVALS, { is: 'removal' });
learn(NEGATIONS, { is: 'negation' });
for (const { phrases: list, parts } of BUNDLES) learn(list, { is: 'bundle', parts });
for (const id of Object.keys(EFFECTS) as EffectId[]) learn(effectEntry(id).phrases, { is: 'effect', effect: id });
for (const scene of SCENE_WORDS) learn(scene.phrases, { is: 'scene', scene }, scenes);

/** What stands at `at`, and how many tokens it takes; undefined for a word nobody taught us. */
export function lookUp(
  tokens: readonly Token[],
  at: number,
  options: { scenes?: boolean } = {},
): { meaning: Meaning; length: number } | undefined {
  const first = tokens[at];
  if (!first || first.kind === 'mark') return undefined;
  if (first.kind === 'hex') return { meaning: { is: 'colour', colour: fromHex(first.raw.slice(1)) }, length: 1 };
  const shape = shapeOf(first.word);
  if (shape) return { meaning: { is: 'effect', effect: shape }, length: 1 };
  let run = 1;
  while (run < LONGEST && tokens[at + run]?.kind === 'word') run++;
  for (let length = run; length > 0; length--) {
    const words = tokens.slice(at, at + length).map((token) => token.word);
    const phrase = words.join(' ');
    const known =
      (options.scenes && (scenes.get(phrase) ?? (length === 1 ? singular(phrase, scenes) : undefined))) ||
      phrases.get(phrase);
    if (known) return { meaning: known, length };
    const colour = colourOf(words, tokens[at + length]?.word);
    if (colour) return { meaning: { is: 'colour', colour }, length };
  }
  const single = singular(first.word, phrases);
  return single && { meaning: single, length: 1 };
}

/** "1080x1920" asks for the shape that comes nearest. */
function shapeOf(word: string): EffectId | undefined {
  const sizes = /^(\d{1,5})x(\d{1,5})$/.exec(word);
  if (!sizes) return undefined;
  const ratio = Number(sizes[1]) / Number(sizes[2]);
  const shapes = [
    ['square', 1],
    ['story', 9 / 16],
    ['landscape', 16 / 9],
    ['portrait', 4 / 5],
  ] as const;
  return shapes.find(([, of]) => Math.abs(ratio / of - 1) < 0.08)?.[0];
}

/** True when the whole phrase is one entry, so that "vintage" in quotes can mean the effect. */
export function isKnownPhrase(tokens: readonly Token[]): boolean {
  const found = lookUp(tokens, 0);
  return found !== undefined && found.length === tokens.length && /effect|bundle|colour/.test(found.meaning.is);
}

function singular(word: string, table: Map<string, Meaning>): Meaning | undefined {
  if (word.length < 4) return undefined;
  if (word.endsWith('es') && table.has(word.slice(0, -2))) return table.get(word.slice(0, -2));
  return word.endsWith('s') ? table.get(word.slice(0, -1)) : undefined;
}

const SHADES: Record<string, (colour: Rgb) => Rgb> = {
  light: (c) => mix(c, [255, 255, 255], 0.45),
  pale: (c) => mix(saturate(c, 0.8), [255, 255, 255], 0.5),
  pastel: (c) => mix(saturate(c, 0.8), [255, 255, 255], 0.5),
  soft: (c) => mix(saturate(c, 0.75), [255, 255, 255], 0.3),
  dusty: (c) => mix(saturate(c, 0.5), [200, 190, 185], 0.25),
  dark: (c) => mix(c, [0, 0, 0], 0.5),
  deep: (c) => mix(saturate(c, 1.15), [0, 0, 0], 0.35),
  rich: (c) => mix(saturate(c, 1.2), [0, 0, 0], 0.15),
  bright: (c) => saturate(mix(c, [255, 255, 255], 0.1), 1.5),
  vivid: (c) => saturate(c, 1.6),
  hot: (c) => saturate(c, 1.5),
  electric: (c) => saturate(mix(c, [255, 255, 255], 0.1), 1.8),
  neon: (c) => saturate(mix(c, [255, 255, 255], 0.15), 2),
  royal: (c) => saturate(mix(c, [0, 0, 40], 0.2), 1.2),
  cool: (c) => mix(c, [40, 90, 255], 0.18),
};

function colourOf(words: readonly string[], next: string | undefined): Rgb | undefined {
  const joined = words.join('');
  const exact = words.length <= 3 ? namedColour(joined) : undefined;
  // "sky" alone is a place; "sky coloured" is a colour. Two-word names ("rose gold") are always colours.
  if (exact) return words.length === 1 && isThingFirst(joined) && next !== 'colored' ? undefined : exact;
  const shade = SHADES[words[0] ?? ''];
  const base = namedColour(words.slice(1).join(''));
  if (shade && base && words.length > 1) return shade(base);
  if (words.length !== 1) return undefined;
  const ish = /^(.{3,})(?:ish|y|en)$/.exec(joined);
  const stem = ish && (namedColour(ish[1]!) ?? namedColour(`${ish[1]!}e`) ?? namedColour(ish[1]!.slice(0, -1)));
  if (stem) return stem;
  return joined.endsWith('s') && joined.length > 3 ? namedColour(joined.slice(0, -1)) : undefined;
}
