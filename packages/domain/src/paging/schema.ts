import { z } from 'zod';

export const PageInput = z.object({
  cursor: z.string().max(200).nullish(),
  limit: z.number().int().min(1).max(60).default(24),
});
export type PageInput = z.output<typeof PageInput>;

/** Some items of a list, and where the next ones begin; null when there are no more. */
export type Page<Item> = { items: Item[]; nextCursor: string | null };

export const pageOutput = <Schema extends z.ZodType>(item: Schema) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
