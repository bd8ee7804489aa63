import { z } from 'zod';

export const PageInput = z.object({
  cursor: z.string().max(200).nullish(),
  limit: z.number().int().min(1).max(60).default(24),
});
export type PageInput = z.output<typeof PageInput>;

/** Lists are counted no further: somebody who has more than that wants no number, and it costs nothing to stop. */
export const COUNTED_UP_TO = 1_000;

/**
 * Some items of a list, and where the next ones begin; null when there are no more. `total` is how many there are on all
 * pages, where that was asked; above `COUNTED_UP_TO` it means that there are more than those.
 */
export type Page<Item> = { items: Item[]; nextCursor: string | null; total?: number };

export const pageOutput = <Schema extends z.ZodType>(item: Schema) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.number().int().optional() });
