import { createHash } from 'node:crypto';
import { SCOPES } from '@repo/domain/permissions/rules';
import { addExamples } from './add-examples.ts';
import { API_VERSION, answerOf, ErrorAnswer, pageAnswerOf } from './envelope.ts';
import { type JsonSchema, jsonSchemaOf, schemasAt } from './json-schema.ts';
import { names } from './names.ts';
import { HEADERS, KEY_HEADER, RESUME_HEADER } from './openapi-headers.ts';
import { ERROR_CODES } from './rest-failure.ts';
import { type RestRoute, restRoutes } from './rest-routes.ts';
import { closed } from './unknown-fields.ts';

type Json = Record<string, unknown>;
export type OpenApiDocument = {
  paths: Record<string, Record<string, Operation>>;
  components: Json;
  [more: string]: unknown;
};
/** By media type. `example`, or several by name: generated from the schema. */
export type Content = Record<
  string,
  { schema: JsonSchema; example?: unknown; examples?: Record<string, { value: unknown }> }
>;
export type Operation = {
  operationId: string;
  summary: string;
  tags: string[];
  responses: Record<string, { description: string; content?: Content } & Json>;
  parameters?: Json[];
  requestBody?: { required: true; content: Content };
  [more: string]: unknown;
};

/** The document of everything under `/api/v1`, made from the router and its schemas. */
export function openApiDocument(): OpenApiDocument {
  const schemas: Record<string, JsonSchema> = {};
  const paths: OpenApiDocument['paths'] = {};
  for (const route of restRoutes()) {
    paths[route.template] = {
      ...paths[route.template],
      [route.method.toLowerCase()]: operationOf(route, schemas),
    };
  }
  const errorSchema = lift(jsonSchemaOf(ErrorAnswer, 'output', names), schemas);
  addExamples(paths, schemas);
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: { title: 'Remixify', version: API_VERSION, description: INTRODUCTION },
    servers: [{ url: '/api/v1' }],
    tags: [...new Set(restRoutes().map(nounOf))].map((name) => ({ name })),
    paths,
    components: {
      schemas,
      securitySchemes: SECURITY,
      headers: HEADERS,
      responses: { Failure: { description: 'Why it was not done.', content: json(errorSchema) } },
    },
    'x-scopes': SCOPES,
  };
}

let bytes: { text: string; etag: string } | null = null;

/** The same as text, made once a process. */
export function documentBytes(): { text: string; etag: string } {
  if (!bytes) {
    const text = JSON.stringify(openApiDocument());
    bytes = { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"` };
  }
  return bytes;
}

const INTRODUCTION =
  'Every answer is `{success, data, meta}`, every failure `{success: false, error}`. Send an API key or a session token as ' +
  '`Authorization: Bearer …`. A field that an operation does not have is a 400 that names it. Lists go on by `links.next`. Repeat a write safely with the same `Idempotency-Key`. ' +
  'What each error code means, how limits work and worked examples stand in docs/api.md.';

const SECURITY = {
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key (`rk_…`), made in the settings. Also as `x-api-key`.',
  },
  session: { type: 'http', scheme: 'bearer', description: 'A session token (`rs_…`), from POST /auth/login.' },
  cookie: {
    type: 'apiKey',
    in: 'cookie',
    name: 'remixify.session_token',
    description: 'What a browser has after signing in.',
  },
};

const nounOf = ({ procedure }: RestRoute) => procedure.split('.')[0]!;
const json = (schema: JsonSchema) => ({ 'application/json': { schema } });

function operationOf(route: RestRoute, schemas: Record<string, JsonSchema>): Operation {
  const { meta, procedure, method } = route;
  const takesKey = route.fields.includes('idempotencyKey') && method !== 'GET';
  const body = method === 'GET' ? null : bodyOf(route);
  const isOpen = meta.cost === 'sign_in' || (method === 'GET' && !route.needsPerson);
  const roles = meta.scope ? [meta.scope] : [];
  return {
    operationId: procedure.replace('.', '_'),
    summary: meta.summary,
    tags: [nounOf(route)],
    description: descriptionOf(route, takesKey),
    security: [...(isOpen ? [{}] : []), { apiKey: roles }, { session: [] }, { cookie: [] }],
    'x-scope': meta.scope,
    'x-cost': meta.cost,
    'x-procedure': procedure,
    parameters: [
      ...route.params.map((name) => parameter(route, name, 'path')),
      ...(method === 'GET' ? queryFields(route).map((name) => parameter(route, name, 'query')) : []),
      ...(takesKey ? [KEY_HEADER] : []),
      ...(route.type === 'subscription' ? [RESUME_HEADER] : []),
    ],
    ...(body ? { requestBody: { required: true, content: json(body) } } : {}),
    responses: { '200': successOf(route, schemas), ...failuresOf(route) },
  };
}

const descriptionOf = ({ meta, piece, method }: RestRoute, takesKey: boolean) =>
  [
    meta.scope ? `A key needs the scope \`${meta.scope}\`.` : 'Any key may.',
    `Counts against the limit of class \`${meta.cost}\`.`,
    ...(piece ? ['Answers server-sent events.'] : []),
    ...(method !== 'GET' && !takesKey
      ? ['An Idempotency-Key has no effect here: doing it twice is doing it once, or says so.']
      : []),
  ].join(' ');

const queryFields = ({ fields, params }: RestRoute) => fields.filter((name) => !params.includes(name));

/** How a field of an input is called in an address. */
const outsideName = ({ type }: RestRoute, name: string) =>
  type === 'subscription' && name === 'lastEventId' ? 'after' : name;

/** Longer than the domain's own: it holds the way back too. */
const CURSOR: JsonSchema = { type: 'string', maxLength: 2_500, description: 'From `links` or `nextCursor`; opaque.' };

function parameter(route: RestRoute, name: string, place: 'path' | 'query'): Json {
  const found = schemasAt(route.inputSchema, [name]);
  const schema = route.isPage && name === 'cursor' ? CURSOR : (found[0] ?? {});
  const isObject =
    schema.type === 'object' || [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].some((one) => one.type === 'object');
  const required = place === 'path' || (route.inputSchema.required?.includes(name) ?? false);
  const shape = { name: outsideName(route, name), in: place, required };
  if (isObject) {
    const description = `As JSON, or field by field: \`${name}.field=value\`.`;
    return { ...shape, description, content: json(schema) };
  }
  return { ...shape, ...(schema.type === 'array' ? { style: 'form', explode: true } : {}), schema };
}

/** The input without what stands in the path or may come as a header. */
function bodyOf(route: RestRoute): JsonSchema | null {
  const rest = route.fields.filter((name) => !route.params.includes(name));
  return rest.length === 0 ? null : closed(without(route.inputSchema, route.params));
}

function without(schema: JsonSchema, params: string[]): JsonSchema {
  const { properties, required, anyOf, oneOf, allOf } = schema;
  const isThere = (name: string) => !params.includes(name);
  const isDemanded = (name: string) => isThere(name) && name !== 'idempotencyKey';
  const inner = (list: JsonSchema[] | undefined) => list?.map((one) => without(one, params));
  return {
    ...schema,
    ...(properties
      ? { properties: Object.fromEntries(Object.entries(properties).filter(([name]) => isThere(name))) }
      : {}),
    ...(required ? { required: required.filter(isDemanded) } : {}),
    ...(anyOf ? { anyOf: inner(anyOf)! } : {}),
    ...(oneOf ? { oneOf: inner(oneOf)! } : {}),
    ...(allOf ? { allOf: inner(allOf)! } : {}),
  };
}

const LIMIT_HEADERS = Object.fromEntries(
  ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'].map((name) => [
    name,
    { $ref: `#/components/headers/${name}` },
  ]),
);
const TAG_HEADER = { ETag: { $ref: '#/components/headers/ETag' } };

function successOf(route: RestRoute, schemas: Record<string, JsonSchema>): Operation['responses'][string] {
  const { piece, output, item, method } = route;
  if (piece) {
    const schema = lift(jsonSchemaOf(piece, 'output', names), schemas);
    return {
      description: 'One message a piece; `schema` is what the `data:` of each holds.',
      headers: LIMIT_HEADERS,
      content: { 'text/event-stream': { schema } },
    };
  }
  const envelope = item ? pageAnswerOf(item) : answerOf(output!);
  const schema = lift(jsonSchemaOf(envelope, 'output', names), schemas);
  return {
    description: 'Done.',
    headers: { ...LIMIT_HEADERS, ...(method === 'GET' ? TAG_HEADER : {}) },
    content: json(schema),
  };
}

function failuresOf(route: RestRoute): Operation['responses'] {
  const isWrite = route.method !== 'GET';
  const wanted = [
    ...[400, 401, 403, 406, 408, 429, 500, 503],
    ...(route.fields.length > 0 || isWrite ? [404] : []),
    ...(isWrite ? [409, 413, 415] : []),
    ...(route.meta.cost === 'ai' ? [402] : []),
  ];
  return Object.fromEntries(
    [...new Set(wanted)].sort().map((status) => {
      const codes = Object.entries(ERROR_CODES).flatMap(([code, of]) => (of === status ? [code] : []));
      const headers = [429, 503].includes(status)
        ? { 'Retry-After': { $ref: '#/components/headers/Retry-After' } }
        : {};
      const content = json({ $ref: '#/components/schemas/Error' });
      return [String(status), { description: codes.join(' or '), headers, content }];
    }),
  );
}

/** Takes the named parts out of a schema and into the document's, and mends the references to them. */
function lift(schema: JsonSchema, into: Record<string, JsonSchema>): JsonSchema {
  const { $defs = {}, ...rest } = schema;
  const mended = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(mended);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        key === '$ref' && typeof inner === 'string'
          ? inner.replace('#/$defs/', '#/components/schemas/')
          : mended(inner),
      ]),
    );
  };
  for (const [name, part] of Object.entries($defs)) {
    const { id: _, ...named } = mended(part) as JsonSchema;
    into[name] ??= named;
  }
  const { id, ...whole } = mended(rest) as JsonSchema;
  if (typeof id !== 'string') return whole;
  into[id] ??= whole;
  return { $ref: `#/components/schemas/${id}` };
}
