import type { OutsideFetch } from '@repo/outbound';
import { retryAfterOf, wordsOf } from '../call/explain-call.ts';
import { guardedBy, isAt } from '../call/guarded-send.ts';
import type { CallLimits } from '../call/watch-call.ts';
import { ProviderError } from '../port.ts';
import { callVertex } from './call-vertex.ts';
import type { TokenSource } from './create-token-source.ts';

export type VideoStore = {
  tokens: TokenSource;
  /** Where `gs://bucket/object` is read, as `<storageBaseUrl>/bucket/object`. */
  storageBaseUrl: string;
  /** Other addresses of the vendor, which may see the token too. */
  trusted: readonly string[];
  limits: Omit<CallLimits, 'signal'>;
  /** Fetches what lies on none of these hosts. */
  outside: OutsideFetch;
};

/**
 * The bytes behind a link of the vendor's. The film exists and is paid for, so every failure is worth asking
 * again: always `unavailable` or `rate_limited`, never taken.
 */
export async function fetchVideo(
  provider: string,
  link: string,
  { tokens, storageBaseUrl, trusted, limits, outside }: VideoStore,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const fail = (detail: string, retryAfterMs?: number) =>
    new ProviderError(provider, 'unavailable', { detail: `the finished film: ${detail}`, retryAfterMs });
  const address = addressOf(link, storageBaseUrl);
  const named = [storageBaseUrl, ...trusted];
  const isOurs = address && mayBearToken(address, named);
  // Plain http is only spoken with the hosts that the settings name.
  if (!address || (address.protocol !== 'https:' && !isOurs)) throw fail('it lies where it cannot be fetched');
  try {
    return await callVertex(provider, isOurs ? tokens : undefined, {
      url: () => address.href,
      limits: isAt(address, named) ? limits : guardedBy(outside, limits),
      signal,
      read: async (response) => new Uint8Array(await response.arrayBuffer()),
      explainStatus: (status, headers, cause) =>
        fail(`${status} ${wordsOf(cause)}`, status === 429 || status === 503 ? retryAfterOf(headers) : undefined),
    });
  } catch (error) {
    if (!ProviderError.is(error)) throw error;
    if (error.reason === 'unavailable' && !error.maybeTaken) throw error;
    throw fail(error.detail ?? error.reason, error.retryAfterMs);
  }
}

function addressOf(link: string, storageBaseUrl: string): URL | undefined {
  const [, bucket, object] = /^gs:\/\/([^/]+)\/(.+)$/s.exec(link) ?? [];
  const path = object?.split('/').map(encodeURIComponent).join('/');
  const text = bucket && path ? `${storageBaseUrl.replace(/\/+$/, '')}/${encodeURIComponent(bucket)}/${path}` : link;
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** Only the very hosts that are configured, and Google's own by https, may see the token. */
export function mayBearToken(address: URL, bases: readonly string[]): boolean {
  if (isAt(address, bases)) return true;
  return address.protocol === 'https:' && /(^|\.)googleapis\.com$/.test(address.hostname) && !address.port;
}
