import type { z } from 'zod';
import { appRouter } from '../app-router.ts';
import type { ProcedureMeta } from '../procedure-meta.ts';
import { pieceOf } from '../stream-of.ts';
import { isForKnown } from '../trpc.ts';
import { fieldsOf, type JsonSchema, jsonSchemaOf } from './json-schema.ts';
import { PIECES } from './pieces.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A procedure at its address under `/api/v1`. */
export type RestRoute = {
  /** Such as `ads.byId`. */
  procedure: string;
  method: Method;
  /** Such as `/ads/{id}`. */
  template: string;
  segments: string[];
  /** Names of the fields that stand in the path. */
  params: string[];
  meta: ProcedureMeta;
  type: 'query' | 'mutation' | 'subscription';
  input: z.ZodType | null;
  /** What is taken, as JSON Schema; an empty object where nothing is. */
  inputSchema: JsonSchema;
  fields: string[];
  /** What is answered; null where the answer is a stream. */
  output: z.ZodType | null;
  /** What an answer that is a stream consists of. */
  piece: z.ZodType | null;
  /** True: the answer is some items and where the next ones begin. */
  isPage: boolean;
  /** What a list holds, whether it comes page by page or whole; null for all else. */
  item: z.ZodType | null;
  /** True: whoever is nobody yet is turned away. */
  needsPerson: boolean;
};

type Inner = {
  _def: { type: RestRoute['type']; meta?: ProcedureMeta; inputs?: z.ZodType[]; output?: z.ZodType };
};

let known: RestRoute[] | null = null;

/** Every procedure that has an address, in the router's order. */
export function restRoutes(): RestRoute[] {
  known ??= Object.entries(appRouter._def.procedures as unknown as Record<string, Inner>).flatMap(
    ([procedure, { _def }]) => (_def.meta?.rest ? [routeOf(procedure, _def, _def.meta, _def.meta.rest)] : []),
  );
  return known;
}

function routeOf(procedure: string, def: Inner['_def'], meta: ProcedureMeta, rest: string): RestRoute {
  const [method, template] = rest.split(' ') as [Method, string];
  const segments = template.split('/').slice(1);
  const input = def.inputs?.at(-1) ?? null;
  const inputSchema = input ? jsonSchemaOf(input, 'input') : {};
  const piece = (def.output && pieceOf(def.output)) ?? PIECES[procedure] ?? null;
  const output = piece ? null : (def.output ?? null);
  const { shape, element } = (output ?? {}) as { shape?: Record<string, { element?: z.ZodType }>; element?: z.ZodType };
  const isPage = shape !== undefined && 'items' in shape && 'nextCursor' in shape;
  return {
    procedure,
    method,
    template,
    segments,
    params: segments.flatMap((segment) => paramOf(segment) ?? []),
    meta,
    type: def.type,
    input,
    inputSchema,
    fields: fieldsOf(inputSchema),
    output,
    piece,
    isPage,
    item: (isPage ? shape['items']!.element : element) ?? null,
    needsPerson: isForKnown(def),
  };
}

/** The field that a segment such as `{id}` stands for, or null for a word. */
export const paramOf = (segment: string): string | null => /^\{(\w+)\}$/.exec(segment)?.[1] ?? null;
