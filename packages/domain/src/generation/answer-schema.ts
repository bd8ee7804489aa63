import { z } from 'zod';
import { isPlain, NOT_PLAIN } from '../plain-text/schema.ts';
import { SCHEMA_MAX_CHARS } from './rules.ts';

const MAX_DEPTH = 24;
/** More of anything is no answer anybody reads. */
const MAX_COUNT = 10_000;

const TYPES = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'];
const FORMATS = ['date', 'date-time', 'time', 'duration', 'email', 'uuid', 'uri', 'ipv4', 'ipv6', 'hostname'];

/** What a keyword may hold: something that is checked here, or schemas again. */
type Rule = { check(value: unknown): boolean; must: string } | 'schema' | 'schemas' | 'named schemas';

const isCount = (value: unknown) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_COUNT;
const isPrimitive = (value: unknown) => value === null || ['string', 'number', 'boolean'].includes(typeof value);
const isName = (value: unknown) => typeof value === 'string' && !(value in Object.prototype);
const listOf = (is: (value: unknown) => boolean) => (value: unknown) => Array.isArray(value) && value.every(is);

const count: Rule = { check: isCount, must: `be a whole number from 0 to ${MAX_COUNT.toLocaleString('en')}` };
const number: Rule = { check: (value) => Number.isFinite(value), must: 'be a number' };
const words: Rule = { check: (value) => typeof value === 'string', must: 'be a text' };
const flag: Rule = { check: (value) => typeof value === 'boolean', must: 'be true or false' };
const isType = (value: unknown) => TYPES.includes(String(value)) && typeof value === 'string';

/**
 * Every keyword a stranger's schema may have, and what it may hold. Not among them: patterns, which can make a
 * checker run for ever, and references, which can make a schema without an end.
 */
const KEYWORDS: Record<string, Rule> = {
  type: { check: (value) => isType(value) || listOf(isType)(value), must: `be one of ${TYPES.join(', ')}` },
  properties: 'named schemas',
  required: { check: listOf(isName), must: 'list names of properties' },
  additionalProperties: 'schema',
  items: 'schema',
  prefixItems: 'schemas',
  anyOf: 'schemas',
  oneOf: 'schemas',
  allOf: 'schemas',
  enum: { check: listOf(isPrimitive), must: 'list texts, numbers, true, false or null' },
  const: { check: isPrimitive, must: 'be a text, a number, true, false or null' },
  format: { check: (value) => FORMATS.includes(String(value)), must: `be one of ${FORMATS.join(', ')}` },
  minLength: count,
  maxLength: count,
  minItems: count,
  maxItems: count,
  minProperties: count,
  maxProperties: count,
  uniqueItems: flag,
  minimum: number,
  maximum: number,
  exclusiveMinimum: number,
  exclusiveMaximum: number,
  multipleOf: number,
  title: words,
  description: words,
  $comment: words,
  $schema: words,
  $id: words,
  default: { check: () => true, must: 'be a value' },
  examples: { check: Array.isArray, must: 'be a list' },
};

/** Two bounds that nothing can keep at once. */
const BOUNDS = [
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
  ['minimum', 'maximum'],
] as const;

/** A JSON Schema of an object, as far as a stranger's may be trusted: small, without patterns and references. */
export const AnswerSchema = z
  .record(z.string(), z.unknown())
  .check((context) => {
    const wrong = whatIsWrong(context.value);
    if (wrong) context.issues.push({ code: 'custom', input: context.value, message: wrong });
  })
  .meta({ examples: [{ type: 'object', properties: { slogan: { type: 'string' } }, required: ['slogan'] }] });

function whatIsWrong(schema: Record<string, unknown>): string | null {
  // Before anything that would go as deep as it is.
  const unsound = wrongText(schema, 0) ?? wrongSchema(schema);
  if (unsound) return unsound;
  const size = JSON.stringify(schema).length;
  if (size > SCHEMA_MAX_CHARS) {
    return `A schema has at most ${SCHEMA_MAX_CHARS.toLocaleString('en')} characters; this one has ${size.toLocaleString('en')}.`;
  }
  if (schema['type'] !== 'object') return 'The schema must describe an object: its "type" is "object".';
  try {
    // What it cannot check it says when it checks.
    z.fromJSONSchema(schema).safeParse({});
    return null;
  } catch {
    return 'This schema cannot be read: it is no JSON Schema that can be checked here.';
  }
}

function wrongText(value: unknown, depth: number): string | null {
  if (depth > MAX_DEPTH) return `A schema is at most ${MAX_DEPTH} levels deep.`;
  if (typeof value === 'string') return isPlain(value) ? null : NOT_PLAIN;
  if (typeof value === 'bigint') return 'A schema holds numbers that JSON can write.';
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const wrong = (isPlain(key) ? null : NOT_PLAIN) ?? wrongText(inner, depth + 1);
    if (wrong) return wrong;
  }
  return null;
}

function wrongSchema(schema: unknown): string | null {
  if (typeof schema === 'boolean') return null;
  if (!isObject(schema)) return 'Where a schema is expected, something else stands.';
  for (const [keyword, value] of Object.entries(schema)) {
    const rule = Object.hasOwn(KEYWORDS, keyword) ? KEYWORDS[keyword]! : null;
    if (!rule) {
      return `A schema here has no "${keyword.slice(0, 40)}". Use "enum", "format" or a description instead.`;
    }
    const wrong = wrongKeyword(keyword, rule, value);
    if (wrong) return wrong;
  }
  const impossible = BOUNDS.find(([least, most]) => Number(schema[least]) > Number(schema[most]));
  return impossible ? `Nothing can keep this schema: its ${impossible[0]} is above its ${impossible[1]}.` : null;
}

function wrongKeyword(keyword: string, rule: Rule, value: unknown): string | null {
  if (rule === 'schema') return wrongSchema(value);
  if (rule === 'schemas') {
    return Array.isArray(value) ? firstWrong(value.map(wrongSchema)) : `"${keyword}" must be a list of schemas.`;
  }
  if (rule === 'named schemas') {
    if (!isObject(value)) return `"${keyword}" must hold a schema for each name.`;
    const taken = Object.keys(value).find((name) => !isName(name));
    if (taken) return `A property cannot be called "${taken}".`;
    return firstWrong(Object.values(value).map(wrongSchema));
  }
  return rule.check(value) ? null : `"${keyword}" must ${rule.must}.`;
}

const firstWrong = (all: (string | null)[]): string | null => all.find((wrong) => wrong !== null) ?? null;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The schema of a zod type as it can be asked with: patterns are the type's own to check when the answer is read. */
export function answerSchemaOf(type: z.ZodType): Record<string, unknown> {
  return askable(z.toJSONSchema(type, { io: 'input' })) as Record<string, unknown>;
}

/** Without what no stranger may send either; a format nobody knows here is left to the type too. */
function askable(schema: unknown): unknown {
  if (!isObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key, value]) => Object.hasOwn(KEYWORDS, key) && !(key === 'format' && !FORMATS.includes(String(value))))
      .map(([key, value]) => {
        const rule = KEYWORDS[key]!;
        if (rule === 'schema') return [key, askable(value)];
        if (rule === 'schemas' && Array.isArray(value)) return [key, value.map(askable)];
        if (rule === 'named schemas' && isObject(value)) {
          return [key, Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, askable(inner)]))];
        }
        return [key, value];
      }),
  );
}
