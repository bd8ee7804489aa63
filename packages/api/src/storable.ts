import { NOT_PLAIN } from '@repo/domain/plain-text/schema';
import { z } from 'zod';

/** Postgres keeps neither a NUL nor half of a character, in a text or in JSON, and does not even compare with one. */
const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/**
 * Refuses an input with a text in it, at any depth and in any field, that the database cannot hold: as a ZodError at the
 * first such field. No schema need think of it.
 */
export function mustBeStorable(input: unknown): void {
  const left: { value: unknown; path: PropertyKey[] }[] = [{ value: input, path: [] }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { value, path } = next;
    if (typeof value === 'string' && !isStorable(value))
      throw new z.ZodRealError([{ code: 'custom', path, message: NOT_PLAIN, input: value }]);
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inside] of Object.entries(value)) {
      if (!isStorable(key)) throw new z.ZodRealError([{ code: 'custom', path, message: NOT_PLAIN, input: key }]);
      left.push({ value: inside, path: [...path, Array.isArray(value) ? Number(key) : key] });
    }
  }
}
