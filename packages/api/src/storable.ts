import { NOT_PLAIN } from '@repo/domain/plain-text/schema';
import { z } from 'zod';

/** A value of the input, and how one comes to it. Paths are not copied: an input may be a hundred thousand deep. */
type Place = { value: unknown; key: PropertyKey | null; within: Place | null };

/** Postgres keeps neither a NUL nor half of a character, in a text or in JSON, and does not even compare with one. */
const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/**
 * Refuses an input with a text in it, at any depth and in any field, that the database cannot hold: as a ZodError at the
 * first such field. No schema need think of it.
 */
export function mustBeStorable(input: unknown): void {
  const left: Place[] = [{ value: input, key: null, within: null }];
  for (let place = left.pop(); place; place = left.pop()) {
    const { value } = place;
    if (typeof value === 'string' && !isStorable(value)) throw refusalOf(place);
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inside] of Object.entries(value)) {
      if (!isStorable(key)) throw refusalOf(place);
      left.push({ value: inside, key: Array.isArray(value) ? Number(key) : key, within: place });
    }
  }
}

function refusalOf(place: Place): z.ZodError {
  const path: PropertyKey[] = [];
  for (let at: Place | null = place; at; at = at.within) if (at.key !== null) path.unshift(at.key);
  return new z.ZodRealError([{ code: 'custom', path, message: NOT_PLAIN, input: place.value }]);
}
