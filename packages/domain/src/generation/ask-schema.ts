import { z } from 'zod';
import { PageInput } from '../paging/schema.ts';
import { INPUTS, RequestGenerationInput } from './request-schema.ts';
import { GENERATION_KINDS, GENERATION_STATUSES } from './rules.ts';
import { Failure, GenerationView } from './schema.ts';

/** Of a picture that is sent along or fetched. Larger ones are uploaded first, straight to storage. */
export const ALONG_MAX_BYTES = 10_000_000;
const ALONG_MAX_CHARS = 13_400_000;

/** A picture by its address or by its bytes. It becomes an upload of the asker's, checked like any other. */
const PictureAlong = z
  .string()
  .max(ALONG_MAX_CHARS, 'A picture that is sent along has at most 10 MB. Upload a larger one first.')
  .refine(
    (text) => text.startsWith('data:image/') || (/^https?:\/\//.test(text) && text.length <= 2_000),
    'Give the address of a picture (https://…) or its bytes (data:image/png;base64,…).',
  );

const oneOf = (id: string, along: string, isNeeded: boolean) => ({
  check: (input: Record<string, unknown>) => {
    const given = [input[id], input[along]].filter((value) => value !== undefined).length;
    return given === 1 || (given === 0 && !isNeeded);
  },
  message: `Give ${id} or ${along}${isNeeded ? ': one of the two' : ', not both'}.`,
});
const pictureOnce = oneOf('assetId', 'picture', true);
const firstOnce = oneOf('firstFrameId', 'firstFrame', false);
const lastOnce = oneOf('lastFrameId', 'lastFrame', false);

const workedOn = { assetId: INPUTS['image.edit'].shape.assetId.optional(), picture: PictureAlong.optional() };

/** As a request, but that a picture may be given by its address or its bytes. */
export const AskGenerationInput = z.discriminatedUnion(
  'kind',
  [
    INPUTS['image.edit']
      .extend(workedOn)
      .refine(pictureOnce.check, { message: pictureOnce.message, path: ['assetId'] })
      .meta({ examples: [{ kind: 'image.edit', picture: 'https://example.com/mug.png', prompt: 'make it snow' }] }),
    INPUTS['image.create'],
    INPUTS['image.describe']
      .extend(workedOn)
      .refine(pictureOnce.check, { message: pictureOnce.message, path: ['assetId'] })
      .meta({ examples: [{ kind: 'image.describe', picture: 'https://example.com/mug.png' }] }),
    INPUTS['video.create']
      .extend({ firstFrame: PictureAlong.optional(), lastFrame: PictureAlong.optional() })
      .refine(firstOnce.check, { message: firstOnce.message, path: ['firstFrame'] })
      .refine(lastOnce.check, { message: lastOnce.message, path: ['lastFrame'] }),
    INPUTS['text.structured'],
    INPUTS['text.stream'],
    INPUTS['text.embed'],
    INPUTS['speech.create'],
  ],
  'There is no such kind of work.',
);
export type AskGenerationInput = z.output<typeof AskGenerationInput>;
export type AskGeneration = z.input<typeof AskGenerationInput>;

/** What is asked when every picture has its number. */
export const withoutPictures = (ask: Record<string, unknown>): RequestGenerationInput => {
  const { picture: _p, firstFrame: _f, lastFrame: _l, ...request } = ask;
  return RequestGenerationInput.parse(request);
};

export const MyGenerationsInput = PageInput.extend({
  kind: z.enum(GENERATION_KINDS, 'There is no such kind of work.').optional(),
  status: z.enum(GENERATION_STATUSES, 'There is no such status.').optional(),
});
export type MyGenerationsInput = z.output<typeof MyGenerationsInput>;

/** A generation in a list; `GET /generations/{id}` tells the rest. */
export const GenerationSummary = GenerationView.pick({
  id: true,
  kind: true,
  status: true,
  prompt: true,
  model: true,
  modelLabel: true,
  quoted: true,
  progress: true,
  createdAt: true,
  finishedAt: true,
  picture: true,
}).extend({ failure: Failure.nullable() });
export type GenerationSummary = z.infer<typeof GenerationSummary>;
