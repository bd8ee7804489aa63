import { once } from 'node:events';
import { type IncomingHttpHeaders, type RequestOptions, type Server, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import { createHttpApp, type HttpAppOptions } from '../src/http/create-http-app.ts';

const open = new Set<Server>();

afterEach(() => {
  for (const server of open) {
    server.close();
    server.closeAllConnections();
  }
  open.clear();
});

export type House = { server: Server; port: number; url: string; logged: string[]; stopping: AbortController };

/** A server on a free port, with pages that only say hello unless told otherwise. Ends with the test. */
export async function aHouse(options: Partial<HttpAppOptions> = {}): Promise<House> {
  const logged: string[] = [];
  const stopping = new AbortController();
  const app = createHttpApp({
    ownUrl: 'http://localhost:3000',
    trustProxy: 0,
    storageOrigins: [],
    isDevelopment: false,
    checks: { database: async () => {}, storage: async () => {}, queue: async () => {} },
    assets: (_request, _response, next) => next(),
    api: async () => Response.json({ from: 'api' }),
    pages: async () => new Response('<h1>hello</h1>', { headers: { 'content-type': 'text/html' } }),
    stopping: stopping.signal,
    onAnswer: () => {},
    log: (line, error) => logged.push(`${line} ${error instanceof Error ? error.message : ''}`.trim()),
    ...options,
  });
  const server = app.listen(0, '127.0.0.1');
  open.add(server);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { server, port, url: `http://127.0.0.1:${port}`, logged, stopping };
}

export type Answer = { status: number; headers: IncomingHttpHeaders; text: string };

/** One request, its path and headers sent exactly as given: nothing is normalised on the way. */
export async function ask(
  house: House,
  path: string,
  options: RequestOptions & { body?: string | Buffer } = {},
): Promise<Answer> {
  const { body, ...rest } = options;
  const request = send({ host: '127.0.0.1', port: house.port, path, agent: false, ...rest });
  request.end(body);
  const [response] = await once(request, 'response');
  let text = '';
  for await (const piece of response) text += piece;
  return { status: response.statusCode, headers: response.headers, text };
}

export const PAGE = { accept: 'text/html' };
