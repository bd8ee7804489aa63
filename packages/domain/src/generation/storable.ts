/** What Postgres keeps of a text: everything but NUL and halves of characters. */
export const storableText = (text: string): string => text.replaceAll('\0', '').toWellFormed();

/** The same value with every text in it as Postgres keeps it, keys of objects included. */
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storableText(key), storable(inner)]));
}
