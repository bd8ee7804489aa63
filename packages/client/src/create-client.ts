import type { AppRouter } from '@repo/api';
import {
  createTRPCClient,
  httpBatchStreamLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
} from '@trpc/client';
import { EventSource } from 'eventsource';
import superjson from 'superjson';
import { pressKeyLink } from './press-keys.ts';
import { RemixifyError } from './remixify-error.ts';
import { retryLink } from './retry.ts';
import { type Asset, sendFile, type UploadOptions } from './send-file.ts';
import { type GenerationState, type WatchOptions, watchGeneration, whenSettled } from './watch-generation.ts';
import { pause, type Wire } from './wire.ts';

export type ClientOptions = {
  /** Where Remixify runs, such as `https://remixify.example`. */
  url: string;
  /** A key from the settings; without one, only what is public can be read. */
  apiKey?: string;
  /** Tries of a call that may be repeated without doing anything twice; 1 switches retries off. */
  tries?: number;
  /** Another `fetch`, for proxies and tests. */
  fetch?: typeof fetch;
};

export type Client = {
  /** Every procedure, typed: `client.api.ads.feed.query({ limit: 12 })`. */
  api: TRPCClient<AppRouter>;
  /** Uploads a picture and waits until it can be used. */
  upload(file: Blob | Uint8Array, options?: UploadOptions): Promise<Asset>;
  /** Every change of a generation until its end: `for await (const state of client.watch(id))`. */
  watch(generationId: string, options?: WatchOptions): AsyncGenerator<GenerationState, void>;
  /** Waits for the end of a generation: done, failed or cancelled. */
  settled(generationId: string, options?: WatchOptions): Promise<GenerationState>;
  /** The bytes behind an address that an answer named, signed ones included. */
  download(address: string, options?: { signal?: AbortSignal }): Promise<Blob>;
};

const TRIES = 4;

/** The calls that answer piece by piece; filled in by the build from the router itself. */
declare const __STREAMED_CALLS__: readonly string[];

/** A client of one installation. Makes no connection before its first call. */
export function createClient({ url, apiKey, tries = TRIES, fetch: given }: ClientOptions): Client {
  if (!URL.canParse(url))
    throw new RemixifyError(`"${url}" is no web address. Name one such as https://remixify.example.`, {
      code: 'INVALID',
    });
  const base = new URL(url).origin;
  const headers: Record<string, string> = apiKey ? { authorization: `Bearer ${apiKey}` } : {};
  const doFetch: typeof fetch = given ?? ((input, init) => globalThis.fetch(input, init));
  const http = { url: `${base}/api/trpc`, transformer: superjson, headers, fetch: doFetch as never };
  const withKey: typeof fetch = (input, init) =>
    doFetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), ...headers } });
  const api = createTRPCClient<AppRouter>({
    links: [
      pressKeyLink(),
      retryLink({ tries }),
      splitLink({
        condition: ({ type }) => type === 'subscription',
        // Node has no EventSource, and those of browsers send no key.
        true: httpSubscriptionLink({ ...http, EventSource, eventSourceOptions: () => ({ fetch: withKey as never }) }),
        false: splitLink({
          condition: ({ path }) => __STREAMED_CALLS__.includes(path),
          true: httpBatchStreamLink({ ...http, maxItems: 1 }),
          false: httpLink(http),
        }),
      }),
    ],
  });
  const wire: Wire = { api, url: base, fetch: doFetch, pause };
  return {
    api,
    upload: (file, options) => sendFile(wire, file, options),
    watch: (id, options) => watchGeneration(wire, id, options),
    settled: (id, options) => whenSettled(wire, id, options),
    async download(address, options = {}) {
      const answer = await doFetch(new URL(address, base), options);
      if (!answer.ok)
        throw new RemixifyError(`The file was not handed out (${answer.status}).`, {
          code: 'DOWNLOAD',
          status: answer.status,
        });
      return answer.blob();
    },
  };
}
