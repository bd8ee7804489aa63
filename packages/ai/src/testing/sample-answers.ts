import type { JsonSchema } from '../port.ts';

/** What every local vendor says: the description of a picture, and, in pieces, the text of a stream. */
export const SAMPLE_DELTAS: readonly string[] = ['Snow falls ', 'on the “Élan” ', 'sale.'];
export const SAMPLE_WORDS = SAMPLE_DELTAS.join('');

/** An object of the schema that was sent, always the same one: what every local vendor answers to it. */
export function sampleObject(schema: JsonSchema, root: JsonSchema = schema): unknown {
  const { $ref, anyOf, oneOf, enum: choices, properties, items, prefixItems } = schema;
  if ('const' in schema) return schema['const'];
  if (Array.isArray(choices)) return choices[0];
  if (typeof $ref === 'string') return sampleObject(definitionOf($ref, root), root);
  const either = Array.isArray(anyOf) ? anyOf : oneOf;
  if (Array.isArray(either)) return sampleObject(either[0], root);
  const type = Array.isArray(schema['type']) ? schema['type'][0] : schema['type'];
  switch (String(type).toLowerCase()) {
    case 'object':
      return Object.fromEntries(
        Object.entries((properties ?? {}) as Record<string, JsonSchema>).map(([key, value]) => [
          key,
          sampleObject(value, root),
        ]),
      );
    case 'array':
      if (Array.isArray(prefixItems)) return prefixItems.map((item) => sampleObject(item, root));
      return Array.from({ length: Math.max(1, numberOf(schema['minItems']) ?? 1) }, () =>
        sampleObject((items ?? {}) as JsonSchema, root),
      );
    case 'integer':
    case 'number':
      return numberOf(schema['minimum']) ?? Math.min(1, numberOf(schema['maximum']) ?? 1);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return 'snow'.repeat(Math.ceil((numberOf(schema['minLength']) ?? 1) / 4)).slice(0, numberOf(schema['maxLength']));
  }
}

/** The vector of a text, of length `dimensions`: other texts get other ones, so that a mixed-up order shows. */
export function sampleVector(text: string, dimensions = 8): number[] {
  let state = 7;
  for (const letter of text) state = (state * 31 + letter.codePointAt(0)!) % 65_521;
  return Array.from({ length: dimensions }, (_, at) => (((state + 1) * (at + 3)) % 2048) / 1024 - 1);
}

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

function definitionOf(ref: string, root: JsonSchema): JsonSchema {
  let at: unknown = root;
  for (const step of ref.replace(/^#\/?/, '').split('/').filter(Boolean)) at = (at as JsonSchema)[step];
  return at as JsonSchema;
}
