import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { JsonSchema } from '../port.ts';

const Size = z.string().refine((size) => size === 'auto' || isPaintable(size), 'Invalid size');
const PictureAsk = z.strictObject({
  model: z.string().min(1),
  prompt: z.string().min(1).max(32_000),
  size: Size.optional(),
  quality: z.enum(['low', 'medium', 'high', 'auto']).optional(),
});
const Part = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string() }),
  z.strictObject({
    type: z.literal('image_url'),
    image_url: z.strictObject({ url: z.string().startsWith('data:image/') }),
  }),
]);
const ChatAsk = z.strictObject({
  model: z.string().min(1),
  messages: z
    .array(
      z.strictObject({ role: z.enum(['system', 'user']), content: z.union([z.string().min(1), z.array(Part).min(1)]) }),
    )
    .min(1),
  max_completion_tokens: z.number().int().positive().optional(),
  stream: z.boolean().optional(),
  stream_options: z.strictObject({ include_usage: z.boolean() }).optional(),
  response_format: z
    .strictObject({
      type: z.literal('json_schema'),
      json_schema: z.strictObject({
        name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
        strict: z.boolean(),
        schema: z.record(z.string(), z.unknown()),
      }),
    })
    .refine(
      ({ json_schema: { strict, schema } }) => !strict || isStrict(schema, true),
      'Invalid schema for response_format',
    )
    .optional(),
});
const EmbeddingAsk = z.strictObject({
  model: z.string().min(1),
  input: z.array(z.string().min(1)).min(1).max(2048),
  encoding_format: z.enum(['float', 'base64']).optional(),
  dimensions: z.number().int().positive().optional(),
});

export type Upload = { field: string; name: string; mimeType: string; bytes: Uint8Array };
export type Asked =
  | { kind: 'pictures'; ask: z.infer<typeof PictureAsk>; uploads: Upload[] }
  | { kind: 'chat'; ask: z.infer<typeof ChatAsk> }
  | { kind: 'vectors'; ask: z.infer<typeof EmbeddingAsk> };

/** What was asked at an endpoint, read as strictly as the vendors read it; words of complaint where they refuse. */
export async function readAsked(
  endpoint: string,
  request: IncomingMessage,
  body: Buffer,
): Promise<Asked | { complaint: string }> {
  switch (endpoint) {
    case 'images/generations':
      return check(PictureAsk, parseJson(body), (ask) => ({ kind: 'pictures', ask, uploads: [] }));
    case 'images/edits': {
      const { fields, uploads } = await parseForm(request, body);
      const isTaken = uploads.length > 0 && uploads.length <= 16 && uploads.every(isPicture);
      if (!isTaken) return { complaint: 'Invalid image file or mode for image 1, please check your image file.' };
      return check(PictureAsk, fields, (ask) => ({ kind: 'pictures', ask, uploads }));
    }
    case 'chat/completions':
      return check(ChatAsk, parseJson(body), (ask) => ({ kind: 'chat', ask }));
    case 'embeddings':
      return check(EmbeddingAsk, parseJson(body), (ask) => ({ kind: 'vectors', ask }));
    default:
      return { complaint: `Invalid URL (POST ${endpoint})` };
  }
}

function check<T>(schema: z.ZodType<T>, value: unknown, make: (ask: T) => Asked): Asked | { complaint: string } {
  const parsed = schema.safeParse(value);
  return parsed.success ? make(parsed.data) : { complaint: z.prettifyError(parsed.error) };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

async function parseForm(
  request: IncomingMessage,
  body: Buffer,
): Promise<{ fields: Record<string, string>; uploads: Upload[] }> {
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  const form = await new Response(new Uint8Array(body), { headers }).formData();
  const fields: Record<string, string> = {};
  const uploads: Upload[] = [];
  for (const [field, value] of form) {
    if (typeof value === 'string') fields[field] = value;
    else
      uploads.push({ field, name: value.name, mimeType: value.type, bytes: new Uint8Array(await value.arrayBuffer()) });
  }
  return { fields, uploads };
}

const isPicture = ({ field, mimeType }: Upload): boolean =>
  (field === 'image' || field === 'image[]') && ['image/png', 'image/jpeg', 'image/webp'].includes(mimeType);

/** The vendor's rules: multiples of 16, 3,840 at most, 3:1 at most, 655,360 to 8,294,400 pixels. */
function isPaintable(size: string): boolean {
  const [, across, down] = /^(\d+)x(\d+)$/.exec(size)?.map(Number) ?? [];
  if (!across || !down || across % 16 || down % 16) return false;
  const [longer, shorter, pixels] = [Math.max(across, down), Math.min(across, down), across * down];
  return longer <= 3840 && longer / shorter <= 3 && pixels >= 655_360 && pixels <= 8_294_400;
}

const STRICT_KEYS = new Set([
  'type',
  'enum',
  'const',
  '$ref',
  '$defs',
  'description',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'anyOf',
]);

/** The rules of the strict mode, with the keywords that Azure knows. */
function isStrict(node: unknown, isRoot = false): boolean {
  if (typeof node !== 'object' || node === null || Object.keys(node).some((key) => !STRICT_KEYS.has(key))) return false;
  const { type, properties = {}, required = [], additionalProperties, items, anyOf, $defs = {} } = node as JsonSchema;
  if (isRoot && (type !== 'object' || anyOf)) return false;
  const isWhole = (required as string[]).length === Object.keys(properties as object).length;
  if (type === 'object' && (additionalProperties !== false || !isWhole)) return false;
  if (type === 'array' && !isStrict(items)) return false;
  const inner = [
    ...Object.values(properties as object),
    ...Object.values($defs as object),
    ...((anyOf ?? []) as unknown[]),
  ];
  return inner.every((child) => isStrict(child));
}
