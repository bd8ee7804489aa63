import {
  IMAGE_QUALITIES,
  IMAGE_SIZES,
  IMAGE_STYLES,
  VIDEO_RATIOS,
  VIDEO_RESOLUTIONS,
  VIDEO_SECONDS,
} from '@repo/ai/kinds';
import { z } from 'zod';
import { isPlain, isVisible, NOT_PLAIN } from '../plain-text/schema.ts';
import { IdempotencyKey } from '../presses/schema.ts';
import { AnswerSchema } from './answer-schema.ts';
import {
  ASPECT_RATIOS,
  EMBED_MAX_CHARS,
  EMBED_MAX_TEXTS,
  type GenerationKind,
  MAX_PICTURES,
  PROMPT_MAX_CHARS,
  promptLength,
  TEXT_MAX_CHARS,
} from './rules.ts';

const promptOf = (max: number, empty: string) =>
  z
    .string()
    .trim()
    .refine(isVisible, empty)
    .refine((prompt) => promptLength(prompt) <= max, {
      error: (issue) =>
        `A prompt has at most ${max.toLocaleString('en')} characters; this one has ${promptLength(String(issue.input)).toLocaleString('en')}. Nothing was lost: shorten it and press again.`,
    })
    .refine(isPlain, NOT_PLAIN);

/** What a person types. Markup is kept as it is and shown as text. */
export const Prompt = promptOf(PROMPT_MAX_CHARS, 'Say what should change: the prompt is empty.');
const TextPrompt = promptOf(TEXT_MAX_CHARS, 'Say what is to be written: the prompt is empty.');

/** Made by the browser once a press: the same key is the same generation, for ever. */
export { IdempotencyKey };

export const ModelChoice = z
  .string('Name a model, or "auto".')
  .max(100, 'No model has a name that long.')
  .default('auto');

const oneOf = <const Options extends readonly [string, ...string[]]>(options: Options, what: string) =>
  z.enum(options, `${what} is one of ${options.join(', ')}.`);
export const AspectRatio = oneOf(ASPECT_RATIOS, 'The aspect ratio');
const PictureId = z.uuid('This is not the number of a picture.');

const shared = {
  model: ModelChoice,
  idempotencyKey: IdempotencyKey,
  /** Whose credits pay; without it, one's own. */
  brandId: z.uuid('This is not the number of a brand.').optional(),
  /** Batch work goes behind everything that somebody waits for. */
  priority: oneOf(['interactive', 'batch'], 'The priority').default('interactive'),
  /** True: asks the model again although an equal request was answered within a day. */
  refresh: z.boolean().default(false),
};

const wishes = {
  style: oneOf(IMAGE_STYLES, 'The style').optional(),
  quality: oneOf(IMAGE_QUALITIES, 'The quality').optional(),
  size: oneOf(IMAGE_SIZES, 'The size').optional(),
  /** Further pictures to look at. */
  referenceIds: z
    .array(PictureId)
    .max(MAX_PICTURES - 1, `A request holds at most ${MAX_PICTURES} pictures.`)
    .default([]),
};
const MaxOutputTokens = z
  .number()
  .int()
  .min(16, 'An answer needs room for at least 16 tokens.')
  .max(16_000, 'An answer has at most 16,000 tokens.')
  .default(4_000);
const System = z.string().max(TEXT_MAX_CHARS, 'The system text is too long.').refine(isPlain, NOT_PLAIN).optional();

/** What each kind is asked with. A new kind does not compile until it stands here. */
export const INPUTS = {
  'image.edit': z.object({
    kind: z.literal('image.edit'),
    assetId: PictureId,
    prompt: Prompt,
    aspectRatio: AspectRatio.optional(),
    ...wishes,
    ...shared,
  }),
  'image.create': z.object({
    kind: z.literal('image.create'),
    prompt: Prompt,
    aspectRatio: AspectRatio.default('1:1'),
    ...wishes,
    ...shared,
  }),
  'image.describe': z.object({
    kind: z.literal('image.describe'),
    assetId: PictureId,
    prompt: Prompt.default('Describe this picture.'),
    ...shared,
  }),
  'video.create': z.object({
    kind: z.literal('video.create'),
    prompt: Prompt,
    firstFrameId: PictureId.optional(),
    lastFrameId: PictureId.optional(),
    seconds: z.literal(VIDEO_SECONDS, 'A film has 4, 6 or 8 seconds.').default(4),
    resolution: oneOf(VIDEO_RESOLUTIONS, 'The resolution').default('720p'),
    aspectRatio: oneOf(VIDEO_RATIOS, 'The aspect ratio of a film').default('16:9'),
    audio: z.boolean().default(false),
    ...shared,
  }),
  'text.structured': z.object({
    kind: z.literal('text.structured'),
    prompt: TextPrompt,
    system: System,
    schema: AnswerSchema,
    schemaName: z
      .string()
      .regex(/^[A-Za-z][\w-]{0,63}$/, 'The name of a schema is letters, digits, - or _.')
      .default('answer'),
    maxOutputTokens: MaxOutputTokens,
    ...shared,
  }),
  'text.stream': z.object({
    kind: z.literal('text.stream'),
    prompt: TextPrompt,
    system: System,
    maxOutputTokens: MaxOutputTokens,
    ...shared,
  }),
  'text.embed': z.object({
    kind: z.literal('text.embed'),
    texts: z
      .array(
        z
          .string()
          .refine(isVisible, 'An empty text has no meaning to measure.')
          .refine((text) => promptLength(text) <= EMBED_MAX_CHARS, `A text has at most ${EMBED_MAX_CHARS} characters.`)
          .refine(isPlain, NOT_PLAIN),
      )
      .min(1, 'Send at least one text.')
      .max(EMBED_MAX_TEXTS, `Send at most ${EMBED_MAX_TEXTS} texts at once.`),
    ...shared,
  }),
  'speech.create': z.object({
    kind: z.literal('speech.create'),
    prompt: TextPrompt,
    voice: z.string().max(100, 'No voice has a name that long.').refine(isPlain, NOT_PLAIN).default('default'),
    format: oneOf(['mp3', 'wav'], 'The format').default('mp3'),
    ...shared,
  }),
} satisfies Record<GenerationKind, z.ZodType<{ kind: GenerationKind }>>;

export const RequestGenerationInput = z.discriminatedUnion(
  'kind',
  [
    INPUTS['image.edit'],
    INPUTS['image.create'],
    INPUTS['image.describe'],
    INPUTS['video.create'],
    INPUTS['text.structured'],
    INPUTS['text.stream'],
    INPUTS['text.embed'],
    INPUTS['speech.create'],
  ],
  'There is no such kind of work.',
);
export type RequestGenerationInput = z.infer<typeof RequestGenerationInput>;
/** What a caller may leave out has its default filled in by the schema. */
export type RequestGeneration = z.input<typeof RequestGenerationInput>;
