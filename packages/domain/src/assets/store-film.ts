import { posterOf, probeVideo } from '@repo/media/video';
import type { ObjectStore } from '@repo/storage';
import { filmKey } from './keys.ts';
import { type StoredPicture, storePicture } from './store-picture.ts';

/** What an asset row says of a film that is stored with a picture of itself. */
export type StoredFilm = StoredPicture & { kind: 'film'; durationSeconds: number };

/** Looks at a film, stores it and a picture of it, private. Throws `VideoError` for bytes that are no film. */
export async function storeFilm(store: ObjectStore, assetId: string, bytes: Uint8Array): Promise<StoredFilm> {
  const facts = await probeVideo(bytes);
  const { durationSeconds, mimeType } = facts;
  const poster = await storePicture(store, assetId, await posterOf(bytes, { facts }));
  await store.put(filmKey(assetId, false), bytes, { contentType: mimeType });
  return {
    ...poster,
    kind: 'film',
    mimeType,
    durationSeconds,
    declaredType: mimeType,
    declaredBytes: bytes.byteLength,
    storedBytes: poster.storedBytes + bytes.byteLength,
  };
}
