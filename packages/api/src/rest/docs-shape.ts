import type { JsonSchema } from './json-schema.ts';

const MAX_DEPTH = 5;

/** The first schema within a part of the document, written as a person would write the shape down. */
export function inputOf(part: object): string {
  const { content, schema } = part as { content?: Record<string, { schema: JsonSchema }>; schema?: JsonSchema };
  const found = schema ?? Object.values(content ?? {})[0]?.schema;
  return found ? shapeOf(found) : 'anything';
}

function shapeOf(schema: JsonSchema, depth = 0): string {
  if (schema.$ref) return String(schema.$ref).split('/').at(-1)!;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const { enum: choices } = schema as { enum?: unknown[] };
  if (choices) return choices.map((choice) => JSON.stringify(choice)).join(' | ');
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches)
    return [...new Set(branches.map((branch) => shapeOf(branch, depth)))].join(depth === 0 ? '\n| ' : ' | ');
  if (schema.type === 'array') return `${wrapped(shapeOf(schema.items ?? {}, depth + 1))}[]`;
  if (schema.properties) return objectOf(schema, depth);
  if (schema.type === 'object') return 'object';
  return `${schema.type ?? 'anything'}${schema.format ? ` (${schema.format})` : ''}`;
}

const wrapped = (shape: string) => (shape.includes(' | ') ? `(${shape})` : shape);

function objectOf({ properties = {}, required = [] }: JsonSchema, depth: number): string {
  if (depth >= MAX_DEPTH) return '{…}';
  const pad = '  '.repeat(depth + 1);
  const lines = Object.entries(properties).map(([name, inner]) => {
    const isNeeded = required.includes(name);
    return `${pad}${name}${isNeeded ? '' : '?'}: ${shapeOf(inner, depth + 1)}`;
  });
  return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
}
