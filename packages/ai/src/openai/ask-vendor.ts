import type { OpenAI } from 'openai';
import { explainCall, withoutSecret } from '../call/explain-call.ts';
import { type CallLimits, type CallTrace, watchCall } from '../call/watch-call.ts';
import type { ModelCall, ProviderError } from '../port.ts';
import { errorWithin, explainErrorWithin, explainOpenAiStatus } from './explain-failure.ts';
import { idempotencyHeaders, type Vendor } from './vendor.ts';

export type AskLimits = Omit<CallLimits, 'signal'>;

/** What a request is sent with, beside its body. */
export type Sending = { headers: Record<string, string> };

/** One watched call to a vendor; whatever goes wrong in it comes as a `ProviderError` that names no key. */
export async function askVendor<T>(
  vendor: Vendor,
  limits: AskLimits,
  call: ModelCall,
  work: (client: OpenAI, sending: Sending) => Promise<T>,
): Promise<T> {
  const watched = watchCall({ ...limits, signal: call.signal });
  try {
    const answer = await watched.run(async () => work(vendor.open(watched.fetch), await toSending(call)));
    // Gateways tell their errors with status 200, too.
    const told = errorWithin(answer);
    if (told) throw explainErrorWithin(vendor.provider, told, watched.trace.headers);
    return answer;
  } catch (cause) {
    throw explain(vendor, cause, watched.trace);
  }
}

/** The same for an answer that comes in pieces. */
export async function* streamFromVendor<T>(
  vendor: Vendor,
  limits: AskLimits,
  call: ModelCall,
  open: (client: OpenAI, sending: Sending) => Promise<AsyncIterable<T>>,
): AsyncGenerator<T, void, undefined> {
  const watched = watchCall({ ...limits, signal: call.signal });
  try {
    yield* watched.stream(async () => open(vendor.open(watched.fetch), await toSending(call)));
  } catch (cause) {
    throw explain(vendor, cause, watched.trace);
  }
}

const toSending = async ({ idempotencyKey }: ModelCall): Promise<Sending> => ({
  headers: await idempotencyHeaders(idempotencyKey),
});

function explain({ provider, apiKey }: Vendor, cause: unknown, trace: CallTrace): ProviderError {
  const told = trace.status === 200 && !trace.endedBy ? errorWithin(cause) : undefined;
  const explained = told
    ? explainErrorWithin(provider, told, trace.headers)
    : explainCall(provider, cause, trace, (status, headers) => explainOpenAiStatus(provider, cause, status, headers));
  return withoutSecret(explained, apiKey);
}
