import type { MediaModel } from '@repo/ai';
import { DomainError } from '../errors.ts';
import type { GenerationKind } from './rules.ts';
import type { ModelView } from './schema.ts';

/** A model as data: an id stands here once and nowhere else. */
export type CatalogueEntry = {
  /** Provider and model, such as `google/gemini-3.1-flash-image`. */
  id: string;
  provider: string;
  label: string;
  kinds: readonly GenerationKind[];
  credits: number;
  costMicroUsd: number;
  /** Until enough runs were measured. */
  typicalSeconds: number;
  /** Each call costs real money: it is never sent twice blindly. */
  isPaid: boolean;
  /** The day (ISO) its vendor ends it, or null. */
  retiresOn: string | null;
};

/**
 * The models this installation has, best first. Only a process that runs jobs can call them:
 * `modelOf` is null elsewhere, so that no web process ever loads picture code.
 */
export type ModelShelf = { entries: readonly CatalogueEntry[]; modelOf: ((id: string) => MediaModel | null) | null };

/** The entry that will do the work; `auto` takes the first that can. Throws `invalid` with a sentence. */
export function chooseModel(shelf: ModelShelf, kind: GenerationKind, wanted: string): CatalogueEntry {
  const able = shelf.entries.filter((entry) => entry.kinds.includes(kind));
  if (wanted === 'auto') {
    const [first] = able;
    if (!first) throw new DomainError('invalid', 'No model here can do this.');
    return first;
  }
  const chosen = shelf.entries.find((entry) => entry.id === wanted);
  if (!chosen) throw new DomainError('invalid', `There is no model "${wanted.slice(0, 60)}" here.`);
  if (!chosen.kinds.includes(kind)) throw new DomainError('invalid', `${chosen.label} cannot do this kind of work.`);
  return chosen;
}

export const entryOf = (shelf: ModelShelf, id: string): CatalogueEntry | undefined =>
  shelf.entries.find((entry) => entry.id === id);

export const labelOf = (shelf: ModelShelf, id: string): string => entryOf(shelf, id)?.label ?? id;

export const listModels = (shelf: ModelShelf): ModelView[] =>
  shelf.entries.map(({ id, label, provider, kinds, credits, typicalSeconds, isPaid }) => ({
    id,
    label,
    provider,
    kinds: [...kinds],
    credits,
    typicalSeconds,
    isPaid,
  }));
