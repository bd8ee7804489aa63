import type { JsonSchema } from '../../port.ts';
import { CannotFill, type Place } from './filling.ts';

/** Follows "#/$defs/name" (and "#", "#anchor") within the same schema. What stands beside a reference holds too. */
export function resolveRef(schema: JsonSchema, place: Place): JsonSchema | boolean {
  const { $ref, ...beside } = schema;
  const found = find(place.root, String($ref));
  if (found === undefined)
    throw new CannotFill(place, `points to a schema that is not there (${String($ref).slice(0, 60)})`);
  if (typeof found === 'boolean' || Object.keys(beside).length === 0) return found;
  return mergeAll({ ...beside, allOf: [found] }, place);
}

function find(root: JsonSchema, ref: string): JsonSchema | boolean | undefined {
  if (ref === '#') return root;
  if (!ref.startsWith('#')) return undefined;
  if (!ref.startsWith('#/')) {
    const inner = Object.values((root['$defs'] ?? {}) as Record<string, JsonSchema>);
    return inner.find((schema) => schema['$anchor'] === ref.slice(1) || schema['$id'] === ref);
  }
  let at: unknown = root;
  for (const part of ref.slice(2).split('/')) {
    const name = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return typeof at === 'boolean' || (typeof at === 'object' && at !== null) ? (at as JsonSchema | boolean) : undefined;
}

/** A schema and all that must hold with it, in one. Where two say different things, the narrower counts. */
export function mergeAll(schema: JsonSchema, place: Place): JsonSchema {
  const { allOf, ...own } = schema;
  let merged: JsonSchema = own;
  for (const part of Array.isArray(allOf) ? (allOf as (JsonSchema | boolean)[]) : []) {
    if (part === true) continue;
    if (part === false) throw new CannotFill(place, 'allows nothing');
    const whole = typeof part['$ref'] === 'string' ? resolveRef(part, { ...place, depth: place.depth + 1 }) : part;
    if (place.budget.left-- <= 0) throw new CannotFill(place, 'goes on without an end');
    if (typeof whole === 'object')
      merged = mergeTwo(merged, Array.isArray(whole['allOf']) ? mergeAll(whole, place) : whole);
  }
  return merged;
}

const LARGER = /^(minimum|exclusiveMinimum|minLength|minItems|minProperties)$/;
const SMALLER = /^(maximum|exclusiveMaximum|maxLength|maxItems|maxProperties)$/;

function mergeTwo(a: JsonSchema, b: JsonSchema): JsonSchema {
  const merged: JsonSchema = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const own = merged[key];
    if (own === undefined) merged[key] = value;
    else if (key === 'required' && Array.isArray(own) && Array.isArray(value))
      merged[key] = [...new Set([...own, ...value])];
    else if (key === 'enum' && Array.isArray(own) && Array.isArray(value))
      merged[key] = own.filter((option) => value.includes(option));
    else if (LARGER.test(key)) merged[key] = Math.max(Number(own), Number(value));
    else if (SMALLER.test(key)) merged[key] = Math.min(Number(own), Number(value));
    else if (key === 'properties') {
      const properties: Record<string, unknown> = { ...(own as JsonSchema) };
      for (const [name, inner] of Object.entries(value as JsonSchema))
        properties[name] = properties[name] ? { allOf: [properties[name], inner] } : inner;
      merged[key] = properties;
    } else if (key === 'additionalProperties') merged[key] = own === false || value === false ? false : value;
    else if (key === 'type') merged[key] = value;
  }
  return merged;
}
