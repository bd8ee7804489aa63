/** Every effect the local model has, with the words that ask for it. */
import type { EffectEntry } from './effect-entry.ts';
import { GRADING } from './words-of-grading.ts';
import { PAINTING } from './words-of-painting.ts';

export { STAGES } from './effect-entry.ts';

export const EFFECTS = { ...GRADING, ...PAINTING };

export type EffectId = keyof typeof EFFECTS;

/** The entry of an effect, widened so that optional members can be read. */
export function effectEntry(id: EffectId): EffectEntry & { opposite?: EffectId } {
  return EFFECTS[id];
}
