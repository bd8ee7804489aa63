import { z } from 'zod';
import { DomainError } from '../errors.ts';

export const PageInput = z.object({
  cursor: z.string().max(200).nullish(),
  limit: z.number().int().min(1).max(60).default(24),
});
export type PageInput = z.output<typeof PageInput>;

export type Page<Item> = { items: Item[]; nextCursor: string | null };

export const pageOutput = <Schema extends z.ZodType>(item: Schema) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

const Key = z.tuple([z.iso.datetime(), z.uuid()]);

/** Where a page ends: the last item's time and id. Opaque to callers. */
export const cursorOf = ({ at, id }: { at: Date; id: string }): string =>
  Buffer.from(JSON.stringify([at.toISOString(), id])).toString('base64url');

export function readCursor(cursor: string | null | undefined): { at: string; id: string } | null {
  if (!cursor) return null;
  try {
    const [at, id] = Key.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { at, id };
  } catch {
    throw new DomainError('invalid', 'This page address is damaged. Start from the first page.');
  }
}
