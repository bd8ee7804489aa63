import type { AppRouter } from './router.js';
import type { inferRouterOutputs } from '@trpc/server';
import type { Wire } from './wire.js';
export type Asset = inferRouterOutputs<AppRouter>['assets']['byId'];
export type UploadOptions = {
    mimeType?: string;
    signal?: AbortSignal;
};
/**
 * Uploads a picture and waits until it was checked. Bytes that were lost on the way are sent again to a new place.
 * @returns the asset; use its `useId` in further calls.
 * @throws RemixifyError `REJECTED` with the server's sentence where the file cannot be used.
 */
export declare function sendFile(wire: Wire, file: Blob | Uint8Array, options?: UploadOptions): Promise<Asset>;
