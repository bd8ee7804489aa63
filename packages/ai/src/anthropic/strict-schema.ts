import { transformJSONSchema } from '@anthropic-ai/sdk/lib/transform-json-schema';
import type { JsonSchema } from '../port.ts';

/**
 * The schema as Anthropic enforces it (bounds and patterns become descriptions), or undefined where it cannot be said:
 * open objects, tuples, untyped or recursive parts. The SDK would quietly turn an open object into an empty one.
 */
export function toStrictSchema(schema: JsonSchema): JsonSchema | undefined {
  const single = splitTypes(schema) as JsonSchema;
  if (!isClosed(single) || isRecursive(single)) return undefined;
  try {
    return transformJSONSchema(single);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `type: ['object', 'null']` becomes a choice of two: the SDK would take it for no object and drop what is in it. */
function splitTypes(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(splitTypes);
  if (!isObject(schema)) return schema;
  const inside = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, splitTypes(value)]));
  const { type, title, description, $schema, $defs, ...rest } = inside;
  if (!Array.isArray(type) || 'enum' in rest || 'const' in rest) return inside;
  const anyOf = type.map((one) => (one === 'null' ? { type: one } : { ...rest, type: one }));
  const outside = Object.entries({ title, description, $schema, $defs }).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(outside), anyOf };
}

function isClosed(schema: unknown): boolean {
  if (!isObject(schema)) return false;
  const { $defs, $ref, anyOf, oneOf, allOf, type, properties, additionalProperties, items, prefixItems } = schema;
  if (isObject($defs) && !Object.values($defs).every(isClosed)) return false;
  if ($ref !== undefined) return true;
  if ('enum' in schema || 'const' in schema) return true;
  const parts = [anyOf, oneOf, allOf].filter(Array.isArray).flat();
  if (parts.length > 0) return parts.every(isClosed);
  if (prefixItems !== undefined) return false;
  if (type === 'array') return isClosed(items);
  if (type !== 'object') return typeof type === 'string';
  const isOpen = additionalProperties !== undefined && additionalProperties !== false;
  return !isOpen && isObject(properties) && Object.values(properties).every(isClosed);
}

/** Whether a definition leads back to itself; `#` is the whole schema. */
function isRecursive(root: JsonSchema): boolean {
  const definitions = isObject(root['$defs']) ? root['$defs'] : {};
  const leadsTo = (value: unknown): string[] => {
    if (Array.isArray(value)) return value.flatMap(leadsTo);
    if (!isObject(value)) return [];
    return Object.entries(value).flatMap(([key, inside]) => {
      if (key === '$defs') return [];
      return key === '$ref' && typeof inside === 'string' ? [inside] : leadsTo(inside);
    });
  };
  const visit = (ref: string, path: readonly string[]): boolean => {
    const name = /^#\/\$defs\/(.+)$/.exec(ref)?.[1];
    if (name === undefined || path.includes(name)) return true;
    return leadsTo(definitions[name]).some((next) => visit(next, [...path, name]));
  };
  return leadsTo(root).some((ref) => visit(ref, []));
}
