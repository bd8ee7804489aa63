import { fitPicture } from '../call/fit-picture.ts';
import { readJson } from '../call/read-json.ts';
import type { CallTimeouts } from '../call/watch-call.ts';
import { type ModelCall, ProviderError, type TextModel, type TextRequest, type TextResult } from '../port.ts';
import { type AskLimits, askVendor } from './ask-vendor.ts';
import { readChat } from './read-chat.ts';
import { readVectors } from './read-vectors.ts';
import { streamChat } from './stream-chat.ts';
import { toMessages } from './to-messages.ts';
import { toStrictSchema } from './to-strict-schema.ts';
import { type AzureOpenAiAccess, azureOpenAiVendor, type OpenAiAccess, openAiVendor, type Vendor } from './vendor.ts';

const LIMITS: AskLimits = { firstByteMs: 100_000, stallMs: 30_000, totalMs: 120_000, maxBytes: 16 * 1024 * 1024 };
/** Numbers in decimal take twelve letters each, and there may be millions. */
const MAX_VECTOR_BYTES = 64 * 1024 * 1024;

export type OpenAiTextOptions = OpenAiAccess & { timeouts?: Partial<CallTimeouts> };
export type AzureOpenAiTextOptions = AzureOpenAiAccess & { timeouts?: Partial<CallTimeouts> };

/**
 * OpenAI's models that read and write, by chat completions: `text.structured`, `image.describe` and `text.stream`
 * of a chat model, `text.embed` of an embedding model.
 */
export const createOpenAiTextModel = (options: OpenAiTextOptions): TextModel =>
  createTextModel(openAiVendor(options), options.timeouts);

/** The same models in a deployment on Azure. */
export const createAzureOpenAiTextModel = (options: AzureOpenAiTextOptions): TextModel =>
  createTextModel(azureOpenAiVendor(options), options.timeouts);

function createTextModel(vendor: Vendor, timeouts: Partial<CallTimeouts> = {}): TextModel {
  const limits = { ...LIMITS, ...timeouts };
  return {
    type: 'text',
    name: vendor.name,
    stream: (request, call = {}) => streamChat(vendor, limits, request, call),
    answer: (request, call = {}) => {
      switch (request.kind) {
        case 'text.structured':
          return writeObject(vendor, limits, request, call);
        case 'image.describe':
          return describePicture(vendor, limits, request, call);
        case 'text.embed':
          return embedTexts(vendor, limits, request, call);
      }
    },
  };
}

type Asked<K extends TextRequest['kind']> = Extract<TextRequest, { kind: K }>;

async function writeObject(
  vendor: Vendor,
  limits: AskLimits,
  request: Asked<'text.structured'>,
  call: ModelCall,
): Promise<TextResult> {
  const { provider, model } = vendor;
  const { schema, strict, restore } = toStrictSchema(request.schema);
  // The wire takes no other letters in a name.
  const name = request.schemaName.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64) || 'answer';
  const answer: unknown = await askVendor(vendor, limits, call, (client, sending) =>
    client.chat.completions.create(
      {
        model,
        ...toMessages(request),
        response_format: { type: 'json_schema', json_schema: { name, schema, strict } },
      },
      sending,
    ),
  );
  const { text, isCutOff, usage } = readChat(provider, answer);
  // Half an object can hold a whole smaller one: that is not what was asked for.
  if (isCutOff) throw new ProviderError(provider, 'empty', { detail: 'cut off at the limit of tokens', said: text });
  const value = readJson(text);
  if (value === undefined) throw new ProviderError(provider, 'empty', { detail: 'no JSON in the answer', said: text });
  return { kind: request.kind, value: restore(value), text, usage };
}

async function describePicture(
  vendor: Vendor,
  limits: AskLimits,
  request: Asked<'image.describe'>,
  call: ModelCall,
): Promise<TextResult> {
  const { provider, model } = vendor;
  const answer: unknown = await askVendor(vendor, limits, call, async (client, sending) => {
    const { bytes, mimeType } = await fitPicture(request.image).catch((cause) => {
      throw new ProviderError(provider, 'invalid', { detail: 'the picture could not be read', cause });
    });
    const url = `data:${mimeType};base64,${Buffer.from(bytes).toString('base64')}`;
    const content = [
      { type: 'text' as const, text: request.prompt },
      { type: 'image_url' as const, image_url: { url } },
    ];
    return client.chat.completions.create(
      { model, ...toMessages(request), messages: [{ role: 'user', content }] },
      sending,
    );
  });
  const { text, usage } = readChat(provider, answer);
  return { kind: request.kind, text, usage };
}

async function embedTexts(
  vendor: Vendor,
  limits: AskLimits,
  request: Asked<'text.embed'>,
  call: ModelCall,
): Promise<TextResult> {
  const { texts, dimensions } = request;
  const answer: unknown = await askVendor(
    vendor,
    { ...limits, maxBytes: MAX_VECTOR_BYTES },
    call,
    (client, sending) => {
      if (texts.length === 0) throw new ProviderError(vendor.provider, 'invalid', { detail: 'no text to embed' });
      // Said outright, for unsaid the SDK asks for base64, which not every gateway knows.
      const body = { model: vendor.model, input: [...texts], encoding_format: 'float' as const };
      return client.embeddings.create({ ...body, ...(dimensions !== undefined && { dimensions }) }, sending);
    },
  );
  return { kind: request.kind, ...readVectors(vendor.provider, answer, texts.length, dimensions) };
}
