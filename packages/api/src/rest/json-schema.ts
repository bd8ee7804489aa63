import { z } from 'zod';

/** As much of JSON Schema as we look into. */
export type JsonSchema = {
  $ref?: string;
  type?: string | string[];
  format?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  const?: unknown;
  default?: unknown;
  $defs?: Record<string, JsonSchema>;
} & { [more: string]: unknown };

/**
 * A zod type as JSON Schema: what is taken (`input`) or answered (`output`). A date is an ISO text; what JSON Schema has
 * no words for may be anything. Types of `names` become references to `$defs`.
 */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output', names = NO_NAMES): JsonSchema {
  const { $schema: _, ...made } = z.toJSONSchema(schema, {
    io,
    metadata: names,
    target: 'draft-2020-12',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      // What `.meta` says stands in the registry that everybody shares, not in that of the names.
      const { description, examples } = z.globalRegistry.get(zodSchema as unknown as z.ZodType) ?? {};
      Object.assign(jsonSchema, description ? { description } : {}, examples ? { examples } : {});
      if (zodSchema._zod.def.type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
      if (zodSchema._zod.def.type === 'void') jsonSchema.type = 'null';
    },
  }) as JsonSchema;
  return made;
}

export const NO_NAMES = z.registry<{ id: string }>();

/** The branches of a schema: its own alternatives, or itself. */
export const branchesOf = (schema: JsonSchema): JsonSchema[] =>
  [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].flatMap((one) =>
    one === schema ? [one] : branchesOf(one),
  );

/** What may stand at a path of field names, in any branch; empty where there is no such field. */
export function schemasAt(schema: JsonSchema, path: readonly string[]): JsonSchema[] {
  return path.reduce<JsonSchema[]>(
    (found, name) =>
      found.flatMap(branchesOf).flatMap(({ properties }) =>
        // An own one: `__proto__` and its like are nobody's field.
        properties && Object.hasOwn(properties, name) ? [properties[name]!] : [],
      ),
    [schema],
  );
}

/** The names of every field that an input may have. */
export const fieldsOf = (schema: JsonSchema): string[] => [
  ...new Set(branchesOf(schema).flatMap(({ properties }) => Object.keys(properties ?? {}))),
];

/** Which types of JSON may stand where any of these schemas does; empty where anything may. */
export function typesOf(schemas: readonly JsonSchema[]): Set<string> {
  const leaves = schemas.flatMap(branchesOf);
  const types = leaves.flatMap(({ type, const: only }) => type ?? (only === undefined ? [] : [typeof only]));
  return new Set(types);
}
