import { setTimeout as wait } from 'node:timers/promises';
import {
  type ModelCall,
  ProviderError,
  type ProviderFailure,
  type StreamRequest,
  type TextModel,
  type TextPiece,
  type TextRequest,
  type TextResult,
} from '../port.ts';

export type FakeTextOptions = {
  name?: string;
  /** How a call fails: always the same way, or by its number (from 1); undefined succeeds. */
  failsWith?: ProviderFailure | ((attempt: number) => ProviderFailure | ProviderError | undefined);
  delayMs?: number;
  /** What `text.structured` answers. */
  value?: unknown;
  /** What is streamed, piece by piece. */
  pieces?: readonly string[];
  inputTokens?: number;
  outputTokens?: number;
  /** Between its pieces it waits for this, by the number of the piece to come (from 1). */
  until?: (piece: number) => Promise<unknown>;
};

export type FakeTextModel = TextModel & { readonly asked: (TextRequest | StreamRequest)[] };

/** A text model for tests of those who call one: does as told and counts its calls. */
export function fakeTextModel(options: FakeTextOptions = {}): FakeTextModel {
  const {
    name = 'fake/text',
    failsWith,
    delayMs = 0,
    value = { answer: 42 },
    pieces = ['Once ', 'upon ', 'a time.'],
  } = options;
  const provider = name.split('/')[0] ?? name;
  const usage = { inputTokens: options.inputTokens ?? 100, outputTokens: options.outputTokens ?? 50 };
  const asked: (TextRequest | StreamRequest)[] = [];

  async function take(request: TextRequest | StreamRequest, call: ModelCall | undefined): Promise<void> {
    asked.push(request);
    const number = asked.length;
    await pause(call);
    const failure = typeof failsWith === 'function' ? failsWith(number) : failsWith;
    if (failure) throw typeof failure === 'string' ? new ProviderError(provider, failure) : failure;
  }

  const pause = (call: ModelCall | undefined) =>
    wait(delayMs, undefined, { signal: call?.signal }).catch((cause) => {
      throw new ProviderError(provider, 'timed_out', { detail: 'ended by caller', maybeTaken: true, cause });
    });

  return {
    type: 'text',
    name,
    asked,
    async answer(request, call): Promise<TextResult> {
      await take(request, call);
      switch (request.kind) {
        case 'text.structured':
          return { kind: request.kind, value, text: JSON.stringify(value), usage };
        case 'image.describe':
          return { kind: request.kind, text: `A picture of ${request.image.bytes.byteLength} bytes.`, usage };
        case 'text.embed':
          return { kind: request.kind, vectors: request.texts.map((text) => [text.length, 1, 0]), usage };
        default:
          return request satisfies never;
      }
    },
    async *stream(request, call): AsyncIterable<TextPiece> {
      await take(request, call);
      for (const [index, text] of pieces.entries()) {
        await options.until?.(index + 1);
        yield { type: 'delta', text };
        await pause(call);
      }
      yield { type: 'end', usage };
    },
  };
}
