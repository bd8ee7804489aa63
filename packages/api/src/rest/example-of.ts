import { EXAMPLE_WORDS } from './example-words.ts';
import type { JsonSchema } from './json-schema.ts';

/** Where the document keeps its named parts. */
export type Parts = Record<string, JsonSchema>;

const MAX_DEPTH = 12;
const FORMATS: Record<string, string> = {
  uuid: '0199aa00-0000-7000-8000-000000000001',
  'date-time': '2026-11-30T12:00:00.000Z',
  date: '2026-11-30',
  email: 'ann@example.com',
  uri: 'https://example.com/hooks/remixify',
};
const TEXTS = ['order-7f3a-1', '812.4', 'a sentence'];

/**
 * A value that a schema describes, the same each time. What a schema says itself (`examples`, by `.meta`) wins; then what
 * stands for the field's name, then the simplest value that fits.
 */
export function exampleOf(schema: JsonSchema, parts: Parts, name = '', depth = 0): unknown {
  const { examples, enum: choices } = schema as { examples?: unknown[]; enum?: unknown[] };
  if (examples?.length) return examples[0];
  if (depth > MAX_DEPTH) return null;
  if (schema.$ref) return exampleOf(parts[schema.$ref.split('/').at(-1)!] ?? {}, parts, name, depth + 1);
  if (schema.const !== undefined) return schema.const;
  if (choices) return choices[0];
  const branch = (schema.anyOf ?? schema.oneOf)?.find(({ type }) => type !== 'null');
  if (branch) return exampleOf(branch, parts, name, depth + 1);
  return plainExample(schema, parts, name, depth);
}

function plainExample(schema: JsonSchema, parts: Parts, name: string, depth: number): unknown {
  const type = [schema.type].flat().find((one) => one !== 'null') ?? (schema.type ? 'null' : undefined);
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([field, inner]) => [
          field,
          exampleOf(inner, parts, field, depth + 1),
        ]),
      );
    case 'array':
      return schema.items ? [exampleOf(schema.items, parts, name, depth + 1)] : [];
    case 'integer':
    case 'number':
      return numberOf(schema, name);
    case 'boolean':
      return schema.default ?? false;
    case 'string':
      return textOf(schema, name);
    default:
      return null;
  }
}

function numberOf({ minimum = 0, maximum = Infinity, default: given }: JsonSchema, name: string): unknown {
  const [least, most] = [Number(minimum), Number(maximum)];
  const word = EXAMPLE_WORDS[name];
  if (typeof word === 'number' && word >= least && word <= most) return word;
  return given ?? Math.min(Math.max(1, least), most);
}

function textOf(schema: JsonSchema, name: string): unknown {
  const { format, pattern, minLength = 0, maxLength = Infinity, default: given } = schema;
  if (format && FORMATS[format]) return FORMATS[format];
  const fits = (text: unknown): text is string =>
    typeof text === 'string' &&
    text.length >= Number(minLength) &&
    text.length <= Number(maxLength) &&
    (typeof pattern !== 'string' || new RegExp(pattern, 'u').test(text));
  return [EXAMPLE_WORDS[name], given, ...TEXTS].find(fits) ?? 'x'.repeat(Number(minLength));
}

/** What is needed, and no more, of an input; every alternative of it by the name of its kind. */
export function examplesOfInput(schema: JsonSchema, parts: Parts): Record<string, unknown> {
  const kinds = schema.oneOf ?? [];
  const named = kinds.map((one) => [kindOf(one), one] as const);
  if (named.length === 0 || named.some(([kind]) => kind === null)) return { '': exampleOf(needed(schema), parts) };
  return Object.fromEntries(named.map(([kind, one]) => [kind, exampleOf(needed(one), parts)]));
}

const kindOf = ({ properties = {} }: JsonSchema): string | null => {
  const only = Object.values(properties).find((one) => typeof one.const === 'string')?.const;
  return typeof only === 'string' ? only : null;
};

/** A schema without what may be left out; where everything may, the whole of it. */
function needed(schema: JsonSchema): JsonSchema {
  const { properties, required = [], examples } = schema;
  if (!properties || required.length === 0 || examples) return schema;
  const kept = Object.entries(properties).filter(([name]) => required.includes(name));
  return { ...schema, properties: Object.fromEntries(kept.map(([name, inner]) => [name, needed(inner)])) };
}
