import type { AnyModel, Capabilities, TextModel } from '@repo/ai';
import type { GenerationKind } from './rules.ts';
import type { ModelView } from './schema.ts';

/** What a kind costs people, in whole credits: for each picture, second, thousand tokens, or the whole call. */
export type Price = { per: 'call' | 'image' | 'second' | 'thousand tokens'; credits: number };

/** What a model costs whoever runs this, in micro-dollars. */
export type Cost = { image?: number; second?: number; thousandInputTokens?: number; thousandOutputTokens?: number };

/** A model as data: an id stands here once and nowhere else. */
export type CatalogueEntry = {
  /** Provider and model, such as `google/gemini-3.1-flash-image`. */
  id: string;
  provider: string;
  label: string;
  /** The kinds it does, each with its price. */
  prices: Partial<Record<GenerationKind, Price>>;
  cost: Cost;
  /** What it is able to beyond its kinds; what is missing it cannot. */
  capabilities: Partial<Capabilities>;
  /** Until enough runs were measured. */
  typicalSeconds: number;
  /** Each call costs real money: it is never sent twice blindly. */
  isPaid: boolean;
  /** Our own rules and effects: never a silent substitute for a model, last in every choice. */
  isStandIn: boolean;
  /** The day (ISO) its vendor ends it, or null. */
  retiresOn: string | null;
  /** False: kept for old receipts, offered to nobody. */
  isEnabled: boolean;
  /** How many of its requests may be under way at once, over all processes. */
  atOnce: number;
};

/** The order in which `auto` prefers models of a kind: providers or ids, best first. Missing: as the catalogue stands. */
export type ModelOrder = Partial<Record<GenerationKind, readonly string[]>>;

/**
 * The models this installation has, best first. Only a process that runs jobs can call them all: elsewhere `modelOf`
 * is null, so that no web process ever loads picture code. `streamOf` is for processes that answer people word by word.
 */
export type ModelShelf = {
  entries: readonly CatalogueEntry[];
  order: ModelOrder;
  modelOf: ((id: string) => AnyModel | null) | null;
  streamOf: ((id: string) => TextModel | null) | null;
};

export const canDo = (entry: CatalogueEntry, kind: GenerationKind): boolean => entry.prices[kind] !== undefined;

export const entryOf = (shelf: ModelShelf, id: string): CatalogueEntry | undefined =>
  shelf.entries.find((entry) => entry.id === id);

export const labelOf = (shelf: ModelShelf, id: string): string => entryOf(shelf, id)?.label ?? id;

/** Every model that is offered, with what it can do and costs. */
export const listModels = (shelf: ModelShelf): ModelView[] =>
  shelf.entries
    .filter(({ isEnabled }) => isEnabled)
    .map(({ id, label, provider, prices, capabilities, typicalSeconds, isPaid, isStandIn, retiresOn }) => ({
      id,
      label,
      provider,
      kinds: Object.keys(prices) as GenerationKind[],
      prices: Object.entries(prices).map(([kind, price]) => ({ kind: kind as GenerationKind, ...price })),
      capabilities: {
        aspectRatios: [...(capabilities.aspectRatios ?? [])],
        styles: [...(capabilities.styles ?? [])],
        qualities: [...(capabilities.qualities ?? [])],
        sizes: [...(capabilities.sizes ?? [])],
        maxReferences: capabilities.maxReferences ?? 0,
        videoSeconds: [...(capabilities.videoSeconds ?? [])],
        videoResolutions: [...(capabilities.videoResolutions ?? [])],
        videoRatios: [...(capabilities.videoRatios ?? [])],
        audio: capabilities.audio ?? false,
        firstFrame: capabilities.firstFrame ?? false,
        lastFrame: capabilities.lastFrame ?? false,
      },
      typicalSeconds,
      isPaid,
      isStandIn,
      retiresOn,
    }));
