import type { assets } from '@repo/db';
import type { ObjectStore } from '@repo/storage';
import { filmKey, soundKey } from './keys.ts';
import type { FilmView, SoundView } from './schema.ts';
import { viewPicture } from './view-picture.ts';

type AssetRow = typeof assets.$inferSelect;

/** A film's address and its picture: lasting where public, signed and short-lived where not. */
export async function viewFilm(store: ObjectStore, asset: AssetRow): Promise<FilmView> {
  return {
    id: asset.id,
    url: await addressOf(store, asset, filmKey),
    mimeType: asset.mimeType ?? 'video/mp4',
    durationSeconds: asset.durationSeconds ?? 0,
    poster: await viewPicture(store, asset),
  };
}

export async function viewSound(store: ObjectStore, asset: AssetRow): Promise<SoundView> {
  return {
    id: asset.id,
    url: await addressOf(store, asset, soundKey),
    mimeType: asset.mimeType ?? 'audio/mpeg',
    durationSeconds: asset.durationSeconds ?? 0,
  };
}

const addressOf = (store: ObjectStore, asset: AssetRow, keyOf: (id: string, isPublic: boolean) => string) =>
  asset.isPublic ? store.publicUrl(keyOf(asset.id, true)) : store.signDownload(keyOf(asset.id, false));
