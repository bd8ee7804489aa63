import type { MediaFile } from '@repo/ai';
import { type AnyModel, type ModelCall, ProviderError, type TextResult, type Usage } from '@repo/ai';
import { z } from 'zod';
import type { ModelRequest } from './build-request.ts';
import { countTokens } from './price.ts';
import { storable, storableText } from './storable.ts';

/** What a model made, sorted by how it is kept. */
export type Made = { notes: string[]; usage: Usage } & (
  | { type: 'picture'; file: MediaFile; text?: string | undefined }
  | { type: 'film'; file: MediaFile; text?: string | undefined }
  | { type: 'sound'; file: MediaFile; seconds: number }
  | { type: 'words'; output: Record<string, unknown> }
  | { type: 'vectors'; texts: readonly string[]; vectors: number[][] }
);

export type Answer =
  | { state: 'pending'; ref: string; askAgainInMs: number; fraction?: number }
  | ({ state: 'done' } & Made);

/** Asks a model for the first time. */
export async function startCall(model: AnyModel, { type, request }: ModelRequest, call: ModelCall): Promise<Answer> {
  if (type === 'media' && model.type === 'media')
    return readMedia(model.name, request, await model.start(request, call));
  if (type === 'text' && model.type === 'text') return readText(model.name, request, await model.answer(request, call));
  if (type === 'speech' && model.type === 'speech') {
    const { output, seconds, notes, usage } = await model.speak(request, call);
    if (output.bytes.byteLength === 0) throw new ProviderError(providerOf(model), 'empty', { detail: 'no sound' });
    return { state: 'done', type: 'sound', file: output, seconds, notes, usage };
  }
  throw new ProviderError(providerOf(model), 'misconfigured', { detail: `${model.name} does no ${request.kind}` });
}

type MediaRequestLike = { kind: string; seconds?: number };
type MediaProgressLike = Awaited<ReturnType<Extract<AnyModel, { type: 'media' }>['start']>>;

/** What a media model said, at the start or when asked again. */
export function readMedia(name: string, request: MediaRequestLike, progress: MediaProgressLike): Answer {
  if (progress.state === 'pending') return progress;
  const { outputs, notes, text, usage } = progress;
  const [file] = outputs;
  if (!file) throw new ProviderError(name.split('/')[0]!, 'empty', { detail: text, said: text });
  const isFilm = request.kind === 'video.create';
  const used = isFilm ? { videoSeconds: request.seconds ?? 0 } : { images: outputs.length };
  return { state: 'done', type: isFilm ? 'film' : 'picture', file, notes, text, usage: { ...used, ...usage } };
}

function readText(
  name: string,
  request: Extract<ModelRequest, { type: 'text' }>['request'],
  result: TextResult,
): Answer {
  const provider = name.split('/')[0]!;
  switch (result.kind) {
    case 'image.describe': {
      const text = storableText(result.text).trim();
      if (text === '') throw new ProviderError(provider, 'empty', { detail: 'no words' });
      const usage = countTokens(result.usage, request.kind === 'image.describe' ? request.prompt : '', text);
      return { state: 'done', type: 'words', output: { text }, notes: [], usage };
    }
    case 'text.embed': {
      const texts = request.kind === 'text.embed' ? request.texts : [];
      const lengths = new Set(result.vectors.map(({ length }) => length));
      const isWhole = result.vectors.length === texts.length && lengths.size === 1 && !lengths.has(0);
      if (!isWhole || !result.vectors.every((vector) => vector.every(Number.isFinite))) {
        throw new ProviderError(provider, 'unavailable', { detail: 'not one vector a text', maybeTaken: true });
      }
      const usage = countTokens(result.usage, texts.join('\n'), '');
      return { state: 'done', type: 'vectors', texts, vectors: result.vectors, notes: [], usage };
    }
    case 'text.structured': {
      if (request.kind !== 'text.structured') throw new ProviderError(provider, 'unavailable', { maybeTaken: true });
      const written = `${request.system ?? ''}${request.prompt}${JSON.stringify(request.schema)}`;
      const usage = countTokens(result.usage, written, result.text);
      const parsed = z.fromJSONSchema(request.schema).safeParse(result.value);
      if (!parsed.success) {
        const detail = `not what the schema asks for: ${z.prettifyError(parsed.error)}`.slice(0, 1000);
        throw new ProviderError(provider, 'empty', { detail, said: result.text, usage });
      }
      return { state: 'done', type: 'words', output: { value: storable(parsed.data) }, notes: [], usage };
    }
    default:
      return result satisfies never;
  }
}

const providerOf = (model: AnyModel): string => model.name.split('/')[0]!;
