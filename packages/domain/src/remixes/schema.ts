import { z } from 'zod';
import { AdView, AuthorView } from '../ads/schema.ts';
import { PictureView } from '../assets/schema.ts';
import { GenerationView, IdempotencyKey, ModelChoice, Prompt } from '../generation/schema.ts';

/** Asks for a remix of an ad, or of a published (or one's own) remix of it. */
export const RequestRemixInput = z.object({
  adId: z.uuid('This is not the address of an ad.'),
  parentId: z.uuid().nullish(),
  prompt: Prompt,
  model: ModelChoice,
  idempotencyKey: IdempotencyKey,
});
export type RequestRemixInput = z.infer<typeof RequestRemixInput>;

export const REMIX_STATUSES = ['draft', 'published', 'hidden', 'deleted'] as const;

/** A remix as a card in a list. `picture` is null while it is being made. */
export const RemixCard = z.object({
  id: z.uuid(),
  adId: z.uuid(),
  adTitle: z.string(),
  brandName: z.string(),
  parentId: z.uuid().nullable(),
  prompt: z.string(),
  status: z.enum(REMIX_STATUSES),
  author: AuthorView,
  picture: PictureView.nullable(),
  generationStatus: z.string().nullable(),
  createdAt: z.date(),
  publishedAt: z.date().nullable(),
  isMine: z.boolean(),
});
export type RemixCard = z.infer<typeof RemixCard>;

/** A remix on its own page: with what it was made from, and for its author how the making goes. */
export const RemixView = RemixCard.extend({
  ad: AdView.nullable(),
  /** The picture it was made from: the ad's, or its parent's. */
  original: PictureView.nullable(),
  parent: RemixCard.nullable(),
  generation: GenerationView.nullable(),
});
export type RemixView = z.infer<typeof RemixView>;

/** A short-lived address that hands the full-size picture out as a file of this name. */
export const RemixDownload = z.object({ url: z.string(), fileName: z.string() });
export type RemixDownload = z.infer<typeof RemixDownload>;
