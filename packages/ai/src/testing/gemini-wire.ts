import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { type GeminiBehaviour, type GeminiBehaviourName, NAMED_BEHAVIOURS } from './gemini-behaviours.ts';
import { paintAnswer } from './paint-answer.ts';

const Body = z.object({
  contents: z.array(
    z.object({
      parts: z.array(
        z.object({
          text: z.string().optional(),
          inlineData: z.object({ data: z.string(), mimeType: z.string() }).optional(),
        }),
      ),
    }),
  ),
  generationConfig: z
    .object({
      seed: z
        .number()
        .int()
        .min(-(2 ** 31))
        .max(2 ** 31 - 1)
        .optional(),
      responseModalities: z.array(z.string()).optional(),
      imageConfig: z.object({ aspectRatio: z.string().optional() }).optional(),
    })
    .optional(),
});

export type RecordedRequest = {
  model: string;
  apiKey: string | undefined;
  prompt: string;
  image: { bytes: Uint8Array; mimeType: string } | undefined;
  aspectRatio: string | undefined;
  body: z.infer<typeof Body>;
  /** Settles when the connection is done with: `true` if the client left before the answer ended. */
  leftEarly: Promise<boolean>;
};

export type GeminiWire = {
  baseUrl: string;
  /** The one key that is valid. */
  apiKey: string;
  requests: RecordedRequest[];
  /** One behaviour for each of the next requests; afterwards the usual one. */
  next(...behaviours: (GeminiBehaviour | GeminiBehaviourName)[]): void;
  /** What is done when nothing is scripted (at first `success`). */
  usually(behaviour: GeminiBehaviour | GeminiBehaviourName): void;
  /** The request with this number (from 1), as soon as it has arrived. */
  arrival(number: number): Promise<RecordedRequest>;
  close(): Promise<void>;
};

/** A local server that speaks Gemini's `generateContent`, well or badly as scripted. */
export async function startGeminiWire(options: { apiKey?: string; port?: number } = {}): Promise<GeminiWire> {
  const { apiKey = 'test-key', port = 0 } = options;
  const script: GeminiBehaviour[] = [];
  const requests: RecordedRequest[] = [];
  const watchers: (() => void)[] = [];
  const closing = new AbortController();
  let usual: GeminiBehaviour = NAMED_BEHAVIOURS.success;

  const server = createServer((request, response) => {
    answerRequest(request, response).catch((error: unknown) => {
      // A client that hangs up and a server that closes are part of the play; anything else is a fault of this file.
      if (closing.signal.aborted || response.destroyed) return;
      response.writeHead(500, { 'content-type': 'text/plain' }).end(`gemini wire: ${String(error)}`);
    });
  });

  async function answerRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const model = /^\/v1(?:beta)?\/models\/([^/:]+):generateContent$/.exec(request.url ?? '')?.[1];
    const parsed = Body.safeParse(parseJson(await readBody(request)));
    if (request.method !== 'POST' || !model)
      return sendError(response, { status: 404, code: 'NOT_FOUND', message: 'Not found.' });
    if (!parsed.success) {
      return sendError(response, { status: 400, code: 'INVALID_ARGUMENT', message: z.prettifyError(parsed.error) });
    }
    const recorded = record(model, request, response, parsed.data);
    requests.push(recorded);
    for (const notice of watchers.splice(0)) notice();
    const isKeyValid = recorded.apiKey === apiKey;
    await perform(
      isKeyValid ? (script.shift() ?? usual) : NAMED_BEHAVIOURS['bad key'],
      recorded,
      response,
      closing.signal,
    );
  }

  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apiKey,
    requests,
    next: (...behaviours) => void script.push(...behaviours.map(resolveBehaviour)),
    usually: (behaviour) => {
      usual = resolveBehaviour(behaviour);
    },
    async arrival(number) {
      for (;;) {
        const found = requests[number - 1];
        if (found) return found;
        await new Promise<void>((notice) => watchers.push(notice));
      }
    },
    async close() {
      closing.abort();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const resolveBehaviour = (behaviour: GeminiBehaviour | GeminiBehaviourName): GeminiBehaviour =>
  typeof behaviour === 'string' ? NAMED_BEHAVIOURS[behaviour] : behaviour;

function record(
  model: string,
  request: IncomingMessage,
  response: ServerResponse,
  body: z.infer<typeof Body>,
): RecordedRequest {
  const parts = body.contents.flatMap((content) => content.parts);
  const inline = parts.find((part) => part.inlineData)?.inlineData;
  const key = request.headers['x-goog-api-key'];
  return {
    model,
    apiKey: typeof key === 'string' ? key : undefined,
    prompt: parts.map((part) => part.text ?? '').join(''),
    image: inline && { bytes: Buffer.from(inline.data, 'base64'), mimeType: inline.mimeType },
    aspectRatio: body.generationConfig?.imageConfig?.aspectRatio,
    body,
    leftEarly: once(response, 'close').then(() => !response.writableFinished),
  };
}

async function perform(
  behaviour: GeminiBehaviour,
  request: RecordedRequest,
  response: ServerResponse,
  closing: AbortSignal,
): Promise<void> {
  switch (behaviour.is) {
    case 'success': {
      await behaviour.until;
      if (behaviour.afterMs) await wait(behaviour.afterMs, undefined, { signal: closing });
      return sendJson(response, 200, await paintedAnswer(behaviour, request));
    }
    case 'no picture': {
      const { finishReason, finishMessage, text } = behaviour;
      const content = text === undefined ? {} : { content: { role: 'model', parts: [{ text }] } };
      return sendJson(response, 200, { candidates: [{ ...content, finishReason, finishMessage, index: 0 }] });
    }
    case 'blocked prompt': {
      const { blockReason, message } = behaviour;
      return sendJson(response, 200, { promptFeedback: { blockReason, blockReasonMessage: message } });
    }
    case 'error':
      return sendError(response, behaviour);
    case 'raw': {
      const { status = 200, contentType = 'application/json; charset=UTF-8', body, headers } = behaviour;
      response.writeHead(status, { ...headers, 'content-type': contentType }).end(body);
      return;
    }
    case 'reset':
    case 'stall':
      if (behaviour.when === 'mid-body') await sendHalf(response, request);
      if (behaviour.is === 'reset') response.socket?.resetAndDestroy();
      return;
    case 'truncated JSON': {
      const whole = JSON.stringify(await paintedAnswer({ is: 'success' }, request));
      response.writeHead(200, { 'content-type': 'application/json' }).end(whole.slice(0, whole.length / 2));
      return;
    }
    case 'huge body':
      return sendHuge(response, behaviour.bytes);
  }
}

async function paintedAnswer(
  success: Extract<GeminiBehaviour, { is: 'success' }>,
  request: RecordedRequest,
): Promise<object> {
  const painted = success.image ?? (await paintAnswer(request));
  const picture = (bytes: Uint8Array) => ({
    inlineData: { mimeType: success.mimeType ?? 'image/png', data: Buffer.from(bytes).toString('base64') },
  });
  const draft = await paintAnswer({ ...request, image: undefined });
  const thoughts = success.thoughts
    ? [
        { text: 'First a draft.', thought: true },
        { ...picture(draft), thought: true },
      ]
    : [];
  const words = success.text ? [{ text: success.text }] : [];
  const candidate = {
    content: { role: 'model', parts: [...thoughts, ...words, picture(painted)] },
    finishReason: success.continuationToken ? 'CONTINUATION' : 'STOP',
    index: 0,
  };
  return {
    candidates: [{ ...candidate, continuationToken: success.continuationToken }],
    usageMetadata: { promptTokenCount: 270, candidatesTokenCount: 1290, totalTokenCount: 1560 },
    modelVersion: request.model,
    responseId: 'wire',
  };
}

/** Headers and half an answer, on the wire before this settles. */
async function sendHalf(response: ServerResponse, request: RecordedRequest): Promise<void> {
  const whole = JSON.stringify(await paintedAnswer({ is: 'success' }, request));
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(whole) });
  await new Promise<void>((flushed) => response.write(whole.slice(0, whole.length / 2), () => flushed()));
}

async function sendHuge(response: ServerResponse, bytes: number): Promise<void> {
  const chunk = Buffer.alloc(1024 * 1024, 'a');
  function* body() {
    yield '{"candidates":[{"content":{"parts":[{"text":"';
    for (let sent = 0; sent < bytes; sent += chunk.length) yield chunk;
    yield '"}]},"finishReason":"STOP"}]}';
  }
  response.writeHead(200, { 'content-type': 'application/json' });
  await pipeline(Readable.from(body()), response);
}

type WireError = { status: number; code: string; message: string; details?: object[]; retryAfter?: string };

function sendError(response: ServerResponse, { status, code, message, details, retryAfter }: WireError): void {
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
  sendJson(response, status, { error: { code: status, message, status: code, details } }, headers);
}

function sendJson(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response
    .writeHead(status, { ...headers, 'content-type': 'application/json; charset=UTF-8' })
    .end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
