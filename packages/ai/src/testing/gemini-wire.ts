import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { succeed } from './gemini-answers.ts';
import { type GeminiBehaviour, type GeminiBehaviourName, NAMED_BEHAVIOURS } from './gemini-behaviours.ts';
import { type RecordedRequest, readRequest } from './gemini-request.ts';

export type { RecordedRequest } from './gemini-request.ts';

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

/** A local server that speaks Gemini's wire: pictures, objects, words, streams and vectors, well or badly as scripted. */
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
    const recorded = await readRequest(request, response);
    if (!recorded) return sendError(response, { status: 404, code: 'NOT_FOUND', message: 'Not found.' });
    if (typeof recorded === 'string')
      return sendError(response, { status: 400, code: 'INVALID_ARGUMENT', message: recorded });
    requests.push(recorded);
    for (const notice of watchers.splice(0)) notice();
    const isKeyValid = recorded.apiKey === apiKey;
    const behaviour = isKeyValid ? (script.shift() ?? usual) : NAMED_BEHAVIOURS['bad key'];
    await perform(behaviour, { request: recorded, response, closing: closing.signal });
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

type Stage = { request: RecordedRequest; response: ServerResponse; closing: AbortSignal };

async function perform(behaviour: GeminiBehaviour, stage: Stage): Promise<void> {
  const { request, response, closing } = stage;
  switch (behaviour.is) {
    case 'success': {
      await behaviour.until;
      const pieces = toPieces(request, await succeed(behaviour, request));
      if (!behaviour.afterMs) return sendPieces(stage, pieces);
      await wait(behaviour.afterMs, undefined, { signal: closing });
      return sendPieces(
        stage,
        request.wanted.is === 'stream' ? pieces : thirds(pieces.join('')),
        behaviour.afterMs / 2,
      );
    }
    case 'no picture': {
      const { finishReason, finishMessage, text } = behaviour;
      const nothing = { candidates: [{ finishReason, finishMessage, index: 0, ...contentOf(text) }] };
      return sendPieces(stage, toPieces(request, [request.wanted.is === 'vectors' ? {} : nothing]));
    }
    case 'blocked prompt': {
      const { blockReason, message } = behaviour;
      return sendPieces(stage, toPieces(request, [{ promptFeedback: { blockReason, blockReasonMessage: message } }]));
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
      if (behaviour.when === 'mid-body') await sendBeginning(stage);
      if (behaviour.is === 'reset') response.socket?.resetAndDestroy();
      return;
    case 'truncated JSON': {
      const [first = '', second = ''] = toPieces(request, await succeed({ is: 'success' }, request));
      const [whole, broken] = second ? [first, second] : ['', first];
      return sendPieces(stage, [whole + broken.slice(0, broken.length / 2)]);
    }
    case 'cut between events': {
      const [first = ''] = toPieces(request, await succeed({ is: 'success' }, request));
      return sendPieces(stage, [first]);
    }
    case 'huge body':
      return sendHuge(stage, behaviour.bytes);
  }
}

const contentOf = (text: string | undefined): object =>
  text === undefined ? {} : { content: { role: 'model', parts: [{ text }] } };

/** How an answer lies on the wire: its events one by one, or its JSON. */
const toPieces = ({ wanted }: RecordedRequest, answers: object[]): string[] =>
  wanted.is === 'stream'
    ? answers.map((event) => `data: ${JSON.stringify(event)}\r\n\r\n`)
    : [JSON.stringify(answers[0])];

const thirds = (text: string): string[] => {
  const length = Math.ceil(text.length / 3);
  return [text.slice(0, length), text.slice(length, 2 * length), text.slice(2 * length)];
};

const typeOf = ({ wanted }: RecordedRequest): string =>
  wanted.is === 'stream' ? 'text/event-stream' : 'application/json; charset=UTF-8';

async function sendPieces({ request, response, closing }: Stage, pieces: string[], gapMs = 0): Promise<void> {
  response.writeHead(200, { 'content-type': typeOf(request) });
  for (const piece of pieces) {
    await write(response, piece);
    if (gapMs) await wait(gapMs, undefined, { signal: closing });
  }
  response.end();
}

/** Headers and half an answer, or one event of a stream, on the wire before this settles. */
async function sendBeginning({ request, response }: Stage): Promise<void> {
  const [first = ''] = toPieces(request, await succeed({ is: 'success' }, request));
  response.writeHead(200, { 'content-type': typeOf(request) });
  await write(response, request.wanted.is === 'stream' ? first : first.slice(0, first.length / 2));
}

const write = (response: ServerResponse, text: string): Promise<void> =>
  new Promise((flushed) => void response.write(text, () => flushed()));

async function sendHuge({ request, response }: Stage, bytes: number): Promise<void> {
  const chunk = Buffer.alloc(1024 * 1024, 'a');
  function* body() {
    yield request.wanted.is === 'stream' ? 'data: ' : '';
    yield '{"candidates":[{"content":{"parts":[{"text":"';
    for (let sent = 0; sent < bytes; sent += chunk.length) yield chunk;
    yield '"}]},"finishReason":"STOP"}]}\r\n\r\n';
  }
  response.writeHead(200, { 'content-type': typeOf(request) });
  await pipeline(Readable.from(body()), response);
}

type WireError = { status: number; code: string; message: string; details?: object[]; retryAfter?: string };

function sendError(response: ServerResponse, { status, code, message, details, retryAfter }: WireError): void {
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
  response
    .writeHead(status, { ...headers, 'content-type': 'application/json; charset=UTF-8' })
    .end(JSON.stringify({ error: { code: status, message, status: code, details } }));
}
