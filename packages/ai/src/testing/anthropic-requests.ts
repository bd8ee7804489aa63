import { z } from 'zod';
import { mediaTypeOf } from '../call/media-type-of.ts';

const Block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().min(1) }),
  z.strictObject({
    type: z.literal('image'),
    source: z.strictObject({ type: z.literal('base64'), media_type: z.string(), data: z.base64() }),
  }),
]);
const Message = z.strictObject({
  role: z.literal('user'),
  content: z.union([z.string().min(1), z.array(Block).min(1)]),
});

/** What may be asked. Nothing else: Anthropic refuses a field it does not know. */
export const AnthropicBody = z.strictObject({
  model: z.string(),
  max_tokens: z.number().int().min(1),
  system: z.string().min(1).optional(),
  messages: z.array(Message).min(1),
  stream: z.boolean().optional(),
  output_config: z
    .strictObject({
      format: z.strictObject({ type: z.literal('json_schema'), schema: z.record(z.string(), z.unknown()) }),
    })
    .optional(),
});
export type AnthropicBody = z.infer<typeof AnthropicBody>;

export type AnthropicPicture = { bytes: Uint8Array; mimeType: string };

export function pictureOf(body: AnthropicBody): AnthropicPicture | undefined {
  const blocks = body.messages.flatMap(({ content }) => (typeof content === 'string' ? [] : content));
  const image = blocks.find((block) => block.type === 'image');
  return image && { bytes: Buffer.from(image.source.data, 'base64'), mimeType: image.source.media_type };
}

const MAX_IMAGE = 5 * 1024 * 1024;

/** What Anthropic would say against a request that is well-formed; undefined where it has nothing to say. */
export function complaintOf(body: AnthropicBody): string | undefined {
  const picture = pictureOf(body);
  if (picture) {
    const size = Math.ceil(picture.bytes.byteLength / 3) * 4;
    const type = mediaTypeOf(picture.bytes);
    if (size > MAX_IMAGE) return `image exceeds 5 MB maximum: ${size} bytes > ${MAX_IMAGE} bytes`;
    if (type !== picture.mimeType)
      return `Image does not match the provided media type ${picture.mimeType} (it is ${type})`;
  }
  const schema = body.output_config?.format.schema;
  const complaint = schema && complaintOfSchema(schema);
  return complaint && `output_config.format.schema: ${complaint}`;
}

const UNSUPPORTED = ['minimum', 'maximum', 'multipleOf', 'minLength', 'maxLength', 'pattern', 'maxItems'];

function complaintOfSchema(schema: unknown): string | undefined {
  if (Array.isArray(schema)) return schema.map(complaintOfSchema).find(Boolean);
  if (typeof schema !== 'object' || schema === null) return undefined;
  const { type, additionalProperties, properties, ...rest } = schema as Record<string, unknown>;
  if (type === 'object' && additionalProperties !== false)
    return "For 'object' type, 'additionalProperties' must be explicitly set to false";
  if (type === 'object' && !Object.keys(properties ?? {}).length) return 'an object without properties';
  if (typeof type === 'string') {
    const unsupported = UNSUPPORTED.find((word) => word in rest);
    if (unsupported) return `For '${type}' type, property '${unsupported}' is not supported`;
  }
  return [...Object.values(properties ?? {}), ...Object.values(rest)].map(complaintOfSchema).find(Boolean);
}
