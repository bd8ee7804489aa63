import { AsyncLocalStorage } from 'node:async_hooks';
import type { Bucket } from '../limits/rate-rules.ts';
import type { Verdict } from '../limits/verdict.ts';

/** What belongs to one request, from its first byte to its answer. */
export type RequestScope = {
  /** Names this request in logs, on error pages and in the `x-request-id` header. */
  requestId: string;
  /** Allows the scripts of this answer, and no others. */
  nonce: string;
  /** Where the request came from, as far as it can be believed. */
  clientAddress: string;
  /** `Set-Cookie` headers of the answer, gathered while it is made. */
  cookies: Headers;
  /** The fields of a posted form, without passwords; for pages that must give them back. */
  typed: [name: string, value: string][];
  /** Names one press of a button, where the form or call carries an idempotency key. */
  pressKey: string | null;
  /** Answers worked out once per request, such as who is asking. */
  memo: Map<symbol, unknown>;
  /** What it has been counted for. */
  spent: Set<Bucket>;
  /** The tightest limit that it met, told with the answer. */
  verdict: Verdict | null;
};

// On globalThis: a dev server reloads this module, and both copies must see the same request.
const KEY = Symbol.for('@repo/runtime/request-scope');
const holder = globalThis as { [KEY]?: AsyncLocalStorage<RequestScope> };
holder[KEY] ??= new AsyncLocalStorage<RequestScope>();
const storage = holder[KEY];

export const runInScope = <T>(scope: RequestScope, work: () => T): T => storage.run(scope, work);

export const newScope = (known: Partial<RequestScope> = {}): RequestScope => ({
  requestId: known.requestId ?? crypto.randomUUID(),
  nonce: known.nonce ?? '',
  clientAddress: known.clientAddress ?? '',
  cookies: new Headers(),
  typed: known.typed ?? [],
  pressKey: known.pressKey ?? null,
  memo: new Map(),
  spent: new Set(),
  verdict: null,
});

const loose = new WeakMap<Request, RequestScope>();

/** The scope that code is running in. Outside a server (a test that calls a loader) each request has one of its own. */
export function scopeOf(request: Request): RequestScope {
  const running = storage.getStore();
  if (running) return running;
  const known = loose.get(request) ?? newScope();
  loose.set(request, known);
  return known;
}

/** The scope that code is running in, if any. */
export const currentScope = (): RequestScope | undefined => storage.getStore();
