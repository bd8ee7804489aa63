/** What the person who asked is told: done, left out, and not understood. */
import type { Plan, Step } from './plan.ts';
import { effectEntry } from './words.ts';

export const WHAT_CAN_BE_ASKED =
  'Ask for colours (warm, vintage, black and white, red), light and weather (night, sunset, snow, rain, fog), a style (sketch, cartoon, oil paint, pixel art), a format or frame (square, story, polaroid, border), or words: add the words "SALE".';

const quoted = (phrases: readonly string[]) => phrases.map((phrase) => `“${phrase}”`).join(', ');

export function describePlan(plan: Plan, done: readonly string[] = []): string[] {
  const notes: string[] = [];
  const labels = [...done, ...plan.steps.map(nameOf)];
  if (labels.length > 0) notes.push(`Did: ${labels.join(', ')}.`);
  if (plan.declined.length > 0) notes.push(`Left out, as you asked: ${[...new Set(plan.declined)].join(', ')}.`);
  return [...notes, ...describeGaps(plan)];
}

/** The parts of a prompt nothing came of, as sentences. */
export function describeGaps(plan: Plan): string[] {
  const notes: string[] = [];
  if (plan.targets.length > 0)
    notes.push(`I could not single out ${quoted(plan.targets)}: local effects cover the whole picture.`);
  const { leftovers } = plan;
  if (leftovers.length > 0) {
    const more = leftovers.length > 8 ? ` and ${leftovers.length - 8} more` : '';
    notes.push(`I could not do: ${quoted(leftovers.slice(0, 8))}${more}.`);
  }
  if (plan.isForeign) notes.push('Local effects understand English only.');
  return notes;
}

function nameOf(step: Step): string {
  if (step.text)
    return `the words “${step.text.words.length > 80 ? `${step.text.words.slice(0, 79)}…` : step.text.words}”`;
  const { label } = effectEntry(step.effect);
  return step.strength < 0.6 ? `a little ${label}` : step.strength > 1.4 ? `strong ${label}` : label;
}
