import { NOT_PLAIN } from '@repo/domain/plain-text/schema';
import { z } from 'zod';

/** Twice what the deepest schema takes. */
const MAX_DEPTH = 64;
const TOO_DEEP = `This is nested deeper than ${MAX_DEPTH} levels.`;

/** A value of the input, and how one comes to it. */
type Place = { value: unknown; key: PropertyKey | null; within: Place | null; depth: number };

/** Postgres keeps neither a NUL nor half of a character, in a text or in JSON, and does not even compare with one. */
const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/**
 * Refuses an input with a text in it, at any depth and in any field, that the database cannot hold: as a ZodError at the
 * first such field. No schema need think of it. Refuses what is nested without end too. The wire can bring objects that
 * hold themselves, and the same one often.
 */
export function mustBeStorable(input: unknown): void {
  const seen = new Set<object>();
  const left: Place[] = [{ value: input, key: null, within: null, depth: 0 }];
  for (let place = left.pop(); place; place = left.pop()) {
    const { value, depth } = place;
    if (depth > MAX_DEPTH) throw refusalOf(place, TOO_DEEP);
    if (typeof value === 'string' && !isStorable(value)) throw refusalOf(place);
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    for (const [key, inside] of entriesOf(value)) {
      if (typeof key === 'string' && !isStorable(key)) throw refusalOf(place);
      left.push({ value: inside, key, within: place, depth: depth + 1 });
    }
  }
}

function entriesOf(value: object): [PropertyKey, unknown][] {
  if (value instanceof Map) return [...[...value.keys(), ...value.values()].entries()];
  if (value instanceof Set || Array.isArray(value)) return [...[...value].entries()];
  return Object.entries(value);
}

function refusalOf(place: Place, message = NOT_PLAIN): z.ZodError {
  const path: PropertyKey[] = [];
  for (let at: Place | null = place; at; at = at.within) if (at.key !== null) path.push(at.key);
  return new z.ZodRealError([{ code: 'custom', path: path.reverse(), message, input: undefined }]);
}
