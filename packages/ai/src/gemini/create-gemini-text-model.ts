import type { Part } from '@google/genai';
import { fitPicture } from '../call/fit-picture.ts';
import type { WatchedCall } from '../call/watch-call.ts';
import {
  notMadeFor,
  ProviderError,
  type StreamRequest,
  type TextModel,
  type TextPrompt,
  type TextRequest,
  type TextResult,
} from '../port.ts';
import { configOf, type GeminiDoor, type GeminiOptions, openGemini, PROVIDER, toInline } from './ask-gemini.ts';
import { readObject, readStream, readVectors, readWords } from './read-text.ts';
import { toGeminiSchema } from './to-gemini-schema.ts';

// A whole answer comes only when all of it is thought out and written.
const LIMITS = { firstByteMs: 90_000, stallMs: 20_000, totalMs: 180_000, maxBytes: 4 * 1024 * 1024 };
const EMBED_LIMITS = { firstByteMs: 20_000, stallMs: 10_000, totalMs: 40_000, maxBytes: 16 * 1024 * 1024 };
/** More in one request the wire does not take. */
const MAX_TEXTS = 100;

/**
 * Google's text models: `text.structured`, `image.describe` and `text.stream`; one whose id speaks of embedding does
 * `text.embed` (100 texts at most) and nothing else. An object that was cut off by the token limit is `empty`;
 * words that were cut off are an answer.
 */
export function createGeminiTextModel(options: GeminiOptions): TextModel {
  const doesEmbed = /embedding/i.test(options.modelId);
  const gemini = openGemini(options, doesEmbed ? EMBED_LIMITS : LIMITS);
  return {
    type: 'text',
    name: `${PROVIDER}/${options.modelId}`,
    async answer(request, call = {}) {
      const watched = gemini.watch(call.signal);
      try {
        if ((request.kind === 'text.embed') !== doesEmbed) throw notMadeFor(PROVIDER, request.kind);
        return await watched.run(() => askFor(request, { gemini, watched, modelId: options.modelId }));
      } catch (cause) {
        throw gemini.explain(cause, watched);
      }
    },
    async *stream(request, call = {}) {
      const watched = gemini.watch(call.signal);
      try {
        if (doesEmbed) throw notMadeFor(PROVIDER, request.kind);
        const events = watched.stream(() =>
          gemini.client.models.generateContentStream({
            model: options.modelId,
            contents: [{ role: 'user', parts: [{ text: request.prompt }] }],
            config: { ...toConfig(request), ...configOf(watched) },
          }),
        );
        yield* readStream(PROVIDER, events);
      } catch (cause) {
        throw gemini.explain(cause, watched);
      }
    },
  };
}

type Asking = { gemini: GeminiDoor; watched: WatchedCall; modelId: string };

async function askFor(request: TextRequest, { gemini, watched, modelId }: Asking): Promise<TextResult> {
  const { models } = gemini.client;
  const generate = (parts: Part[], config: object) =>
    models.generateContent({
      model: modelId,
      contents: [{ role: 'user', parts }],
      config: { ...config, ...configOf(watched) },
    });
  switch (request.kind) {
    case 'text.structured': {
      const shape = { responseMimeType: 'application/json', responseJsonSchema: toGeminiSchema(request.schema) };
      return readObject(PROVIDER, await generate([{ text: request.prompt }], { ...toConfig(request), ...shape }));
    }
    case 'image.describe': {
      const picture = await fitPicture(request.image).catch((cause) => {
        throw new ProviderError(PROVIDER, 'invalid', { detail: 'the picture could not be read', cause });
      });
      const { text, usage } = readWords(
        PROVIDER,
        await generate([toInline(picture), { text: request.prompt }], toConfig(request)),
      );
      return { kind: request.kind, text, usage };
    }
    case 'text.embed': {
      const { texts, dimensions } = request;
      if (texts.length === 0 || texts.length > MAX_TEXTS) {
        const detail = `${texts.length} texts: this model takes 1 to ${MAX_TEXTS}`;
        throw new ProviderError(PROVIDER, 'invalid', { detail });
      }
      const answer = await models.embedContent({
        model: modelId,
        // Plain strings would be the parts of one text to some models, and get one vector.
        contents: texts.map((text) => ({ role: 'user', parts: [{ text }] })),
        config: { ...(dimensions && { outputDimensionality: dimensions }), httpOptions: { fetch: watched.fetch } },
      });
      return readVectors(PROVIDER, answer, texts.length);
    }
  }
}

const toConfig = ({ system, maxOutputTokens }: Partial<TextPrompt> | StreamRequest) => ({
  ...(system && { systemInstruction: system }),
  ...(maxOutputTokens && { maxOutputTokens }),
});
