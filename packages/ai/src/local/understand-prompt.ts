/** Words in, a plan out: pure, offline, the same for the same prompt. */
import type { Rgb } from './colours.ts';
import { luma } from './colours.ts';
import { lookUp } from './lexicon.ts';
import type { Plan, Step } from './plan.ts';
import { type Item, phraseOf, readItems } from './read-items.ts';
import { readTexts } from './read-text.ts';
import type { Token } from './tokenise-prompt.ts';
import { cleanPrompt, tokenisePrompt } from './tokenise-prompt.ts';
import { effectEntry, STAGES } from './words.ts';

/** Reads a prompt of any content. `painting` also understands scene words (mountains, bottle, waves). */
export function understandPrompt(prompt: string, options: { painting?: boolean } = {}): Plan {
  const text = cleanPrompt(prompt);
  const tokens = tokenisePrompt(text);
  const reading = readTexts(text, tokens);
  const items = toItems(tokens, reading.taken, options.painting ?? false);
  const reader = readItems(items, tokens, text);
  const plan: Plan = {
    steps: [],
    leftovers: reader.leftovers,
    targets: reader.targets,
    declined: [...reading.declined, ...[...reader.refused].map((id) => effectEntry(id).label)],
    scenes: items.flatMap((item) =>
      item.meaning.is === 'scene' ? [{ ...item.meaning.scene, said: phraseOf(text, tokens, item.at, item.end) }] : [],
    ),
    palette: [],
    isForeign: looksForeign(items, tokens),
  };
  const steps = reader.steps.filter((step) => !reader.refused.has(step.effect));
  for (const group of reader.colourGroups) {
    if (options.painting && plan.scenes.length > 0) plan.palette.push(...group.colours);
    else steps.push(tintWith(group.colours, group.strength));
  }
  for (const ask of reading.texts) steps.push({ effect: 'text', strength: 1, colours: [], text: ask });
  plan.steps = inOrder(keepLastOfGroup(mergeRepeats(steps)));
  return plan;
}

function toItems(tokens: readonly Token[], taken: readonly boolean[], scenes: boolean): Item[] {
  const items: Item[] = [];
  for (let i = 0; i < tokens.length; ) {
    const token = tokens[i]!;
    if (taken[i]) {
      let end = i;
      while (taken[end]) end++;
      items.push({ meaning: { is: 'text' }, at: i, end });
      i = end;
      continue;
    }
    const untaken = taken.indexOf(true, i);
    const found = lookUp(untaken === -1 ? tokens : tokens.slice(0, untaken), i, { scenes });
    const length = found?.length ?? 1;
    items.push({ meaning: found?.meaning ?? meaningOfMark(token), at: i, end: i + length });
    i += length;
  }
  return items;
}

function meaningOfMark(token: Token): Item['meaning'] {
  if (token.kind !== 'mark') return { is: 'unknown' };
  if (token.raw === ',') return { is: 'comma' };
  if (token.raw === '&' || token.raw === '+' || token.raw === '/') return { is: 'join' };
  return /^[.;!?\n:|•。！？，、()\-–—]$/.test(token.raw)
    ? { is: 'stop' }
    : { is: /\p{Extended_Pictographic}/u.test(token.raw) ? 'unknown' : 'filler' };
}

function tintWith(colours: Rgb[], strength: number): Step {
  const [only] = colours;
  if (colours.length > 1) return { effect: 'duotone', strength, colours };
  const light = luma(only!);
  const isGrey = Math.max(...only!) - Math.min(...only!) < 14;
  if (isGrey && light < 0.2) return { effect: 'darker', strength: strength * 1.6, colours: [] };
  if (isGrey && light > 0.9) return { effect: 'brighter', strength: strength * 1.6, colours: [] };
  if (isGrey) return { effect: 'mono', strength, colours: [] };
  return { effect: 'tint', strength, colours };
}

function mergeRepeats(steps: readonly Step[]): Step[] {
  const kept: Step[] = [];
  for (const step of steps) {
    const twin =
      step.effect === 'text' || step.effect === 'tint' ? undefined : kept.find((k) => k.effect === step.effect);
    if (twin) {
      twin.strength = Math.max(twin.strength, step.strength);
      if (twin.colours.length === 0) twin.colours = step.colours;
    } else kept.push({ ...step, strength: Math.max(0.2, Math.min(2, step.strength)) });
  }
  return kept;
}

function keepLastOfGroup(steps: readonly Step[]): Step[] {
  return steps.filter((step, i) => {
    const { group } = effectEntry(step.effect);
    return !group || !steps.slice(i + 1).some((later) => effectEntry(later.effect).group === group);
  });
}

function inOrder(steps: readonly Step[]): Step[] {
  return steps.toSorted(
    (a, b) => STAGES.indexOf(effectEntry(a.effect).stage) - STAGES.indexOf(effectEntry(b.effect).stage),
  );
}

const FOREIGN =
  /^(le|la|les|un|une|des|et|avec|sans|il|el|los|las|con|sin|una|por|para|y|der|die|das|und|mit|ohne|ein|eine|auf|het|een|met|zonder|och|med|ett|na|z|bez|do|com|uma|um|e|ed|gli|di|que|ve|ile|bir|fais|mache|haz|rends|ajoute|pon|agrega|fuge|bitte|dodaj)$/;

/** Mostly unknown words, and either another script or tell-tale small words. */
function looksForeign(items: readonly Item[], tokens: readonly Token[]): boolean {
  const spoken = items.filter((item) => tokens[item.at]!.kind === 'word' && item.meaning.is !== 'text');
  const unknown = spoken.filter((item) => item.meaning.is === 'unknown');
  if (unknown.length === 0 || unknown.length * 2 < spoken.length) return false;
  const otherScript = unknown.filter((item) => /[^\p{Script=Latin}\p{N}]/u.test(tokens[item.at]!.word)).length;
  return otherScript * 2 > unknown.length || spoken.filter((item) => FOREIGN.test(tokens[item.at]!.word)).length >= 2;
}
