import { z } from 'zod';
import { PictureView } from '../assets/schema.ts';
import { isPlain, isVisible, NOT_PLAIN } from '../plain-text/schema.ts';
import { GENERATION_KINDS, GENERATION_STATUSES, PROMPT_MAX_CHARS, promptLength } from './rules.ts';

/** What a person types. Markup is kept as it is and shown as text. */
export const Prompt = z
  .string()
  .trim()
  .refine(isVisible, 'Say what should change: the prompt is empty.')
  .refine((prompt) => promptLength(prompt) <= PROMPT_MAX_CHARS, {
    error: (issue) =>
      `A prompt has at most ${PROMPT_MAX_CHARS.toLocaleString('en')} characters; this one has ${promptLength(String(issue.input)).toLocaleString('en')}. Nothing was lost: shorten it and press again.`,
  })
  .refine(isPlain, NOT_PLAIN);

/** Made by the browser once a press: the same key is the same generation, for ever. */
export const IdempotencyKey = z
  .string()
  .regex(/^[\w-]{8,80}$/, 'The idempotency key must be 8 to 80 letters, digits, - or _.');

export const ModelChoice = z.string().max(100).default('auto');
export const AspectRatio = z.enum(['1:1', '4:5', '9:16', '16:9', '3:2']);

const shared = { prompt: Prompt, model: ModelChoice, idempotencyKey: IdempotencyKey, brandId: z.uuid().optional() };

export const RequestGenerationInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('image.edit'), assetId: z.uuid(), ...shared }),
  z.object({ kind: z.literal('image.create'), aspectRatio: AspectRatio.default('1:1'), ...shared }),
]);
export type RequestGenerationInput = z.infer<typeof RequestGenerationInput>;

export const Failure = z.object({ reason: z.string(), sentence: z.string(), nextStep: z.string() });

/** A generation as its owner sees it: no vendor's handle, no storage key. */
export const GenerationView = z.object({
  id: z.uuid(),
  kind: z.enum(GENERATION_KINDS),
  status: z.enum(GENERATION_STATUSES),
  prompt: z.string(),
  model: z.string(),
  modelLabel: z.string(),
  quoted: z.number().int(),
  /** 1 is next; null when it waits no more. */
  place: z.number().int().nullable(),
  /** About how long until it is done, from measured times; null when it is settled. */
  expectedSeconds: z.number().nullable(),
  progress: z.number().min(0).max(1),
  doing: z.string().nullable(),
  attempt: z.number().int(),
  maxAttempts: z.number().int(),
  lastError: z.string().nullable(),
  nextTryAt: z.date().nullable(),
  cancelRequested: z.boolean(),
  failure: Failure.nullable(),
  notes: z.array(z.string()),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  seconds: z.number().nullable(),
  picture: PictureView.nullable(),
});
export type GenerationView = z.infer<typeof GenerationView>;

export const ModelView = z.object({
  id: z.string(),
  label: z.string(),
  provider: z.string(),
  kinds: z.array(z.enum(GENERATION_KINDS)),
  credits: z.number().int(),
  typicalSeconds: z.number(),
  isPaid: z.boolean(),
});
export type ModelView = z.infer<typeof ModelView>;
