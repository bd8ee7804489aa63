/** How lettering is to look: its place, colour, size and case, as people say them. */
import type { Rgb } from './colours.ts';
import { lookUp } from './lexicon.ts';
import type { Token } from './tokenise-prompt.ts';

export type TextPlace = { vertical?: 'top' | 'middle' | 'bottom'; horizontal?: 'left' | 'center' | 'right' };
export type TextStyle = { place?: TextPlace; colour?: Rgb; size?: number; upper?: boolean; glow?: boolean };

export const WRITERS = words('write type spell print stamp');
const FONTS = words(
  'letters letter text font fonts lettering type words writing typography characters capitals caps ink',
);
const TARGETS = words('it image picture photo ad photograph top');
export const SIZES: Record<string, number> = {
  big: 1.35,
  bigger: 1.35,
  large: 1.35,
  larger: 1.35,
  huge: 1.7,
  giant: 1.7,
  massive: 1.7,
  small: 0.55,
  smaller: 0.55,
  tiny: 0.38,
  little: 0.55,
  medium: 0.9,
  bold: 1.1,
};
export const SPOTS: Record<string, TextPlace> = {
  top: { vertical: 'top' },
  upper: { vertical: 'top' },
  above: { vertical: 'top' },
  header: { vertical: 'top' },
  bottom: { vertical: 'bottom' },
  lower: { vertical: 'bottom' },
  footer: { vertical: 'bottom' },
  below: { vertical: 'bottom' },
  middle: { vertical: 'middle', horizontal: 'center' },
  center: { vertical: 'middle', horizontal: 'center' },
  centered: { horizontal: 'center' },
  left: { horizontal: 'left' },
  right: { horizontal: 'right' },
};
const SPOT_TAILS = words('corner third half part edge side area of center middle');

export function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}

/** True where a thought ends: nothing more, a mark, or a joining word. */
export function endsClause(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  return (
    !token || /^[.,;!?)\n]$/.test(token.raw) || /^(and|but|then|with|on|at|please|in|to|over|plus)$/.test(token.word)
  );
}

/** Reads 'in gold', 'at the top left', 'big', 'in capital letters' from `at`. `worded`: it opened with a preposition. */
export function readStyle(
  tokens: readonly Token[],
  at: number,
  isLoose = false,
): { style: TextStyle; next: number; worded: boolean } {
  const style: TextStyle = {};
  let next = at;
  let worded = false;
  for (let i = at; i < tokens.length && i < at + 16; ) {
    const before = i;
    let prepositions = 0;
    while (
      /^(in|at|on|near|along|across|to|towards|is|be|should|with|using|the|a|very|and|written|placed|,|colored|it|that)$/.test(
        tokens[i]?.raw.toLowerCase() ?? '',
      ) &&
      i - before < 4
    ) {
      if (/^(in|at|on|near|along|across|is|be|using|to)$/.test(tokens[i]!.word)) prepositions++;
      i++;
    }
    const trait = { ...style };
    const read = readTrait(tokens, i, trait);
    if (read === i) {
      const isTarget = prepositions > 0 && TARGETS.has(tokens[i]?.word ?? '') && endsClause(tokens, i + 1);
      if (isTarget) next = i + 1;
      break;
    }
    // "… and at the bottom write WORLD": that place belongs to the words to come.
    if (
      !isLoose &&
      (WRITERS.has(tokens[read]?.word ?? '') || /^(add|put|place|:)$/.test(tokens[read]?.raw.toLowerCase() ?? ''))
    )
      break;
    Object.assign(style, trait);
    worded ||= prepositions > 0;
    i = read;
    while (FONTS.has(tokens[i]?.word ?? '')) i++;
    next = i;
  }
  return { style, next, worded };
}

function readTrait(tokens: readonly Token[], at: number, style: TextStyle): number {
  const token = tokens[at];
  if (!token) return at;
  if (
    /^(capital|capitals|caps|uppercase|block)$/.test(token.word) ||
    (token.word === 'all' && tokens[at + 1]?.word === 'caps')
  ) {
    style.upper = true;
    return at + (token.word === 'all' ? 2 : 1);
  }
  if (/^(neon|glowing)$/.test(token.word)) {
    style.glow = true;
    const colour = lookUp(tokens, at + 1);
    if (colour?.meaning.is !== 'colour') return at + 1;
    style.colour = colour.meaning.colour;
    return at + 1 + colour.length;
  }
  const spot = SPOTS[token.word];
  if (spot) {
    let i = at;
    while (SPOTS[tokens[i]?.word ?? ''] || SPOT_TAILS.has(tokens[i]?.word ?? '')) {
      style.place = { ...(SPOTS[tokens[i]!.word] ?? {}), ...style.place };
      i++;
    }
    return i;
  }
  const size = SIZES[token.word];
  if (size !== undefined) {
    style.size = size;
    return at + 1;
  }
  const known = lookUp(tokens, at);
  if (known?.meaning.is !== 'colour') return at;
  style.colour = known.meaning.colour;
  return at + known.length;
}
