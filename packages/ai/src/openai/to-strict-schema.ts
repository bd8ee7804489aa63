import type { JsonSchema } from '../port.ts';

/** `restore` undoes in the answer what was changed for the wire: nulls that stand for "left out". */
export type WireSchema = { schema: JsonSchema; strict: boolean; restore(value: unknown): unknown };

/** Rules the strict mode does not know (Azure's knows fewest): told in words; whoever asked checks them anyway. */
const TOLD_IN_WORDS = [
  'format',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'uniqueItems',
] as const;
const CARRIED = new Set(['type', 'enum', 'const', '$ref', 'description']);
const REBUILT = new Set(['properties', 'required', 'additionalProperties', 'items', 'anyOf', 'oneOf', '$defs']);
const DROPPED = new Set<string>([
  '$schema',
  '$id',
  'title',
  'default',
  'examples',
  'contentEncoding',
  ...TOLD_IN_WORDS,
]);
const MAX_DEPTH = 5;
const MAX_PROPERTIES = 100;

class NotStrict extends Error {}

/**
 * A schema for the vendor's strict mode, in which every property is required: what was optional may be null
 * instead. Where a schema has no such form (maps, tuples, a root that is no object) it goes as it is, not strict.
 */
export function toStrictSchema(schema: JsonSchema): WireSchema {
  const { $schema: _, ...asItIs } = schema;
  const count = { properties: 0 };
  try {
    if (schema['type'] !== 'object') throw new NotStrict();
    const strict = convert(schema, 0, count);
    return { schema: strict, strict: true, restore: (value) => restore(value, schema, schema) };
  } catch (error) {
    if (!(error instanceof NotStrict)) throw error;
    return { schema: asItIs, strict: false, restore: (value) => value };
  }
}

function convert(node: unknown, depth: number, count: { properties: number }): JsonSchema {
  if (!isObject(node) || depth > MAX_DEPTH) throw new NotStrict();
  for (const key of Object.keys(node)) {
    if (!CARRIED.has(key) && !REBUILT.has(key) && !DROPPED.has(key)) throw new NotStrict();
  }
  const made: JsonSchema = Object.fromEntries(Object.entries(node).filter(([key]) => CARRIED.has(key)));
  const rules = TOLD_IN_WORDS.filter((key) => key in node).map((key) => `${key} ${JSON.stringify(node[key])}`);
  if (rules.length > 0) made['description'] = [node['description'], `(${rules.join(', ')})`].filter(Boolean).join(' ');

  const either = node['anyOf'] ?? node['oneOf'];
  if (Array.isArray(either)) {
    // Which of several shapes an answer took cannot be told from it, so nothing optional could be restored.
    if (either.filter(isStructure).length > 1 && either.some(hasOptional)) throw new NotStrict();
    made['anyOf'] = either.map((branch) => convert(branch, depth, count));
  } else if (node['type'] === 'object') Object.assign(made, convertObject(node, depth, count));
  else if (node['type'] === 'array') made['items'] = convert(node['items'], depth + 1, count);
  else if (!('type' in node || 'enum' in node || 'const' in node || '$ref' in node)) throw new NotStrict();

  if (isObject(node['$defs'])) made['$defs'] = mapValues(node['$defs'], (inner) => convert(inner, depth, count));
  return made;
}

function convertObject(node: JsonSchema, depth: number, count: { properties: number }): JsonSchema {
  if (node['additionalProperties'] !== undefined && node['additionalProperties'] !== false) throw new NotStrict();
  const properties = isObject(node['properties']) ? node['properties'] : {};
  count.properties += Object.keys(properties).length;
  if (count.properties > MAX_PROPERTIES) throw new NotStrict();
  return {
    properties: Object.fromEntries(
      Object.entries(properties).map(([key, inner]) => {
        const made = convert(inner, depth + 1, count);
        return [key, isRequired(node, key) || takesNull(inner) ? made : { anyOf: [made, { type: 'null' }] }];
      }),
    ),
    required: Object.keys(properties),
    additionalProperties: false,
  };
}

function restore(value: unknown, node: unknown, root: JsonSchema): unknown {
  const schema = resolve(node, root);
  const either = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(either)) {
    const structures = either.filter(isStructure);
    return structures.length === 1 ? restore(value, structures[0], root) : value;
  }
  if (Array.isArray(value)) return value.map((item) => restore(item, schema['items'], root));
  const properties = schema['properties'];
  if (!isObject(value) || !isObject(properties)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => inner !== null || isRequired(schema, key) || takesNull(properties[key]))
      .map(([key, inner]) => [key, restore(inner, properties[key], root)]),
  );
}

function resolve(node: unknown, root: JsonSchema): JsonSchema {
  if (!isObject(node)) return {};
  const ref = node['$ref'];
  if (ref === '#') return root;
  const name = typeof ref === 'string' ? /^#\/\$defs\/(.+)$/.exec(ref)?.[1] : undefined;
  if (!name || !isObject(root['$defs'])) return node;
  return resolve(root['$defs'][name], root);
}

const isObject = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isStructure = (node: unknown): boolean =>
  isObject(node) &&
  ('$ref' in node || 'anyOf' in node || 'oneOf' in node || ['object', 'array'].includes(String(node['type'])));
const isRequired = (node: JsonSchema, key: string): boolean =>
  Array.isArray(node['required']) && node['required'].includes(key);

/** True for a property that may be null by itself: its null says something. */
const takesNull = (node: unknown): boolean => {
  if (!isObject(node)) return false;
  if (node['type'] === 'null' || node['const'] === null) return true;
  if (Array.isArray(node['type']) && node['type'].includes('null')) return true;
  if (Array.isArray(node['enum']) && node['enum'].includes(null)) return true;
  const either = node['anyOf'] ?? node['oneOf'];
  return Array.isArray(either) && either.some(takesNull);
};

/** A reference is looked at from outside only: what it leads to may well have something optional. */
function hasOptional(node: unknown): boolean {
  if (!isObject(node)) return false;
  if ('$ref' in node) return true;
  const properties = isObject(node['properties']) ? node['properties'] : {};
  if (Object.keys(properties).some((key) => !isRequired(node, key))) return true;
  const either = node['anyOf'] ?? node['oneOf'] ?? [];
  return [...Object.values(properties), node['items'], ...(Array.isArray(either) ? either : [])].some(hasOptional);
}

const mapValues = (values: JsonSchema, change: (value: unknown) => unknown): JsonSchema =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
