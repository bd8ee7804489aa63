import {
  IMAGE_QUALITIES,
  IMAGE_SIZES,
  IMAGE_STYLES,
  VIDEO_RATIOS,
  VIDEO_RESOLUTIONS,
  VIDEO_SECONDS,
} from '@repo/ai/kinds';
import { z } from 'zod';
import { FilmView, PictureView, SoundView } from '../assets/schema.ts';
import { ASPECT_RATIOS, GENERATION_KINDS, GENERATION_STATUSES, type GenerationKind } from './rules.ts';

export * from './request-schema.ts';

/** What each kind answers with. A new kind does not compile until it stands here. */
export const OUTPUTS = {
  'image.edit': z.object({ kind: z.literal('image.edit'), picture: PictureView }),
  'image.create': z.object({ kind: z.literal('image.create'), picture: PictureView }),
  'image.describe': z.object({ kind: z.literal('image.describe'), text: z.string() }),
  'video.create': z.object({ kind: z.literal('video.create'), film: FilmView }),
  'text.structured': z.object({ kind: z.literal('text.structured'), value: z.unknown() }),
  'text.stream': z.object({ kind: z.literal('text.stream'), text: z.string() }),
  'text.embed': z.object({
    kind: z.literal('text.embed'),
    dimensions: z.number().int(),
    /** One for each text, in order. */
    vectors: z.array(z.array(z.number())),
  }),
  'speech.create': z.object({ kind: z.literal('speech.create'), sound: SoundView }),
} satisfies Record<GenerationKind, z.ZodType<{ kind: GenerationKind }>>;

export const GenerationOutput = z.discriminatedUnion('kind', [
  OUTPUTS['image.edit'],
  OUTPUTS['image.create'],
  OUTPUTS['image.describe'],
  OUTPUTS['video.create'],
  OUTPUTS['text.structured'],
  OUTPUTS['text.stream'],
  OUTPUTS['text.embed'],
  OUTPUTS['speech.create'],
]);
export type GenerationOutput = z.infer<typeof GenerationOutput>;

export const Failure = z.object({ reason: z.string(), sentence: z.string(), nextStep: z.string() });

/** A generation as its owner sees it: no vendor's handle, no storage key. */
export const GenerationView = z.object({
  id: z.uuid(),
  kind: z.enum(GENERATION_KINDS),
  status: z.enum(GENERATION_STATUSES),
  prompt: z.string(),
  model: z.string(),
  modelLabel: z.string(),
  /** Why this model, in a sentence. */
  choice: z.string(),
  /** Models that were tried before it, and why it went on. */
  tried: z.array(z.object({ model: z.string(), modelLabel: z.string(), reason: z.string() })),
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
  /** What the model said or saw where it made nothing; free. */
  said: z.string().nullable(),
  notes: z.array(z.string()),
  /** The generation whose answer this one shows, free; null when a model was asked. */
  reusedFrom: z.uuid().nullable(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  seconds: z.number().nullable(),
  /** The picture it made, or one of the film it made. */
  picture: PictureView.nullable(),
  output: GenerationOutput.nullable(),
});
export type GenerationView = z.infer<typeof GenerationView>;

/** What whoever listens to an answer is told, word by word. The last one is `end`, whatever became of it. */
export const StreamNews = z.discriminatedUnion('type', [
  z.object({ type: z.literal('opened'), generationId: z.uuid() }),
  z.object({ type: z.literal('delta'), text: z.string() }),
  z.object({ type: z.literal('end'), generation: GenerationView }),
]);
export type StreamNews = z.infer<typeof StreamNews>;

export const ModelView = z.object({
  id: z.string(),
  label: z.string(),
  provider: z.string(),
  kinds: z.array(z.enum(GENERATION_KINDS)),
  prices: z.array(
    z.object({
      kind: z.enum(GENERATION_KINDS),
      per: z.enum(['call', 'image', 'second', 'thousand tokens']),
      credits: z.number(),
    }),
  ),
  capabilities: z.object({
    aspectRatios: z.array(z.enum(ASPECT_RATIOS)),
    styles: z.array(z.enum(IMAGE_STYLES)),
    qualities: z.array(z.enum(IMAGE_QUALITIES)),
    sizes: z.array(z.enum(IMAGE_SIZES)),
    maxReferences: z.number().int(),
    videoSeconds: z.array(z.literal(VIDEO_SECONDS)),
    videoResolutions: z.array(z.enum(VIDEO_RESOLUTIONS)),
    videoRatios: z.array(z.enum(VIDEO_RATIOS)),
    audio: z.boolean(),
    firstFrame: z.boolean(),
    lastFrame: z.boolean(),
  }),
  typicalSeconds: z.number(),
  isPaid: z.boolean(),
  /** Our own rules and effects: never a silent substitute for a model. */
  isStandIn: z.boolean(),
  /** The day (ISO) its vendor ends it, or null. */
  retiresOn: z.string().nullable(),
});
export type ModelView = z.infer<typeof ModelView>;

/** How a provider does at a kind of work: "Gemini is slow since 12:04". */
export const Weather = z.object({
  provider: z.string(),
  model: z.string(),
  label: z.string(),
  kind: z.enum(GENERATION_KINDS),
  state: z.enum(['healthy', 'slow', 'down']),
  since: z.date().nullable(),
  /** In plain words; null while healthy. */
  sentence: z.string().nullable(),
  /** Measured; null until there are enough runs. */
  p50Seconds: z.number().nullable(),
  p95Seconds: z.number().nullable(),
  /** When it is tried again; null unless down. */
  nextProbeAt: z.date().nullable(),
});
export type Weather = z.infer<typeof Weather>;
