import { LOCATION_MAX_CHARS, TITLE_MAX_CHARS } from '@repo/db/limits';
import { z } from 'zod';
import { PictureView } from '../assets/schema.ts';
import { BrandName, BrandView } from '../brands/schema.ts';
import { IdempotencyKey } from '../generation/schema.ts';
import { plainText } from '../plain-text/schema.ts';

export { LOCATION_MAX_CHARS, TITLE_MAX_CHARS };

/** One of the asker's brands, or a new one made in the same step. */
export const AdBrand = z.union([z.object({ brandId: z.uuid() }), z.object({ newBrand: BrandName })]);

export const CreateAdInput = z.object({
  assetId: z.uuid('Choose a picture first.'),
  title: plainText({ max: TITLE_MAX_CHARS, empty: 'Give the ad a title.', noun: 'title' }),
  location: plainText({ max: LOCATION_MAX_CHARS, empty: null, noun: 'location' }).default(''),
  brand: AdBrand,
  idempotencyKey: IdempotencyKey,
});
export type CreateAdInput = z.infer<typeof CreateAdInput>;

export const AuthorView = z.object({ id: z.uuid(), name: z.string(), isGuest: z.boolean() });

export const AdView = z.object({
  id: z.uuid(),
  title: z.string(),
  location: z.string(),
  status: z.enum(['published', 'hidden', 'deleted']),
  brand: BrandView,
  author: AuthorView,
  picture: PictureView,
  remixCount: z.number().int(),
  createdAt: z.date(),
  mayRemove: z.boolean(),
});
export type AdView = z.infer<typeof AdView>;
