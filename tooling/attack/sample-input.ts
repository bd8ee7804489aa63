import { randomUUID } from 'node:crypto';
import { z } from 'zod';

type Schema = {
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  pattern?: string;
  default?: unknown;
};

/** Chooses as a seed says, so that a finding can be found again. */
export type Dice = { next(): number; pick<One>(from: readonly One[]): One };

export function dice(seed: number): Dice {
  let state = seed >>> 0 || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  return { next, pick: (from) => from[Math.floor(next() * from.length)]! };
}

export type SampleOptions = {
  dice: Dice;
  /** Numbers of rows that there are, by the name of the field that holds one. */
  idFor(field: string): string;
  /** What stands in every text that has no form of its own. */
  text?: (field: string) => unknown;
};

const schemas = new WeakMap<z.ZodType, Schema>();

/** An input that the schema of a procedure would take, as far as JSON Schema can say it. */
export function sampleInput(input: z.ZodType | null, options: SampleOptions): unknown {
  if (!input) return undefined;
  let schema = schemas.get(input);
  if (!schema) {
    schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Schema;
    schemas.set(input, schema);
  }
  return sample(schema, 'id', options);
}

function sample(schema: Schema, field: string, options: SampleOptions): unknown {
  const { dice } = options;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return dice.pick(schema.enum);
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches) return sample(dice.pick(branches), field, options);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((one) => sample(one, field, options)));
  switch (Array.isArray(schema.type) ? dice.pick(schema.type) : schema.type) {
    case 'object': {
      const entries = Object.entries(schema.properties ?? {}).filter(
        ([name]) => schema.required?.includes(name) || dice.next() < 0.6,
      );
      return Object.fromEntries(entries.map(([name, inner]) => [name, sample(inner, name, options)]));
    }
    case 'array':
      return schema.items ? [sample(schema.items, field, options)] : [];
    case 'integer':
    case 'number':
      return Math.round(
        (schema.minimum ?? 1) + dice.next() * Math.min(20, (schema.maximum ?? 20) - (schema.minimum ?? 1)),
      );
    case 'boolean':
      return dice.next() < 0.5;
    case 'null':
      return null;
    case 'string':
      return sampleText(schema, field, options);
    default:
      return {};
  }
}

function sampleText(schema: Schema, field: string, options: SampleOptions): unknown {
  if (schema.format === 'uuid') return options.idFor(field);
  if (schema.format === 'date-time') return new Date().toISOString();
  if (schema.format === 'date') return new Date().toISOString().slice(0, 10);
  if (schema.format === 'email') return 'somebody@attack.test';
  if (field === 'idempotencyKey') return randomUUID();
  if (field === 'model') return 'auto';
  return options.text ? options.text(field) : 'make it warmer';
}

/** Values that no schema expects, each in the place of any field. */
export const HOSTILE: readonly unknown[] = [
  null,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e\u200b',
  'a'.repeat(100_000),
  '😀'.repeat(3_000),
  0,
  -1,
  1.5,
  1e308,
  -0,
  Number.MAX_SAFE_INTEGER + 2,
  true,
  [],
  {},
  [[[[[[]]]]]],
  { $ne: null },
  { __proto__: { isStaff: true } },
  JSON.parse('{"__proto__":{"isStaff":true},"constructor":{"prototype":{"isStaff":true}}}'),
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '../../etc/passwd',
  '0000-01-01T00:00:00.000Z',
  '275760-09-13T00:00:00.001Z',
  'W10',
  '1.1',
  '18446744073709551616.9223372036854775808',
];

/** The same input with one of its fields, at any depth, turned into something hostile. */
export function withHostileField(input: unknown, dice: Dice): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return dice.pick(HOSTILE);
  const names = Object.keys(input);
  if (names.length === 0 || dice.next() < 0.05) return dice.pick(HOSTILE);
  const name = dice.pick(names);
  const old = (input as Record<string, unknown>)[name];
  const goesDeeper = typeof old === 'object' && old !== null && dice.next() < 0.6;
  return { ...input, [name]: goesDeeper ? withHostileField(old, dice) : dice.pick(HOSTILE) };
}
