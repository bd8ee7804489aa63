import { BRAND_NAME_MAX_CHARS } from '@repo/db/limits';
import { z } from 'zod';
import { PictureView } from '../assets/schema.ts';
import { plainText } from '../plain-text/schema.ts';
import { IdempotencyKey } from '../presses/schema.ts';
import { BRAND_ROLES } from './rules.ts';

export const BrandName = plainText({ max: BRAND_NAME_MAX_CHARS, empty: 'Give the brand a name.', noun: 'brand name' });

export const CreateBrandInput = z.object({ name: BrandName, idempotencyKey: IdempotencyKey.optional() });
export type CreateBrandInput = z.infer<typeof CreateBrandInput>;

export const BrandView = z.object({
  id: z.uuid(),
  name: z.string(),
  slug: z.string(),
  accentColor: z.string().nullable(),
});
export type BrandView = z.infer<typeof BrandView>;

export const MyBrandView = BrandView.extend({ role: z.enum(BRAND_ROLES) });
export type MyBrandView = z.infer<typeof MyBrandView>;

export const BrandReportInput = z.object({ brandId: z.uuid(), days: z.number().int().min(1).max(90).default(30) });
export type BrandReportInput = z.infer<typeof BrandReportInput>;

/** Counts of one brand, computed from its rows at this moment. Days are UTC, oldest first, none left out. */
export const BrandReport = z.object({
  brand: MyBrandView,
  ads: z.number().int(),
  /** Published remixes of the brand's ads. */
  remixes: z.number().int(),
  /** Different people who made a remix of them, published or not. */
  creators: z.number().int(),
  /** Credits captured for remixes of the brand's ads within the days. */
  creditsSpent: z.number().int(),
  /** `remixes` are those paid for on the day, published or not. */
  days: z.array(z.object({ day: z.string(), credits: z.number().int(), remixes: z.number().int() })),
  /** The published ads with the most published remixes, at most five. */
  topAds: z.array(z.object({ id: z.uuid(), title: z.string(), remixes: z.number().int(), picture: PictureView })),
  countedAt: z.date(),
});
export type BrandReport = z.infer<typeof BrandReport>;
