import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { ReaderContext } from '@repo/domain/context';
import { answerRest } from '../src/index.server.ts';
import type { House } from './api-house.ts';

export type RestAnswer = {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what is on the wire is what the tests look at.
  body: any;
};
export type RestHouse = Awaited<ReturnType<typeof aRestHouse>>;

/** The REST door of a house behind a real HTTP server. */
export async function aRestHouse(house: House) {
  const callers = new Map<string, ReaderContext>();
  const bugs: unknown[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const { host, ...headers } = incoming.headers as Record<string, string>;
    const hasBody = incoming.method !== 'GET' && incoming.method !== 'HEAD';
    const gone = new AbortController();
    outgoing.once('close', () => gone.abort());
    const request = new Request(`http://${host}${incoming.url}`, {
      method: incoming.method!,
      headers,
      signal: gone.signal,
      ...(hasBody ? { body: Readable.toWeb(incoming) as ReadableStream, duplex: 'half' } : {}),
    } as RequestInit);
    const answer = await answerRest(request, {
      requestId: 'request-1',
      now: () => new Date('2026-11-30T12:00:00Z'),
      contextOf: async () => house.contextOf(callers.get(headers['x-as'] ?? '') ?? house.visitor),
      onBug: (error) => bugs.push(error),
    });
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
    outgoing.flushHeaders();
    if (answer.body)
      Readable.fromWeb(answer.body as never)
        .on('error', () => {})
        .pipe(outgoing);
    else outgoing.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const headersOf = (who: ReaderContext): Record<string, string> => {
    const name = who.actor.kind === 'user' ? who.actor.userId : 'visitor';
    callers.set(name, who);
    return { 'x-as': name };
  };
  const open = (who: ReaderContext, method: string, path: string, options: Asked = {}) =>
    fetch(`${origin}/api/v1${path}`, {
      method,
      headers: {
        ...headersOf(who),
        ...(options.json === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(options.json === undefined ? {} : { body: JSON.stringify(options.json) }),
      ...(options.text === undefined ? {} : { body: options.text }),
      ...(options.signal ? { signal: options.signal } : {}),
    });
  return {
    bugs,
    open,
    async ask(who: ReaderContext, method: string, path: string, options: Asked = {}): Promise<RestAnswer> {
      const answer = await open(who, method, path, options);
      const text = await answer.text();
      const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
      return { status: answer.status, headers: answer.headers, text, body: isJson && text ? JSON.parse(text) : null };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type Asked = { json?: unknown; text?: string; headers?: Record<string, string>; signal?: AbortSignal };
