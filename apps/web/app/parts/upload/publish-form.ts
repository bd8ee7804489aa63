import { CreateAdInput } from '@repo/domain/ads/schema';
import { BrandName } from '@repo/domain/brands/schema';
import { z } from 'zod';

/** The choice in the list of brands that asks for a name. */
export const NEW_BRAND = 'new';

const { assetId, title, location, idempotencyKey } = CreateAdInput.shape;

const CHOOSE = 'Choose a brand, or make a new one.';

const wantsName = (form: unknown): boolean => (form as { brand?: unknown } | null)?.brand === NEW_BRAND;

/** The form as it is posted: flat, and every broken rule told at once. */
export const PublishForm = z
  .object({
    assetId,
    title,
    location,
    idempotencyKey,
    brand: z.union([z.literal(NEW_BRAND), z.uuid(CHOOSE)], CHOOSE),
    newBrand: z.string().default(''),
  })
  .refine((form) => !wantsName(form) || BrandName.safeParse(form.newBrand).success, {
    path: ['newBrand'],
    when: ({ value }) => wantsName(value),
    error: ({ input }) => {
      const name = (input as { newBrand?: unknown }).newBrand ?? '';
      return BrandName.safeParse(name).error?.issues[0]?.message;
    },
  })
  .transform(
    ({ brand, newBrand, ...ad }): CreateAdInput => ({
      ...ad,
      brand: brand === NEW_BRAND ? { newBrand: newBrand.trim() } : { brandId: brand },
    }),
  );
