import Anthropic from '@anthropic-ai/sdk';
import { explainCall, withoutSecret } from '../call/explain-call.ts';
import { type CallTimeouts, type CallTrace, type WatchedCall, watchCall } from '../call/watch-call.ts';
import {
  type ModelCall,
  notMadeFor,
  type ProviderError,
  type StreamRequest,
  type TextModel,
  type TextPiece,
  type TextRequest,
  type TextResult,
} from '../port.ts';
import { explainAnthropicStatus } from './explain-failure.ts';
import { toMessageParams } from './message-params.ts';
import { readDescription, readStructured } from './read-message.ts';
import { readStream } from './read-stream.ts';

const PROVIDER = 'anthropic';
const ANTHROPIC = 'https://api.anthropic.com';
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
const TIMEOUTS = { firstByteMs: 120_000, stallMs: 20_000, totalMs: 180_000 };
/** A stream says something at once, and sends pings while the model thinks. */
const STREAM_TIMEOUTS = { firstByteMs: 30_000, stallMs: 30_000, totalMs: 300_000 };

export type AnthropicOptions = {
  apiKey: string;
  /** Another address that speaks Anthropic's wire format. */
  baseUrl?: string | undefined;
  /** Such as `claude-sonnet-5-5`. */
  modelId: string;
  timeouts?: Partial<CallTimeouts> | undefined;
};

/** Claude: `text.structured`, `image.describe` and `text.stream`. It has no embeddings. */
export function createAnthropicTextModel(options: AnthropicOptions): TextModel {
  const { apiKey, baseUrl = ANTHROPIC, modelId, timeouts } = options;

  const watch = (usual: typeof TIMEOUTS, signal: AbortSignal | undefined) =>
    watchCall({ ...usual, ...timeouts, maxBytes: MAX_ANSWER_BYTES, signal });
  const connect = (watched: WatchedCall) => connectTo(baseUrl, apiKey, watched);
  const explain = (cause: unknown, trace: CallTrace): ProviderError =>
    withoutSecret(
      explainCall(PROVIDER, cause, trace, (status, headers) =>
        explainAnthropicStatus(PROVIDER, cause, status, headers),
      ),
      apiKey,
    );

  async function answer(request: TextRequest, call: ModelCall = {}): Promise<TextResult> {
    if (request.kind === 'text.embed') throw notMadeFor(PROVIDER, request.kind);
    const watched = watch(TIMEOUTS, call.signal);
    try {
      const message = await watched.run(async () => {
        const params = await toMessageParams(PROVIDER, modelId, request);
        return connect(watched).messages.create({ ...params, stream: false });
      });
      return request.kind === 'text.structured'
        ? readStructured(PROVIDER, message)
        : readDescription(PROVIDER, message);
    } catch (cause) {
      throw explain(cause, watched.trace);
    }
  }

  async function* stream(request: StreamRequest, call: ModelCall = {}): AsyncGenerator<TextPiece, void> {
    const watched = watch(STREAM_TIMEOUTS, call.signal);
    const open = async () => {
      const params = await toMessageParams(PROVIDER, modelId, request);
      return connect(watched).messages.create({ ...params, stream: true });
    };
    try {
      yield* readStream(PROVIDER, watched.stream<unknown>(open));
    } catch (cause) {
      throw explain(cause, watched.trace);
    }
  }

  return { type: 'text', name: `${PROVIDER}/${modelId}`, answer, stream };
}

/** What is sent besides the key. The SDK would add headers of `ANTHROPIC_CUSTOM_HEADERS` and tell of this machine. */
const HEADERS = ['accept', 'content-type', 'anthropic-version', 'user-agent'];

function connectTo(baseURL: string, apiKey: string, watched: WatchedCall): Anthropic {
  // All of it said outright: what is left unsaid the SDK takes from the environment.
  return new Anthropic({
    baseURL,
    apiKey,
    webhookKey: null,
    logLevel: 'off',
    openTelemetry: false,
    // Left on, a request that was cut off or answered with `x-should-retry` is sent, and paid, three times.
    maxRetries: 0,
    // Ours end the call; without one the SDK refuses a long answer before it asks.
    timeout: 3_600_000,
    fetch: (input, init) => {
      const given = new Headers(init?.headers);
      const headers = new Headers({ authorization: `Bearer ${apiKey}` });
      for (const name of HEADERS) if (given.has(name)) headers.set(name, given.get(name)!);
      return watched.fetch(input, { ...init, headers });
    },
  });
}
