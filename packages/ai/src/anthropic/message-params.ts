import type Anthropic from '@anthropic-ai/sdk';
import { ProviderError, type StreamRequest, type TextRequest } from '../port.ts';
import { fitForClaude } from './fit-for-claude.ts';
import { toStrictSchema } from './strict-schema.ts';

type Asked = Exclude<TextRequest, { kind: 'text.embed' }> | StreamRequest;
type Params = Omit<Anthropic.MessageCreateParamsNonStreaming, 'stream'>;

/** The wire wants a limit; thinking counts towards it. */
const MAX_TOKENS = 16_000;

/** A request in Anthropic's words. Throws `invalid` for a picture that cannot be read. */
export async function toMessageParams(provider: string, model: string, request: Asked): Promise<Params> {
  const params = { model, max_tokens: request.maxOutputTokens ?? MAX_TOKENS };
  if (request.kind === 'image.describe') {
    const image = await fitForClaude(request.image).catch((cause) => {
      throw new ProviderError(provider, 'invalid', { detail: 'the picture could not be read', cause });
    });
    const data = Buffer.from(image.bytes).toString('base64');
    const source = { type: 'base64', media_type: image.mimeType, data } as const;
    return {
      ...params,
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', source },
            { type: 'text', text: request.prompt },
          ],
        },
      ],
    };
  }

  const messages = [{ role: 'user', content: request.prompt } as const];
  if (request.kind === 'text.stream') return { ...params, messages, ...(request.system && { system: request.system }) };

  const schema = toStrictSchema(request.schema);
  return {
    ...params,
    messages,
    // In words too: a gateway may drop `output_config`, and not every schema can be said in it.
    // No forced tool instead: models that always think answer that with a 400.
    system: [request.system, inWords(request.schemaName, request.schema)].filter(Boolean).join('\n\n'),
    ...(schema && { output_config: { format: { type: 'json_schema', schema } } }),
  };
}

const inWords = (name: string, schema: object): string =>
  `Answer with one JSON value and nothing else. It is called "${name}" and follows this JSON Schema:\n${JSON.stringify(schema)}`;
