import { type JsonSchema, schemasAt, typesOf } from './json-schema.ts';
import { type Detail, RestFailure } from './rest-failure.ts';
import { NO_SUCH_FIELD, shownName } from './unknown-fields.ts';

const MAX_FIELDS = 50;
const MAX_DEPTH = 4;

/**
 * The query of an address as an input: texts become the numbers, truths, lists and objects that the schema wants.
 * `of.userId=x` and `of={"userId":"x"}` are the same. A field that is unknown or comes twice is refused by name.
 */
export function readQuery(query: URLSearchParams, schema: JsonSchema): Record<string, unknown> {
  const names = [...new Set(query.keys())];
  if (names.length > MAX_FIELDS) refuse([{ field: '', message: `A query has at most ${MAX_FIELDS} fields.` }]);
  const input: Record<string, unknown> = Object.create(null);
  const wrong = names.flatMap((name) => take(input, name, query.getAll(name), schema) ?? []);
  if (wrong.length > 0) refuse(wrong);
  return input;
}

function take(input: Record<string, unknown>, name: string, values: string[], schema: JsonSchema): Detail | null {
  const path = name.split('.');
  const wanted = path.length > MAX_DEPTH ? [] : schemasAt(schema, path);
  if (wanted.length === 0) return { field: shownName(name), message: NO_SUCH_FIELD };
  const isList = typesOf(wanted).has('array');
  if (values.length > 1 && !isList) return { field: name, message: 'This field came more than once.' };
  const value = isList ? listOf(values, wanted) : readValue(values[0]!, typesOf(wanted));
  return put(input, path, value) ? null : { field: name, message: 'This field came in two ways.' };
}

/** Every value its own item, or one value that is a list in JSON. */
function listOf(values: string[], wanted: JsonSchema[]): unknown {
  const [only] = values;
  if (values.length === 1 && only!.startsWith('[')) return parsed(only!) ?? only;
  const types = typesOf(wanted.flatMap(({ items }): JsonSchema[] => (items ? [items] : [])));
  return values.map((value) => readValue(value, types));
}

/** What cannot be read as what is wanted stays a text, and is refused in the schema's own words. */
function readValue(text: string, types: Set<string>): unknown {
  if (types.has('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  const isNumber = types.has('number') || types.has('integer');
  if (isNumber && /^-?\d{1,16}(\.\d{1,12})?$/.test(text)) return Number(text);
  if (types.has('object') && text.startsWith('{')) return parsed(text) ?? text;
  if (types.has('null') && text === '' && !types.has('string')) return null;
  return text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function put(input: Record<string, unknown>, path: string[], value: unknown): boolean {
  const [name, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) {
    if (name in input) return false;
    input[name] = value;
    return true;
  }
  input[name] ??= Object.create(null);
  const inner = input[name];
  return typeof inner === 'object' && inner !== null && !Array.isArray(inner) && put(inner as never, rest, value);
}

function refuse(details: Detail[]): never {
  const [first] = details;
  const message = first!.field ? `${first!.field}: ${first!.message}` : first!.message;
  throw new RestFailure('VALIDATION_ERROR', message, { details });
}
