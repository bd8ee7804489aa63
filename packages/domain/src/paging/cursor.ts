import { z } from 'zod';
import { DomainError } from '../errors.ts';

// Postgres knows no year 0.
const Key = z.tuple([z.iso.datetime().refine((at) => !at.startsWith('0000')), z.uuid()]);

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
