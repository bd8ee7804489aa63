import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import {
  chatAnswer,
  chatEvents,
  event,
  picturesAnswer,
  type StreamEvents,
  type Success,
  vectorsAnswer,
  type WireVendor,
  wordsFor,
} from './openai-answers.ts';
import { OPENAI_BEHAVIOURS, type OpenAiBehaviour, type OpenAiBehaviourName } from './openai-behaviours.ts';
import { type Asked, readAsked } from './openai-requests.ts';

export type OpenAiRecord = {
  vendor: WireVendor;
  url: string;
  /** The model in the body; on Azure the deployment in the path. */
  model: string;
  headers: IncomingMessage['headers'];
  body: string;
  asked: Asked;
  /** Settles when the connection is done with: `true` if the client left before the answer ended. */
  leftEarly: Promise<boolean>;
};

export type OpenAiWire = {
  origin: string;
  /** For OpenAI. Azure's endpoint is the origin. */
  baseUrl: string;
  /** The one key that is valid. */
  apiKey: string;
  requests: OpenAiRecord[];
  /** What was asked of the file store, with which headers. */
  downloads: { url: string; headers: IncomingMessage['headers'] }[];
  /** One behaviour for each of the next requests; afterwards the usual one. */
  next(...behaviours: (OpenAiBehaviour | OpenAiBehaviourName)[]): void;
  /** What is done when nothing is scripted (at first `success`). */
  usually(behaviour: OpenAiBehaviour | OpenAiBehaviourName): void;
  /** The request with this number (from 1), as soon as it has arrived. */
  arrival(number: number): Promise<OpenAiRecord>;
  close(): Promise<void>;
};

/** A local server that speaks OpenAI's and Azure OpenAI's wire formats, well or badly as scripted. */
export async function startOpenAiWire(options: { apiKey?: string } = {}): Promise<OpenAiWire> {
  const { apiKey = 'sk-wire-0123456789' } = options;
  const script: (OpenAiBehaviour | OpenAiBehaviourName)[] = [];
  const requests: OpenAiRecord[] = [];
  const downloads: OpenAiWire['downloads'] = [];
  const watchers: (() => void)[] = [];
  const files: { bytes: Uint8Array; does: Success['file'] }[] = [];
  const closing = new AbortController();
  let usual: OpenAiBehaviour | OpenAiBehaviourName = 'success';
  let origin = '';

  const server = createServer((request, response) => {
    const answering = request.method === 'GET' ? sendFile(request, response) : answerRequest(request, response);
    answering.catch((error: unknown) => {
      // A client that hangs up and a server that closes are part of the play; anything else is a fault of this file.
      if (closing.signal.aborted || response.destroyed) return;
      response.writeHead(500, { 'content-type': 'text/plain' }).end(`openai wire: ${String(error)}`);
    });
  });

  async function answerRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = readAddress(request);
    const body = await readBody(request);
    if (!address) return sendJson(response, 404, { error: { code: '404', message: 'Resource not found' } });
    const { vendor, endpoint, deployment, key } = address;
    const behave = (name: OpenAiBehaviour | OpenAiBehaviourName): OpenAiBehaviour =>
      typeof name === 'string' ? OPENAI_BEHAVIOURS[name][vendor] : name;
    const told = (behaviour: OpenAiBehaviour) =>
      JSON.parse(JSON.stringify(behaviour).replaceAll('%KEY%', key ?? '')) as typeof behaviour;

    const asked = await readAsked(endpoint, request, body);
    if ('complaint' in asked) {
      const error = { message: asked.complaint, type: 'invalid_request_error', param: null, code: 'invalid_value' };
      return sendJson(response, 400, { error });
    }
    requests.push({
      vendor,
      url: request.url ?? '',
      model: deployment ?? asked.ask.model,
      headers: request.headers,
      body: body.toString('utf8'),
      asked,
      leftEarly: once(response, 'close').then(() => !response.writableFinished),
    });
    for (const notice of watchers.splice(0)) notice();
    const behaviour = behave(key === apiKey ? (script.shift() ?? usual) : 'bad key');
    await perform(behaviour.is === 'error' ? told(behaviour) : behaviour, requests.at(-1)!, response);
  }

  async function perform(behaviour: OpenAiBehaviour, record: OpenAiRecord, response: ServerResponse): Promise<void> {
    const { asked } = record;
    switch (behaviour.is) {
      case 'success':
        await behaviour.until;
        return send(response, await compose(record, behaviour), behaviour.slowly);
      case 'pictures':
        return sendJson(response, 200, { created: 1_795_000_000, data: behaviour.data });
      case 'vectors':
        return sendJson(response, 200, { object: 'list', data: behaviour.data, usage: { prompt_tokens: 9 } });
      case 'chat':
        return send(response, composeChat(record, behaviour));
      case 'error':
        return sendJson(response, behaviour.status, behaviour.body, behaviour.headers);
      case 'error in the stream': {
        const { opening, words } = chatEvents(record.vendor, record.model, SAMPLE_OF(asked));
        return sendWhole(response, EVENTS, [...opening, words[0] ?? '', event({ error: behaviour.error })].join(''));
      }
      case 'cut between events': {
        const { opening, words } = chatEvents(record.vendor, record.model, SAMPLE_OF(asked));
        return sendWhole(response, EVENTS, [...opening, words[0]].join(''));
      }
      case 'raw': {
        const { status = 200, contentType = 'application/json', body, headers } = behaviour;
        response.writeHead(status, { ...headers, 'content-type': contentType }).end(body);
        return;
      }
      case 'reset':
      case 'stall':
        if (behaviour.when === 'mid-body') await sendPart(response, await compose(record, { is: 'success' }));
        if (behaviour.is === 'reset') response.socket?.resetAndDestroy();
        return;
      case 'truncated JSON':
        return sendTruncated(response, await compose(record, { is: 'success' }));
      case 'huge body':
        return sendHuge(response, asked, behaviour.bytes);
    }
  }

  async function compose(record: OpenAiRecord, success: Success): Promise<Composed> {
    const { asked } = record;
    if (asked.kind === 'chat') {
      return composeChat(record, { content: wordsFor(asked, success), finishReason: 'stop' });
    }
    if (asked.kind === 'vectors') return { whole: JSON.stringify(vectorsAnswer(asked)) };
    const store = (bytes: Uint8Array) => {
      files.push({ bytes, does: success.file });
      return `${origin}/files/${files.length - 1}.png?sig=granted`;
    };
    return { whole: JSON.stringify(await picturesAnswer(asked, success, store)) };
  }

  /** The file store, which is another house than the model: it knows no key. */
  async function sendFile(request: IncomingMessage, response: ServerResponse): Promise<void> {
    downloads.push({ url: request.url ?? '', headers: request.headers });
    const file = files[Number(/^\/files\/(\d+)\.png\?sig=granted$/.exec(request.url ?? '')?.[1] ?? Number.NaN)];
    if (!file || file.does === 'gone') return sendWhole(response, 'application/xml', '<Code>BlobNotFound</Code>', 404);
    if (file.does === 'redirects') {
      response.writeHead(302, { location: `${origin}/files/0.png` }).end();
      return;
    }
    if (file.does === 'is a web page') return sendWhole(response, 'text/html', '<title>Sign in</title>');
    response.writeHead(200, { 'content-type': 'image/png', 'content-length': file.bytes.byteLength });
    if (file.does === 'stalls') response.write(file.bytes.slice(0, 20));
    else response.end(file.bytes);
  }

  async function send(response: ServerResponse, composed: Composed, slowly = false): Promise<void> {
    const [type, parts] =
      'whole' in composed
        ? ['application/json', composed.whole.match(/[\s\S]{1,4096}/g) ?? []]
        : [EVENTS, [...composed.opening, ...composed.words, ...composed.ending]];
    if (!slowly) return sendWhole(response, type, parts.join(''));
    await wait(40, undefined, { signal: closing.signal });
    response.writeHead(200, { 'content-type': type, 'x-request-id': 'req_wire' });
    for (const part of parts) {
      response.write(part);
      await wait(5, undefined, { signal: closing.signal });
    }
    response.end();
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    baseUrl: `${origin}/v1`,
    apiKey,
    requests,
    downloads,
    next: (...behaviours) => void script.push(...behaviours),
    usually: (behaviour) => {
      usual = behaviour;
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

const EVENTS = 'text/event-stream; charset=utf-8';
type Composed = { whole: string } | StreamEvents;

const SAMPLE_OF = (asked: Asked) => ({
  content: asked.kind === 'chat' ? wordsFor(asked, { is: 'success' }) : null,
  finishReason: 'stop',
});

function composeChat(record: OpenAiRecord, completion: Parameters<typeof chatAnswer>[2]): Composed {
  const { vendor, model, asked } = record;
  if (asked.kind === 'chat' && asked.ask.stream) return chatEvents(vendor, model, completion);
  return { whole: JSON.stringify(chatAnswer(vendor, model, completion)) };
}

type Address = { vendor: WireVendor; endpoint: string; deployment?: string; key: string | undefined };

/** Azure has the deployment in its path, the version in its query and the key in a header of its own. */
function readAddress({ url = '', headers }: IncomingMessage): Address | undefined {
  const openai = /^\/v1\/([a-z/]+)$/.exec(url);
  if (openai)
    return { vendor: 'openai', endpoint: openai[1]!, key: /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] };
  const azure = /^\/openai\/deployments\/([^/]+)\/([a-z/]+)\?api-version=\d{4}-\d\d-\d\d(?:-preview)?$/.exec(url);
  if (!azure) return undefined;
  const key = headers['api-key'];
  return {
    vendor: 'azure',
    endpoint: azure[2]!,
    deployment: azure[1]!,
    key: typeof key === 'string' ? key : undefined,
  };
}

/** Headers and a part of the answer, on the wire before this settles. */
async function sendPart(response: ServerResponse, composed: Composed): Promise<void> {
  const isWhole = 'whole' in composed;
  const length = isWhole ? { 'content-length': Buffer.byteLength(composed.whole) } : {};
  const part = isWhole
    ? composed.whole.slice(0, composed.whole.length / 2)
    : [...composed.opening, composed.words[0]].join('');
  response.writeHead(200, { 'content-type': isWhole ? 'application/json' : EVENTS, ...length });
  await new Promise<void>((flushed) => response.write(part, () => flushed()));
}

function sendTruncated(response: ServerResponse, composed: Composed): void {
  if ('whole' in composed) {
    sendWhole(response, 'application/json', composed.whole.slice(0, composed.whole.length / 2));
    return;
  }
  const [first = '', second = ''] = composed.words;
  sendWhole(response, EVENTS, [...composed.opening, first, second.slice(0, second.length / 2)].join(''));
}

async function sendHuge(response: ServerResponse, asked: Asked, bytes: number): Promise<void> {
  const chunk = Buffer.alloc(1024 * 1024, 'a');
  const isStream = asked.kind === 'chat' && asked.ask.stream;
  function* body() {
    yield isStream ? 'data: {"choices":[{"delta":{"content":"' : '{"data":[{"b64_json":"';
    for (let sent = 0; sent < bytes; sent += chunk.length) yield chunk;
    yield isStream ? '"}}]}\n\n' : '"}]}';
  }
  response.writeHead(200, { 'content-type': isStream ? EVENTS : 'application/json' });
  await pipeline(Readable.from(body()), response);
}

function sendWhole(response: ServerResponse, contentType: string, body: string, status = 200): void {
  response.writeHead(status, { 'content-type': contentType, 'x-request-id': 'req_wire' }).end(body);
}

function sendJson(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { ...headers, 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
