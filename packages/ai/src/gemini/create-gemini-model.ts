import type { GenerateContentConfig, ImageConfig, Part } from '@google/genai';
import { fitPictures } from '../call/fit-picture.ts';
import { wordWishes } from '../call/word-wishes.ts';
import { type MediaModel, type MediaRequest, notMadeFor, ProviderError } from '../port.ts';
import { configOf, type GeminiOptions, openGemini, PROVIDER, toInline } from './ask-gemini.ts';
import { readAnswer } from './read-answer.ts';

const LIMITS = { firstByteMs: 100_000, stallMs: 20_000, totalMs: 120_000, maxBytes: 64 * 1024 * 1024 };
const MAX_PICTURES = 14;

type PictureRequest = Exclude<MediaRequest, { kind: 'video.create' }>;

/** Google's picture models: `image.edit` and `image.create` in one call, never `pending`. */
export function createGeminiModel(options: GeminiOptions): MediaModel {
  const { modelId } = options;
  const gemini = openGemini(options, LIMITS);
  return {
    type: 'media',
    name: `${PROVIDER}/${modelId}`,
    async start(request, call = {}) {
      const watched = gemini.watch(call.signal);
      try {
        if (request.kind === 'video.create') throw notMadeFor(PROVIDER, request.kind);
        const answer = await watched.run(async () => {
          const parts = await toParts(request);
          const config = { ...toConfig(request), ...configOf(watched) };
          call.onProgress?.(0, 'Waiting for the model');
          return gemini.client.models.generateContent({ model: modelId, contents: [{ role: 'user', parts }], config });
        });
        return { state: 'done', ...readAnswer(PROVIDER, answer) };
      } catch (cause) {
        throw gemini.explain(cause, watched);
      }
    },
    poll: async () => {
      throw new ProviderError(PROVIDER, 'invalid', { detail: 'this model answers at once: there is nothing to poll' });
    },
  };
}

async function toParts(request: PictureRequest): Promise<Part[]> {
  const pictures = [...(request.kind === 'image.edit' ? [request.image] : []), ...(request.references ?? [])];
  if (pictures.length > MAX_PICTURES) {
    throw new ProviderError(PROVIDER, 'invalid', {
      detail: `${pictures.length} pictures: this model looks at ${MAX_PICTURES} at most`,
    });
  }
  const fitted = await fitPictures(pictures).catch((cause) => {
    throw new ProviderError(PROVIDER, 'invalid', { detail: 'a picture could not be read', cause });
  });
  const { style, quality } = request;
  return [...fitted.map(toInline), { text: wordWishes(request.prompt, { style, quality }) }];
}

function toConfig({ seed, aspectRatio, size }: PictureRequest): GenerateContentConfig {
  const imageConfig: ImageConfig = { ...(aspectRatio && { aspectRatio }), ...(size && { imageSize: size }) };
  return {
    // With text allowed a model that will not paint says why instead of sending nothing.
    responseModalities: ['TEXT', 'IMAGE'],
    // The wire takes 32 bits with a sign.
    seed: Math.abs(Math.trunc(seed)) % 2 ** 31,
    ...(Object.keys(imageConfig).length > 0 && { imageConfig }),
  };
}
