import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';

const Part = z.object({
  text: z.string().optional(),
  inlineData: z.object({ data: z.string(), mimeType: z.string() }).optional(),
});
const Content = z.object({ parts: z.array(Part) });
const GenerateBody = z.object({
  contents: z.array(Content),
  systemInstruction: Content.optional(),
  generationConfig: z
    .object({
      seed: z
        .number()
        .int()
        .min(-(2 ** 31))
        .max(2 ** 31 - 1)
        .optional(),
      responseModalities: z.array(z.string()).optional(),
      imageConfig: z
        .object({ aspectRatio: z.string().optional(), imageSize: z.enum(['1K', '2K', '4K']).optional() })
        .optional(),
      maxOutputTokens: z.number().int().positive().optional(),
      responseMimeType: z.string().optional(),
      responseJsonSchema: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
});
const EmbedBody = z.object({
  requests: z
    .array(z.object({ model: z.string(), content: Content, outputDimensionality: z.number().int().optional() }))
    .min(1)
    .max(100),
});

/** What is asked for, by address and body. */
export type GeminiWanted =
  | { is: 'picture' }
  | { is: 'object'; schema: Record<string, unknown> }
  | { is: 'words' }
  | { is: 'stream' }
  | { is: 'vectors'; texts: string[]; dimensions: number | undefined };

export type RecordedRequest = {
  model: string;
  apiKey: string | undefined;
  wanted: GeminiWanted;
  prompt: string;
  /** The first of `images`. */
  image: { bytes: Uint8Array; mimeType: string } | undefined;
  images: { bytes: Uint8Array; mimeType: string }[];
  system: string | undefined;
  aspectRatio: string | undefined;
  body: z.infer<typeof GenerateBody>;
  /** The body as it came. */
  text: string;
  /** Settles when the connection is done with: `true` if the client left before the answer ended. */
  leftEarly: Promise<boolean>;
};

const ADDRESS =
  /^\/v1(?:beta)?\/models\/([^/:?]+):(generateContent|streamGenerateContent\?alt=sse|batchEmbedContents)$/;

/** The request in our words; a string says what is wrong with its body, undefined that nobody lives at its address. */
export async function readRequest(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<RecordedRequest | string | undefined> {
  const leftEarly = once(response, 'close').then(() => !response.writableFinished);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const [, model, method] = ADDRESS.exec(request.url ?? '') ?? [];
  if (request.method !== 'POST' || !model) return undefined;

  const key = request.headers['x-goog-api-key'];
  const from = { model, apiKey: typeof key === 'string' ? key : undefined, text, leftEarly };
  if (method === 'batchEmbedContents') {
    const parsed = EmbedBody.safeParse(parseJson(text));
    if (!parsed.success) return z.prettifyError(parsed.error);
    const { requests } = parsed.data;
    if (requests.some((one) => one.model !== `models/${model}`)) return 'The models of a batch must be one.';
    const texts = requests.map(({ content }) => wordsOf([content]));
    const wanted = { is: 'vectors', texts, dimensions: requests[0]?.outputDimensionality } as const;
    const nothing = { image: undefined, images: [], system: undefined, aspectRatio: undefined };
    return { ...from, ...nothing, wanted, prompt: texts.join('\n'), body: { contents: [] } };
  }

  const parsed = GenerateBody.safeParse(parseJson(text));
  if (!parsed.success) return z.prettifyError(parsed.error);
  const body = parsed.data;
  const { generationConfig: config } = body;
  const images = body.contents
    .flatMap((content) => content.parts)
    .flatMap(({ inlineData }) => inlineData ?? [])
    .map(({ data, mimeType }) => ({ bytes: Buffer.from(data, 'base64'), mimeType }));
  return {
    ...from,
    wanted: wantedBy(method, config),
    prompt: wordsOf(body.contents),
    image: images[0],
    images,
    system: body.systemInstruction && wordsOf([body.systemInstruction]),
    aspectRatio: config?.imageConfig?.aspectRatio,
    body,
  };
}

function wantedBy(method: string | undefined, config: z.infer<typeof GenerateBody>['generationConfig']): GeminiWanted {
  if (method !== 'generateContent') return { is: 'stream' };
  if (config?.responseModalities?.includes('IMAGE')) return { is: 'picture' };
  return config?.responseJsonSchema ? { is: 'object', schema: config.responseJsonSchema } : { is: 'words' };
}

const wordsOf = (contents: z.infer<typeof Content>[]): string =>
  contents
    .flatMap((content) => content.parts)
    .map((part) => part.text ?? '')
    .join('');

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
