import { z } from 'zod';
import { isPlain, NOT_PLAIN } from '../plain-text/schema.ts';
import { SCHEMA_MAX_CHARS } from './rules.ts';

/** Patterns can make a checker run for ever; references can make a schema without an end. */
const FORBIDDEN = ['pattern', 'patternProperties', '$ref', '$dynamicRef'];
const MAX_DEPTH = 24;

/** A JSON Schema of an object, as far as a stranger's may be trusted: small, without patterns and references. */
export const AnswerSchema = z.record(z.string(), z.unknown()).check((context) => {
  const wrong = whatIsWrong(context.value);
  if (wrong) context.issues.push({ code: 'custom', input: context.value, message: wrong });
});

function whatIsWrong(schema: Record<string, unknown>): string | null {
  // Before anything that would go as deep as it is.
  const found = forbiddenIn(schema, 0);
  if (found) return found;
  const size = JSON.stringify(schema).length;
  if (size > SCHEMA_MAX_CHARS) {
    return `A schema has at most ${SCHEMA_MAX_CHARS.toLocaleString('en')} characters; this one has ${size.toLocaleString('en')}.`;
  }
  if (schema['type'] !== 'object') return 'The schema must describe an object: its "type" is "object".';
  try {
    // What it cannot check it says when it checks.
    z.fromJSONSchema(schema).safeParse({});
    return null;
  } catch (error) {
    return `This schema cannot be read: ${error instanceof Error ? error.message.slice(0, 200) : 'it is no JSON Schema'}.`;
  }
}

function forbiddenIn(value: unknown, depth: number): string | null {
  if (depth > MAX_DEPTH) return `A schema is at most ${MAX_DEPTH} levels deep.`;
  if (typeof value === 'string') return isPlain(value) ? null : NOT_PLAIN;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    // A property may well be called "pattern": then it holds a schema, not a text.
    if (FORBIDDEN.includes(key) && (typeof inner === 'string' || key === 'patternProperties')) {
      return `A schema here has no "${key}". Use "enum", "format" or a description instead.`;
    }
    if (!isPlain(key)) return NOT_PLAIN;
    const deeper = forbiddenIn(inner, depth + 1);
    if (deeper) return deeper;
  }
  return null;
}

/** The schema of a zod type as it can be asked with: patterns are the type's own to check when the answer is read. */
export function answerSchemaOf(type: z.ZodType): Record<string, unknown> {
  return withoutPatterns(z.toJSONSchema(type, { io: 'input' })) as Record<string, unknown>;
}

function withoutPatterns(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPatterns);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !(key === 'pattern' && typeof inner === 'string') && key !== '$schema')
      .map(([key, inner]) => [key, withoutPatterns(inner)]),
  );
}
