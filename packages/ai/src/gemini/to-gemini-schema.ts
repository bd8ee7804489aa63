import type { JsonSchema } from '../port.ts';

const SCHEMA_MAPS: ReadonlySet<string> = new Set(['properties', '$defs', 'patternProperties']);
const SCHEMA_LISTS: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems']);
const SCHEMAS: ReadonlySet<string> = new Set(['items', 'additionalProperties']);

/** The schema in the part of JSON Schema that Gemini knows: it has no `const` and wants no `$schema`. */
export function toGeminiSchema(schema: JsonSchema): JsonSchema {
  const entries = Object.entries(schema).flatMap(([word, value]): [string, unknown][] => {
    if (word === '$schema') return [];
    if (word === 'const') return [['enum', [value]]];
    if (SCHEMA_MAPS.has(word) && isSchema(value)) {
      return [[word, Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, suit(inner)]))]];
    }
    if (SCHEMA_LISTS.has(word) && Array.isArray(value)) return [[word, value.map(suit)]];
    return [[word, SCHEMAS.has(word) ? suit(value) : value]];
  });
  return Object.fromEntries(entries);
}

const suit = (value: unknown): unknown => (isSchema(value) ? toGeminiSchema(value) : value);
const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
