import { ASPECT_RATIOS, KINDS, type Kind } from '@repo/ai/kinds';
import { PROMPT_MAX_CHARS, TEXT_MAX_CHARS } from '@repo/db/limits';

export { ASPECT_RATIOS, PROMPT_MAX_CHARS, TEXT_MAX_CHARS };

export const GENERATION_KINDS = KINDS;
export type GenerationKind = Kind;

export const GENERATION_STATUSES = [
  'queued',
  'running',
  'retrying',
  'checking',
  'done',
  'failed',
  'cancelled',
] as const;
export type GenerationStatus = (typeof GENERATION_STATUSES)[number];

/** True when nothing more will happen to it. */
export const isSettled = (status: GenerationStatus): boolean =>
  status === 'done' || status === 'failed' || status === 'cancelled';

/** The longest that a kind may take from its submit to its result, in milliseconds: then it failed. */
export const WALL_CLOCK_MS = {
  'image.edit': 120_000,
  'image.create': 120_000,
  'image.describe': 60_000,
  'video.create': 20 * 60_000,
  'text.structured': 90_000,
  'text.stream': 60_000,
  'text.embed': 60_000,
  'speech.create': 120_000,
} satisfies Record<GenerationKind, number>;

/** Kinds whose answer to an equal request may be used again, within the same brand, for a day. */
export const IS_DETERMINISTIC = {
  'image.edit': false,
  'image.create': false,
  'image.describe': true,
  'video.create': false,
  'text.structured': true,
  'text.stream': false,
  'text.embed': true,
  'speech.create': false,
} satisfies Record<GenerationKind, boolean>;

export const REUSE_HOURS = 24;

/** Kinds whose result lies in the store as files. */
export const makesFiles = (kind: GenerationKind): boolean =>
  kind === 'image.edit' || kind === 'image.create' || kind === 'video.create' || kind === 'speech.create';

/** Kinds that a web process answers itself, word by word, instead of a worker. */
export const isInline = (kind: GenerationKind): boolean => kind === 'text.stream';

export const MAX_ATTEMPTS = 4;
/** So many workers may die over one request; then it is the request. */
export const MAX_RUNS = 10;
/** How many pictures a request may hold in all, whatever its model takes. */
export const MAX_PICTURES = 14;
export const EMBED_MAX_TEXTS = 100;
export const EMBED_MAX_CHARS = 8_000;
export const SCHEMA_MAX_CHARS = 20_000;

/** Characters as a person and Postgres count them: an emoji is one. */
export const promptLength = (prompt: string): number => [...prompt].length;

/** About how long until a job that waits at `place` (1 is next) is done, in seconds. */
export const expectedSeconds = (place: number, secondsEach: number, atOnce: number): number =>
  Math.max(1, Math.round(secondsEach * Math.ceil(Math.max(1, place) / atOnce)));
