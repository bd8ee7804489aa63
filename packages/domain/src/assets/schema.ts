import { z } from 'zod';
import { IdempotencyKey } from '../presses/schema.ts';
import { IMAGE_MAX_BYTES, IMAGE_TYPES, PICTURE_SENTENCES } from './rules.ts';

/** A picture ready to be shown: addresses of its variants and what stands there until they load. */
export const PictureView = z.object({
  id: z.uuid(),
  width: z.number().int(),
  height: z.number().int(),
  thumbhash: z.string(),
  color: z.string(),
  urls: z.object({ '480': z.string(), '1600': z.string(), full: z.string() }),
});
export type PictureView = z.infer<typeof PictureView>;

/** A film ready to be played: its address, and a picture of it for where it stands still. */
export const FilmView = z.object({
  id: z.uuid(),
  url: z.string(),
  mimeType: z.string(),
  durationSeconds: z.number(),
  poster: PictureView,
});
export type FilmView = z.infer<typeof FilmView>;

export const SoundView = z.object({
  id: z.uuid(),
  url: z.string(),
  mimeType: z.string(),
  durationSeconds: z.number(),
});
export type SoundView = z.infer<typeof SoundView>;

export const RequestSlotInput = z.object({
  mimeType: z.enum(IMAGE_TYPES, PICTURE_SENTENCES.type_not_allowed),
  bytes: z.number().int().min(1, PICTURE_SENTENCES.empty).max(IMAGE_MAX_BYTES, PICTURE_SENTENCES.too_large),
  idempotencyKey: IdempotencyKey.optional(),
});
export type RequestSlotInput = z.infer<typeof RequestSlotInput>;

export const UploadSlot = z.object({
  assetId: z.uuid(),
  method: z.literal('PUT'),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  expiresAt: z.date(),
});
export type UploadSlot = z.infer<typeof UploadSlot>;

export const AssetView = z.object({
  id: z.uuid(),
  status: z.enum(['awaiting', 'checking', 'usable', 'rejected']),
  /** Which rule the file broke, as a sentence; null unless rejected. */
  failure: z.string().nullable(),
  failureRule: z.string().nullable(),
  /** The asset to use: this one, or the owner's earlier one of the very same bytes. */
  useId: z.uuid(),
  picture: PictureView.nullable(),
});
export type AssetView = z.infer<typeof AssetView>;
