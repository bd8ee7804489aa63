import { type GenerateContentConfig, GoogleGenAI, type Part } from '@google/genai';
import { explainCall, withoutSecret } from '../call/explain-call.ts';
import { fitPicture } from '../call/fit-picture.ts';
import { type CallTimeouts, watchCall } from '../call/watch-call.ts';
import {
  type MediaCall,
  type MediaModel,
  type MediaProgress,
  type MediaRequest,
  notMadeFor,
  ProviderError,
} from '../port.ts';
import { explainGoogleStatus } from './explain-failure.ts';
import { readAnswer } from './read-answer.ts';

const PROVIDER = 'google';
const GOOGLE = 'https://generativelanguage.googleapis.com/';
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
const TIMEOUTS: CallTimeouts = { firstByteMs: 100_000, stallMs: 20_000, totalMs: 120_000 };

export type GeminiOptions = {
  apiKey: string;
  /** Another address that speaks Google's wire format. */
  baseUrl?: string;
  /** Such as `gemini-3.1-flash-image`. */
  modelId: string;
  timeouts?: Partial<CallTimeouts>;
};

/** Google's picture models: `image.edit` and `image.create` in one call, never `pending`. */
export function createGeminiModel({ apiKey, baseUrl = GOOGLE, modelId, timeouts }: GeminiOptions): MediaModel {
  const name = `${PROVIDER}/${modelId}`;
  // All of it said outright: what is left unsaid the SDK takes from the environment.
  const client = new GoogleGenAI({ vertexai: false, apiKey, apiVersion: 'v1', httpOptions: { baseUrl } });

  async function start(request: MediaRequest, call: MediaCall = {}): Promise<MediaProgress> {
    const watched = watchCall({ ...TIMEOUTS, ...timeouts, maxBytes: MAX_ANSWER_BYTES, signal: call.signal });
    try {
      const answer = await watched.run(async () => {
        const parts = await toParts(request);
        const config = { ...toConfig(request), httpOptions: { fetch: watched.fetch } };
        call.onProgress?.(0, 'Waiting for the model');
        return client.models.generateContent({ model: modelId, contents: [{ role: 'user', parts }], config });
      });
      return { state: 'done', ...readAnswer(PROVIDER, answer) };
    } catch (cause) {
      const explained = explainCall(PROVIDER, cause, watched.trace, (status, headers) =>
        explainGoogleStatus(PROVIDER, cause, status, headers),
      );
      throw withoutSecret(explained, apiKey);
    }
  }

  return {
    type: 'media',
    name,
    start,
    poll: async () => {
      throw new ProviderError(PROVIDER, 'invalid', { detail: 'this model answers at once: there is nothing to poll' });
    },
  };
}

async function toParts(request: MediaRequest): Promise<Part[]> {
  if (request.kind === 'video.create') throw notMadeFor(PROVIDER, request.kind);
  if (request.kind === 'image.create') return [{ text: request.prompt }];
  const { bytes, mimeType } = await fitPicture(request.image).catch((cause) => {
    throw new ProviderError(PROVIDER, 'invalid', { detail: 'the picture could not be read', cause });
  });
  return [{ inlineData: { mimeType, data: Buffer.from(bytes).toString('base64') } }, { text: request.prompt }];
}

function toConfig(request: MediaRequest): GenerateContentConfig {
  return {
    // With text allowed a model that will not paint says why instead of sending nothing.
    responseModalities: ['TEXT', 'IMAGE'],
    // The wire takes 32 bits with a sign.
    seed: Math.abs(Math.trunc(request.seed)) % 2 ** 31,
    // Left on, an answer with a continuation token is asked for again, and paid again, without end.
    automaticContinuation: false,
    ...(request.kind === 'image.create' && { imageConfig: { aspectRatio: request.aspectRatio } }),
  };
}
