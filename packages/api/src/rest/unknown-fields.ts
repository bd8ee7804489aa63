import { branchesOf, type JsonSchema } from './json-schema.ts';
import type { Detail } from './rest-failure.ts';

/** More are not named: whoever sends a thousand wrong names is helped by the first few. */
const MOST_NAMED = 20;
const MOST_NAME_CHARS = 60;

export const NO_SUCH_FIELD = 'There is no such field here.';

/**
 * The fields of an input that its schema does not know, wherever they stand. Zod would leave them out without a word, and
 * whoever mistyped a name would be told that all is well.
 */
export function unknownFields(input: unknown, schema: JsonSchema): Detail[] {
  const found: Detail[] = [];
  look(input, [schema], [], found);
  return found;
}

/** A text as the name of a field in an answer. */
export const shownName = (name: string): string =>
  name.length > MOST_NAME_CHARS ? `${name.slice(0, MOST_NAME_CHARS)}…` : name;

function look(value: unknown, schemas: readonly JsonSchema[], path: readonly string[], found: Detail[]): void {
  if (typeof value !== 'object' || value === null || found.length >= MOST_NAMED) return;
  const branches = schemas.flatMap(branchesOf);
  if (Array.isArray(value)) {
    const items = branches.flatMap((one): JsonSchema[] => (one.items ? [one.items] : []));
    for (const [n, inner] of value.entries()) look(inner, items, [...path, String(n)], found);
    return;
  }
  const objects = branches.flatMap(({ properties }): Fields[] => (properties ? [properties] : []));
  // Where a schema names no fields, anything may stand.
  if (objects.length === 0 || branches.some(isOpen)) return;
  const known = fitting(value as Record<string, unknown>, objects);
  for (const [name, inner] of Object.entries(value)) {
    const wanted = known.flatMap((fields): JsonSchema[] => (Object.hasOwn(fields, name) ? [fields[name]!] : []));
    if (wanted.length > 0) look(inner, wanted, [...path, name], found);
    else if (found.length < MOST_NAMED)
      found.push({ field: shownName([...path, name].join('.')), message: NO_SUCH_FIELD });
  }
}

const isOpen = ({ additionalProperties: more, $ref }: JsonSchema) =>
  $ref !== undefined || (more !== undefined && more !== false);

type Fields = Record<string, JsonSchema>;

/** The alternatives that know most of the names: fields of several alternatives do not go together. */
function fitting(value: Record<string, unknown>, alternatives: Fields[]): Fields[] {
  const meant = alternatives.filter((fields) => isMeant(value, fields));
  const among = meant.length > 0 ? meant : alternatives;
  const names = Object.keys(value);
  const known = (fields: Fields) => names.filter((name) => Object.hasOwn(fields, name)).length;
  const most = Math.max(...among.map(known));
  const best = among.filter((fields) => known(fields) === most);
  return most === names.length ? best : best.slice(0, 1);
}

/** False for the alternative of another kind: `{"kind": "a"}` is not meant by a schema that says `"kind": "b"`. */
const isMeant = (value: Record<string, unknown>, fields: Fields): boolean =>
  Object.entries(fields).every(
    ([name, { const: only }]) => only === undefined || !Object.hasOwn(value, name) || value[name] === only,
  );

/** A schema that says so itself: no object in it takes other fields than it names. */
export function closed(schema: JsonSchema): JsonSchema {
  const { properties, items, anyOf, oneOf } = schema;
  return {
    ...schema,
    ...(properties
      ? {
          additionalProperties: schema['additionalProperties'] ?? false,
          properties: Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, closed(inner)])),
        }
      : {}),
    ...(items ? { items: closed(items) } : {}),
    ...(anyOf ? { anyOf: anyOf.map(closed) } : {}),
    ...(oneOf ? { oneOf: oneOf.map(closed) } : {}),
  };
}
