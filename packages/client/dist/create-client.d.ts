import type { AppRouter } from './router.js';
import { type TRPCClient } from '@trpc/client';
import { type Asset, type UploadOptions } from './send-file.js';
import { type GenerationState, type WatchOptions } from './watch-generation.js';
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
    download(address: string, options?: {
        signal?: AbortSignal;
    }): Promise<Blob>;
};
/** A client of one installation. Makes no connection before its first call. */
export declare function createClient({ url, apiKey, tries, fetch: given }: ClientOptions): Client;
