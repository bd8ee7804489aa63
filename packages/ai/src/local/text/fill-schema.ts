/** Fills a JSON Schema from a text by rules: what it says is taken from the text, never made up. Pure. */
import type { JsonSchema } from '../../port.ts';
import { fillChoice } from './fill-choice.ts';
import { fillList } from './fill-list.ts';
import { fillNumber } from './fill-number.ts';
import { fillString } from './fill-string.ts';
import { CannotFill, type Filled, type Place } from './filling.ts';
import { mergeAll, resolveRef } from './resolve-schema.ts';

const DEEPEST = 24;
const MOST_NODES = 4000;

/** Answers a value for the place, and whether the text speaks of it. Throws `CannotFill` with a sentence. */
export function fillSchema(schema: JsonSchema | boolean, place: Place): Filled {
  if (place.depth > DEEPEST || place.budget.left-- <= 0) throw new CannotFill(place, 'goes on without an end');
  if (schema === true) return fillSchema({ type: 'string' }, place);
  if (schema === false) throw new CannotFill(place, 'allows nothing');
  const here: Place = typeof schema['description'] === 'string' ? { ...place, about: schema['description'] } : place;
  if (typeof schema['$ref'] === 'string') {
    return fillSchema(resolveRef(schema, place), { ...here, depth: here.depth + 1 });
  }
  if (Array.isArray(schema['allOf'])) return fillSchema(mergeAll(schema, place), here);
  if ('const' in schema) return { value: schema['const'], isFound: false };
  if (Array.isArray(schema['enum'])) return fillChoice(schema['enum'], here);
  const branches = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(branches)) return fillBranches(schema, branches as (JsonSchema | boolean)[], here);
  const type = schema['type'];
  if (Array.isArray(type))
    return fillBranches(
      {},
      type.map((one) => ({ ...schema, type: one })),
      here,
    );
  const filled = fillTyped(typeof type === 'string' ? type : guessType(schema), schema, here);
  return !filled.isFound && 'default' in schema ? { value: schema['default'], isFound: false } : filled;
}

function fillTyped(type: string, schema: JsonSchema, place: Place): Filled {
  switch (type) {
    case 'string':
      return fillString(schema, place);
    case 'number':
    case 'integer':
      return fillNumber(schema, place, type === 'integer');
    case 'boolean':
      return fillChoice([true, false], place);
    case 'null':
      return { value: null, isFound: false };
    case 'array':
      return fillList(schema, place, fillSchema);
    case 'object':
      return fillObject(schema, place);
    default:
      throw new CannotFill(place, `has a type nobody knows (“${type.slice(0, 40)}”)`);
  }
}

function guessType(schema: JsonSchema): string {
  if ('properties' in schema || 'additionalProperties' in schema) return 'object';
  if ('items' in schema || 'prefixItems' in schema) return 'array';
  return 'minimum' in schema || 'maximum' in schema ? 'number' : 'string';
}

/** The branch the text speaks of; else null where it is allowed; else the first that can be filled. */
function fillBranches(schema: JsonSchema, branches: readonly (JsonSchema | boolean)[], place: Place): Filled {
  const { anyOf: _any, oneOf: _one, ...rest } = schema;
  let first: Filled | undefined;
  let failure: unknown = new CannotFill(place, 'has no branch');
  const isNull = (branch: JsonSchema | boolean) => typeof branch === 'object' && branch['type'] === 'null';
  for (const branch of rankBranches(
    branches.filter((branch) => !isNull(branch)),
    place,
  )) {
    try {
      const filled = fillSchema(typeof branch === 'object' ? mergeAll({ ...rest, allOf: [branch] }, place) : branch, {
        ...place,
        depth: place.depth + 1,
      });
      if (filled.isFound) return filled;
      first ??= filled;
    } catch (error) {
      if (!(error instanceof CannotFill)) throw error;
      failure = error;
    }
  }
  if (branches.some(isNull)) return { value: null, isFound: false };
  if (first) return first;
  throw failure;
}

/** Of variants that are told apart by a fixed word, the one whose word the text names comes first. */
function rankBranches(branches: readonly (JsonSchema | boolean)[], place: Place): (JsonSchema | boolean)[] {
  const marks = branches.map((branch) => {
    const properties = typeof branch === 'object' ? branch['properties'] : undefined;
    const constants = Object.values((properties ?? {}) as Record<string, JsonSchema>).flatMap((property) =>
      typeof property === 'object' && typeof property?.['const'] === 'string' ? [property['const']] : [],
    );
    return constants[0];
  });
  const named = marks.filter((mark) => mark !== undefined);
  if (named.length < 2) return [...branches];
  const chosen = fillChoice(named, place);
  const at = chosen.isFound ? marks.indexOf(chosen.value as string) : -1;
  const best = branches[at];
  return best === undefined ? [...branches] : [best, ...branches.filter((_, i) => i !== at)];
}

function fillObject(schema: JsonSchema, place: Place): Filled {
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema | boolean>;
  const required = new Set(Array.isArray(schema['required']) ? (schema['required'] as string[]) : []);
  const value: Record<string, unknown> = {};
  let isFound = false;
  for (const [name, inner] of Object.entries(properties)) {
    const at: Place = { ...place, path: [...place.path, name], about: '', given: undefined, depth: place.depth + 1 };
    try {
      const filled = fillSchema(inner, at);
      // What may be left out and is not spoken of is left out.
      if (!required.has(name) && !filled.isFound) continue;
      put(value, name, filled.value);
      isFound ||= filled.isFound;
    } catch (error) {
      if (required.has(name) || !(error instanceof CannotFill)) throw error;
    }
  }
  for (const name of required) {
    if (Object.hasOwn(value, name)) continue;
    const at: Place = { ...place, path: [...place.path, name], about: '', given: undefined, depth: place.depth + 1 };
    const more = schema['additionalProperties'];
    put(value, name, fillSchema(typeof more === 'object' && more !== null ? (more as JsonSchema) : true, at).value);
  }
  return { value: fillRecord(schema, value, place), isFound };
}

/** A property called `__proto__` is a property like any other. */
function put(value: Record<string, unknown>, name: string, inner: unknown): void {
  Object.defineProperty(value, name, { value: inner, enumerable: true, configurable: true, writable: true });
}

/** A dictionary gets its keys from the key words of the text. */
function fillRecord(schema: JsonSchema, value: Record<string, unknown>, place: Place): Record<string, unknown> {
  const inner = schema['additionalProperties'];
  const least = typeof schema['minProperties'] === 'number' ? schema['minProperties'] : 0;
  const most = typeof schema['maxProperties'] === 'number' ? schema['maxProperties'] : 50;
  const isRecord = typeof inner === 'object' && inner !== null && !schema['properties'];
  const wanted = Math.min(most, Math.max(least, isRecord ? 3 : 0));
  if (inner === false && Object.keys(value).length < least)
    throw new CannotFill(place, 'wants more properties than it allows');
  for (const name of place.source.keywords) {
    if (Object.keys(value).length >= wanted) break;
    if (Object.hasOwn(value, name) || !keyFits(schema['propertyNames'], name)) continue;
    const about = `${name} ${place.about}`;
    const at: Place = {
      ...place,
      path: [...place.path, name],
      about,
      focus: sentenceWith(place, name),
      depth: place.depth + 1,
    };
    put(value, name, fillSchema(isRecord ? (inner as JsonSchema) : true, at).value);
  }
  if (Object.keys(value).length < least) throw new CannotFill(place, 'wants more entries than the text has words for');
  return value;
}

function keyFits(names: unknown, name: string): boolean {
  if (typeof names !== 'object' || names === null) return true;
  const { enum: choices, minLength, maxLength, pattern } = names as JsonSchema;
  if (pattern !== undefined) return false;
  if (Array.isArray(choices)) return choices.includes(name);
  return name.length >= Number(minLength ?? 0) && name.length <= Number(maxLength ?? 1000);
}

const sentenceWith = (place: Place, word: string) =>
  place.source.sentences.find((sentence) => sentence.toLowerCase().includes(word.toLowerCase())) ?? place.focus;

/** A first place: the whole answer. */
export const atTheTop = (root: JsonSchema, source: Place['source']): Place => ({
  root,
  source,
  path: [],
  about: '',
  focus: undefined,
  index: 0,
  depth: 0,
  used: new Set(),
  budget: { left: MOST_NODES },
});
