/** Walks through what was understood, left to right, and works out what belongs to what. */
import type { Rgb } from './colours.ts';
import type { Meaning } from './lexicon.ts';
import type { Step } from './plan.ts';
import type { Token } from './tokenise-prompt.ts';
import { type EffectId, effectEntry } from './words.ts';

/** A stretch of tokens with one meaning: `at` up to, not including, `end`. */
export type Item = { meaning: Meaning | { is: 'unknown' | 'text' | 'comma' | 'stop' }; at: number; end: number };

/** Colours named together. */
export type ColourGroup = { colours: Rgb[]; strength: number };

/** Walks the items once, left to right, with what has been said so far in the clause. */
export function readItems(items: readonly Item[], tokens: readonly Token[], text: string) {
  const steps: Step[] = [];
  const leftovers: string[] = [];
  const targets: string[] = [];
  const refused = new Set<EffectId>();
  const colourGroups: ColourGroup[] = [];
  let negatedFrom = -1;
  let negatedSomething = false;
  let factor = 1;
  let said = false;
  let less = false;
  let colours: { list: Rgb[]; end: number; from: number } | undefined;
  let lastSteps: Step[] = [];
  let awaitsColour = false;

  const flushColours = () => {
    if (colours) colourGroups.push({ colours: colours.list, strength: factor });
    if (colours) factor = 1;
    colours = undefined;
  };
  const push = (effect: EffectId, strength: number, of: Rgb[]) => {
    const opposite = less ? effectEntry(effect).opposite : undefined;
    const step: Step = {
      effect: opposite ?? effect,
      strength: less && !opposite ? strength * 0.5 : strength,
      colours: of,
    };
    steps.push(step);
    lastSteps.push(step);
  };

  for (let i = 0; i < items.length; i++) {
    const item = items[i]!;
    const meaning = item.meaning;
    switch (meaning.is) {
      case 'negation':
        negatedFrom = item.at;
        negatedSomething = false;
        break;
      case 'less':
        less = true;
        break;
      case 'more':
        if (nextMeaning(items, i) === 'strength') factor = 1;
        break;
      case 'strength':
        said = true;
        factor *= factor === 1 ? meaning.factor : meaning.factor > 1 ? 1.3 : 0.8;
        if (closesClause(items, i)) {
          for (const step of lastSteps) step.strength *= factor;
          factor = 1;
        }
        break;
      case 'colour': {
        if (negatedFrom >= 0) {
          negatedSomething = true;
          break;
        }
        const follower = followingUnknown(items, i);
        if (follower !== undefined && !awaitsColour) {
          // "a red dragon": the colour is the dragon's, not the picture's.
          leftovers.push(phraseOf(text, tokens, item.at, items[follower]!.end));
          i = follower;
          break;
        }
        const owner = lastSteps.at(-1);
        if (awaitsColour && owner) {
          owner.colours.push(meaning.colour);
          break;
        }
        if (colours && onlyJoinsBetween(items, colours.end, i)) {
          colours.list.push(meaning.colour);
          colours.end = i;
        } else {
          flushColours();
          colours = { list: [meaning.colour], end: i, from: i };
        }
        break;
      }
      case 'effect':
      case 'bundle': {
        const parts =
          meaning.is === 'effect' ? [{ effect: resolveLight(meaning.effect, items, i), strength: 1 }] : meaning.parts;
        if (meaning.is === 'effect' && isAdverbialLight(items, i)) {
          factor *= 0.5;
          break;
        }
        if (negatedFrom >= 0) {
          for (const p of parts) refused.add(p.effect);
          negatedSomething = true;
          break;
        }
        const joined = items[i - 1]?.meaning.is === 'join' && items[i - 2]?.meaning.is !== 'comma';
        if (!joined) lastSteps = [];
        const takes = parts.length === 1 && effectEntry(parts[0]!.effect).takesColour === true;
        const own = takes && colours && onlyFillersBetween(items, colours.end, i) ? colours.list : [];
        if (own.length > 0) colours = undefined;
        for (const p of parts)
          push(p.effect, p.strength * factor, [...('colours' in p && p.colours ? p.colours : []), ...own]);
        factor = 1;
        less = false;
        awaitsColour = takes && own.length === 0 && colourIsNear(items, i);
        break;
      }
      case 'removal': {
        const end = clauseEnd(items, i);
        const until = items[end - 1]!;
        leftovers.push(phraseOf(text, tokens, item.at, until.end));
        i = end - 1;
        break;
      }
      case 'unknown': {
        const end = unknownEnd(items, i);
        const from = negatedFrom >= 0 && item.at - negatedFrom < 4 && !negatedSomething ? negatedFrom : item.at;
        const phrase = phraseOf(text, tokens, from, items[end - 1]!.end);
        if (isTarget(items, i, end, tokens)) targets.push(phrase);
        else leftovers.push(phrase);
        negatedFrom = negatedFrom >= 0 && from === negatedFrom ? -1 : negatedFrom;
        i = end - 1;
        break;
      }
      case 'scene':
        factor = 1;
        less = false;
        break;
      case 'verb':
      case 'turn':
      case 'stop':
      case 'comma':
      case 'text':
        if (meaning.is !== 'verb' || negatedSomething) {
          if (!(meaning.is === 'comma' && listEndsInOr(items, i))) negatedFrom = -1;
        }
        if (meaning.is === 'stop' || meaning.is === 'text' || meaning.is === 'turn') {
          flushColours();
          less = false;
          if (meaning.is === 'stop' && said) factor = 1;
        }
        if (meaning.is !== 'verb') awaitsColour = false;
        break;
      default:
        break;
    }
  }
  flushColours();
  giveDuotonesTheirColours(steps, colourGroups);
  return { steps, leftovers: tidy(leftovers), targets: tidy(targets), refused, colourGroups };
}

function nextMeaning(items: readonly Item[], at: number): string | undefined {
  let i = at + 1;
  while (items[i]?.meaning.is === 'filler') i++;
  return items[i]?.meaning.is;
}

/** "light" before an effect is an amount; otherwise it asks for brightness. */
function isAdverbialLight(items: readonly Item[], at: number): boolean {
  const { meaning } = items[at]!;
  if (meaning.is !== 'effect' || meaning.effect !== 'brighter') return false;
  const next = items[at + 1]?.meaning;
  return (
    items[at]!.end - items[at]!.at === 1 &&
    next?.is === 'effect' &&
    /weather|style|lens/.test(effectEntry(next.effect).stage)
  );
}

function resolveLight(effect: EffectId, items: readonly Item[], at: number): EffectId {
  const before = items[at - 1]?.meaning;
  return effect === 'brighter' && before?.is === 'effect' && before.effect === 'neon' ? 'neon' : effect;
}

function closesClause(items: readonly Item[], at: number): boolean {
  for (let i = at + 1; i < items.length; i++) {
    const is = items[i]!.meaning.is;
    if (
      is === 'effect' ||
      is === 'bundle' ||
      is === 'colour' ||
      is === 'unknown' ||
      is === 'less' ||
      is === 'strength' ||
      is === 'scene'
    )
      return false;
    if (is === 'stop' || is === 'comma' || is === 'join' || is === 'turn' || is === 'text') return true;
  }
  return true;
}

function clauseEnd(items: readonly Item[], at: number): number {
  let i = at + 1;
  while (i < items.length) {
    const is = items[i]!.meaning.is;
    if (is === 'stop' || is === 'comma' || is === 'text' || is === 'turn') break;
    if (is === 'join' && (items[i + 1]?.meaning.is === 'verb' || items[i + 1]?.meaning.is === 'effect')) break;
    i++;
  }
  return i;
}

/** Unknown words hang together across the fillers between them: "dragon riding a bike". */
function unknownEnd(items: readonly Item[], at: number): number {
  let end = at + 1;
  for (let i = at + 1; i < items.length; i++) {
    const is = items[i]!.meaning.is;
    if (is === 'unknown') end = i + 1;
    else if (is === 'colour' && items[i + 1]?.meaning.is === 'unknown') continue;
    else if (is !== 'filler') break;
  }
  return end;
}

function followingUnknown(items: readonly Item[], at: number): number | undefined {
  let i = at + 1;
  while (items[i]?.meaning.is === 'colour') i++;
  return items[i]?.meaning.is === 'unknown' ? unknownEnd(items, i) - 1 : undefined;
}

/** "make the sky red": an unknown thing between a verb and an effect is what the effect was aimed at. */
function isTarget(items: readonly Item[], at: number, end: number, tokens: readonly Token[]): boolean {
  let i = at - 1;
  let pointed = false;
  while (items[i]?.meaning.is === 'filler') {
    pointed ||= /^(the|this|that|his|her|my|its|their|your|our)$/.test(tokens[items[i]!.at]!.word);
    i--;
  }
  const before = items[i]?.meaning.is;
  const after = items[end]?.meaning.is;
  if (!pointed) return false;
  const hits = (is: string | undefined) => is === 'effect' || is === 'colour' || is === 'bundle' || is === 'strength';
  return (
    (before === 'verb' && hits(after)) ||
    (items[i]?.meaning.is === 'effect' && /lens|grade/.test(stageOf(items[i]!.meaning)))
  );
}

function stageOf(meaning: Item['meaning']): string {
  return meaning.is === 'effect' ? effectEntry(meaning.effect).stage : '';
}

function onlyJoinsBetween(items: readonly Item[], from: number, to: number): boolean {
  return items
    .slice(from + 1, to)
    .every((item) => item.meaning.is === 'join' || item.meaning.is === 'comma' || item.meaning.is === 'filler');
}

function onlyFillersBetween(items: readonly Item[], from: number, to: number): boolean {
  return items.slice(from + 1, to).every((item) => item.meaning.is === 'filler' || item.meaning.is === 'strength');
}

/** "a border in gold", "fog, purple": is the very next content word a colour? */
function colourIsNear(items: readonly Item[], at: number): boolean {
  let i = at + 1;
  while (items[i]?.meaning.is === 'filler') i++;
  return items[i]?.meaning.is === 'colour' && i > at + 1;
}

/** "no snow, rain or fog": the comma carries the "no" on when an "or" follows in the list. */
function listEndsInOr(items: readonly Item[], at: number): boolean {
  for (let i = at + 1; i < items.length && i < at + 12; i++) {
    const is = items[i]!.meaning.is;
    if (is === 'join') return true;
    if (is !== 'effect' && is !== 'bundle' && is !== 'filler' && is !== 'comma') return false;
  }
  return false;
}

function giveDuotonesTheirColours(steps: readonly Step[], groups: ColourGroup[]): void {
  for (const step of steps) {
    if (step.effect !== 'duotone' || step.colours.length > 0) continue;
    const spare = groups.shift();
    if (spare) step.colours.push(...spare.colours);
  }
}

/** The writer's own words from one token to another. */
export function phraseOf(text: string, tokens: readonly Token[], from: number, to: number): string {
  return text.slice(tokens[from]!.start, tokens[to - 1]!.end).replace(/\s+/g, ' ');
}

function tidy(phrases: readonly string[]): string[] {
  const short = phrases.map((p) => ([...p].length > 60 ? `${[...p].slice(0, 59).join('')}…` : p));
  return [...new Set(short)];
}
