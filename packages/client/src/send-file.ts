import type { AppRouter } from '@repo/api';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { RemixifyError } from './remixify-error.ts';
import type { Wire } from './wire.ts';

export type Asset = inferRouterOutputs<AppRouter>['assets']['byId'];
type ImageType = inferRouterInputs<AppRouter>['assets']['requestSlot']['mimeType'];

export type UploadOptions = { mimeType?: string; signal?: AbortSignal };

const TRIES = 3;
const ASK_EVERY_MS = 300;
const CHECK_MAX_MS = 120_000;

/**
 * Uploads a picture and waits until it was checked. Bytes that were lost on the way are sent again to a new place.
 * @returns the asset; use its `useId` in further calls.
 * @throws RemixifyError `REJECTED` with the server's sentence where the file cannot be used.
 */
export async function sendFile(wire: Wire, file: Blob | Uint8Array, options: UploadOptions = {}): Promise<Asset> {
  const body = file instanceof Blob ? file : new Blob([file as Uint8Array<ArrayBuffer>]);
  const mimeType = (options.mimeType ?? body.type) as ImageType;
  const { signal } = options;
  for (let tried = 1; ; tried += 1) {
    const slot = await wire.api.assets.requestSlot.mutate({ mimeType, bytes: body.size }, signal ? { signal } : {});
    const answer = await wire
      .fetch(new URL(slot.url, wire.url), {
        method: slot.method,
        headers: slot.headers,
        body,
        ...(signal ? { signal } : {}),
      })
      .catch((error: unknown) => {
        if (signal?.aborted || tried >= TRIES) throw error;
        return null;
      });
    if (answer?.ok) return whenChecked(wire, slot.assetId, signal);
    if (answer && (answer.status < 500 || tried >= TRIES)) {
      throw new RemixifyError(`The upload was not taken (${answer.status}).`, {
        code: 'UPLOAD',
        status: answer.status,
      });
    }
  }
}

async function whenChecked(wire: Wire, id: string, signal?: AbortSignal): Promise<Asset> {
  const until = Date.now() + CHECK_MAX_MS;
  let asset = await wire.api.assets.complete.mutate({ id });
  while (asset.status === 'awaiting' || asset.status === 'checking') {
    if (Date.now() > until) throw new RemixifyError('The upload is still being checked.', { code: 'TIMEOUT' });
    await wire.pause(ASK_EVERY_MS, signal);
    asset = await wire.api.assets.byId.query({ id });
  }
  if (asset.status === 'rejected') {
    throw new RemixifyError(asset.failure ?? 'This file cannot be used.', { code: 'REJECTED' });
  }
  return asset;
}
