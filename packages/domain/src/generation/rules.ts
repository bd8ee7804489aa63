import { PROMPT_MAX_CHARS } from '@repo/db/limits';
import { IMAGE_CREDITS } from '../credits/rules.ts';

export { PROMPT_MAX_CHARS };

export const GENERATION_KINDS = ['image.edit', 'image.create'] as const;
export type GenerationKind = (typeof GENERATION_KINDS)[number];

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

/** What each kind costs, in whole credits, whichever model makes it. */
export const PRICES = { 'image.edit': IMAGE_CREDITS, 'image.create': IMAGE_CREDITS } satisfies Record<
  GenerationKind,
  number
>;

export const MAX_ATTEMPTS = 4;

/** Characters as a person and Postgres count them: an emoji is one. */
export const promptLength = (prompt: string): number => [...prompt].length;

/** About how long until a job that waits at `place` (1 is next) is done, in seconds. */
export const expectedSeconds = (place: number, secondsEach: number, atOnce: number): number =>
  Math.max(1, Math.round(secondsEach * Math.ceil(Math.max(1, place) / atOnce)));
