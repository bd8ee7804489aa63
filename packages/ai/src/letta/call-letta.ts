import Letta from '@letta-ai/letta-client';
import { explainCall, withoutSecret } from '../call/explain-call.ts';
import { type CallTimeouts, type WatchedCall, watchCall } from '../call/watch-call.ts';
import { type ModelCall, ProviderError } from '../port.ts';
import { explainLettaStatus } from './explain-failure.ts';

export const PROVIDER = 'letta';
const LETTA = 'https://api.letta.com';
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
/** An agent thinks in several steps before the first byte comes; its memory is at hand. */
const ASK_TIMEOUTS = { firstByteMs: 150_000, stallMs: 20_000, totalMs: 180_000 };
const MEMORY_TIMEOUTS = { firstByteMs: 30_000, stallMs: 20_000, totalMs: 60_000 };

export type LettaOptions = {
  apiKey: string;
  /** Another address that speaks Letta's wire format. */
  baseUrl?: string | undefined;
  /** Such as `agent-5c0f...`. */
  agentId: string;
  timeouts?: Partial<CallTimeouts> | undefined;
};

/** `ask` costs money, `write` changes what the agent remembers, `read` changes nothing. */
export type LettaDoing = 'ask' | 'write' | 'read';

/** One request to Letta under our own limits; whatever it throws is a `ProviderError`. */
export type CallLetta = <T>(
  doing: LettaDoing,
  call: ModelCall,
  work: (client: Letta) => PromiseLike<unknown>,
  read: (answer: unknown) => T,
) => Promise<T>;

export function createCaller({ apiKey, baseUrl = LETTA, timeouts }: LettaOptions): CallLetta {
  return async (doing, call, work, read) => {
    const usual = doing === 'ask' ? ASK_TIMEOUTS : MEMORY_TIMEOUTS;
    const watched = watchCall({ ...usual, ...timeouts, maxBytes: MAX_ANSWER_BYTES, signal: call.signal });
    try {
      const answer = await watched.run(async () => work(connectTo(baseUrl, apiKey, watched)));
      return read(answer);
    } catch (cause) {
      const explained = explainCall(PROVIDER, cause, watched.trace, (status, headers) =>
        explainLettaStatus(PROVIDER, { cause, status, headers, doing }),
      );
      throw withoutSecret(doing === 'read' ? withNothingTaken(explained) : explained, apiKey);
    }
  };
}

/** Reading costs nothing and changes nothing: it can always be done again. */
function withNothingTaken(error: ProviderError): ProviderError {
  if (!error.maybeTaken) return error;
  const { provider, reason, detail, said, retryAfterMs, isLost, isOver, cause } = error;
  return new ProviderError(provider, reason, { detail, said, retryAfterMs, isLost, isOver, cause });
}

/** What is sent besides the key. The SDK would add headers of `LETTA_CUSTOM_HEADERS` and tell of this machine. */
const HEADERS = ['accept', 'content-type', 'user-agent'];

function connectTo(baseURL: string, apiKey: string, watched: WatchedCall): Letta {
  // All of it said outright: what is left unsaid the SDK takes from the environment.
  return new Letta({
    baseURL,
    apiKey,
    projectID: null,
    project: null,
    logLevel: 'off',
    // Left on, a request that was cut off or answered with `x-should-retry` is sent, and paid, three times.
    maxRetries: 0,
    // Ours end the call.
    timeout: 3_600_000,
    fetch: (input, init) => {
      const given = new Headers(init?.headers);
      const headers = new Headers({ authorization: `Bearer ${apiKey}` });
      for (const name of HEADERS) if (given.has(name)) headers.set(name, given.get(name)!);
      return watched.fetch(input, { ...init, headers });
    },
  });
}

/** A list as it came: the SDK makes an empty one of `null` and of no body at all, and "none" must not be guessed. */
export const listOf = async (page: { asResponse(): Promise<Response> }): Promise<unknown> =>
  (await page.asResponse()).json();
