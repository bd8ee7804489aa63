import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { type AnthropicAsked, composeMessage, composeStreamError, composeSuccess } from './anthropic-answers.ts';
import { ANTHROPIC_BEHAVIOURS, type AnthropicBehaviour, type AnthropicBehaviourName } from './anthropic-behaviours.ts';
import { jsonAnswer, parseJson, readBody, sendAnswer } from './anthropic-mishaps.ts';
import { AnthropicBody, type AnthropicPicture, complaintOf, pictureOf } from './anthropic-requests.ts';

export type AnthropicRecord = {
  headers: IncomingMessage['headers'];
  /** As it came. */
  text: string;
  body: AnthropicBody;
  picture: AnthropicPicture | undefined;
  /** Settles when the connection is done with: `true` if the client left before the answer ended. */
  leftEarly: Promise<boolean>;
};

export type AnthropicWire = {
  baseUrl: string;
  /** The one key that is valid. */
  apiKey: string;
  requests: AnthropicRecord[];
  /** One behaviour for each of the next requests; afterwards the usual one. */
  next(...behaviours: (AnthropicBehaviour | AnthropicBehaviourName)[]): void;
  /** What is done when nothing is scripted (at first `success`). */
  usually(behaviour: AnthropicBehaviour | AnthropicBehaviourName): void;
  /** The request with this number (from 1), as soon as it has arrived. */
  arrival(number: number): Promise<AnthropicRecord>;
  close(): Promise<void>;
};

/** A local server that speaks Anthropic's Messages, whole and streamed, well or badly as scripted. */
export async function startAnthropicWire(options: { apiKey?: string } = {}): Promise<AnthropicWire> {
  const { apiKey = 'sk-ant-wire-0123456789' } = options;
  const script: AnthropicBehaviour[] = [];
  const requests: AnthropicRecord[] = [];
  const watchers: (() => void)[] = [];
  const closing = new AbortController();
  let usual: AnthropicBehaviour = ANTHROPIC_BEHAVIOURS.success;

  const server = createServer((request, response) => {
    answerRequest(request, response).catch((error: unknown) => {
      // A client that hangs up and a server that closes are part of the play; anything else is a fault of this file.
      if (closing.signal.aborted || response.destroyed) return;
      response.writeHead(500, { 'content-type': 'text/plain' }).end(`anthropic wire: ${String(error)}`);
    });
  });

  async function answerRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await readBody(request);
    const complain = (status: number, type: string, message: string) =>
      sendAnswer(response, errorAnswer({ is: 'error', status, type, message }), undefined, closing.signal);
    if (request.method !== 'POST' || request.url !== '/v1/messages') {
      return complain(404, 'not_found_error', 'Not found');
    }
    const parsed = AnthropicBody.safeParse(parseJson(text));
    if (!request.headers['anthropic-version'])
      return complain(400, 'invalid_request_error', 'anthropic-version: required');
    if (!parsed.success) return complain(400, 'invalid_request_error', z.prettifyError(parsed.error));
    const body = parsed.data;
    requests.push({
      headers: request.headers,
      text,
      body,
      picture: pictureOf(body),
      leftEarly: once(response, 'close').then(() => !response.writableFinished),
    });
    for (const notice of watchers.splice(0)) notice();
    const complaint = complaintOf(body);
    if (complaint) return complain(400, 'invalid_request_error', complaint);

    const asked = { model: body.model, isStream: body.stream ?? false, schema: schemaOf(body) };
    const key = /^Bearer (.*)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const behaviour = key === apiKey ? (script.shift() ?? usual) : ANTHROPIC_BEHAVIOURS['names the key'];
    await perform(behaviour, asked, response, { key, closing: closing.signal });
  }

  server.listen(0, '127.0.0.1');
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

const resolveBehaviour = (behaviour: AnthropicBehaviour | AnthropicBehaviourName): AnthropicBehaviour =>
  typeof behaviour === 'string' ? ANTHROPIC_BEHAVIOURS[behaviour] : behaviour;

/** The schema that was sent, enforced or only in words. */
function schemaOf({ system, output_config }: AnthropicBody): Record<string, unknown> | undefined {
  const inWords = /JSON Schema:\n(.*)$/s.exec(system ?? '')?.[1];
  return output_config?.format.schema ?? (parseJson(inWords ?? '') as Record<string, unknown> | undefined);
}

type Stage = { key: string; closing: AbortSignal };

async function perform(
  behaviour: AnthropicBehaviour,
  asked: AnthropicAsked,
  response: ServerResponse,
  { key, closing }: Stage,
): Promise<void> {
  switch (behaviour.is) {
    case 'success':
      await behaviour.until;
      return sendAnswer(response, composeSuccess(asked, behaviour), behaviour.mishap, closing);
    case 'message':
      return sendAnswer(response, composeMessage(asked, behaviour), undefined, closing);
    case 'error':
      return sendAnswer(response, errorAnswer(behaviour), undefined, closing);
    case 'error in the stream':
      return sendAnswer(response, composeStreamError(asked, behaviour), undefined, closing);
    case 'raw': {
      const { status = 200, contentType = 'application/json', body, headers } = behaviour;
      response.writeHead(status, { ...headers, 'content-type': contentType }).end(body.replaceAll('%KEY%', key));
      return;
    }
    case 'huge body':
      return sendHuge(response, asked, behaviour.bytes);
  }
}

function errorAnswer({ status, type, message, code, headers }: Extract<AnthropicBehaviour, { is: 'error' }>) {
  const details = code && { details: { error_code: code } };
  const body = { type: 'error', error: { type, message, ...details }, request_id: 'req_wire' };
  return jsonAnswer(body, status, { 'request-id': 'req_wire', ...headers });
}

/** A message like any other, only longer than anybody can want. */
async function sendHuge(response: ServerResponse, asked: AnthropicAsked, bytes: number): Promise<void> {
  const filler = 'a'.repeat(1024 * 1024);
  const whole = composeMessage(asked, {
    is: 'message',
    content: [{ type: 'text', text: '%FILLER%' }],
    stopReason: 'end_turn',
  });
  const [before = '', after = ''] = whole.pieces.join('').split('%FILLER%');
  function* body() {
    yield before;
    for (let sent = 0; sent < bytes; sent += filler.length) yield filler;
    yield after;
  }
  response.writeHead(200, { 'content-type': whole.contentType });
  await pipeline(Readable.from(body()), response);
}
