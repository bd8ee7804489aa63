import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';

export type MetricsGuard = { token: string | undefined };

const LOCAL = /^(::ffff:)?127\.|^::1$/;
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/**
 * Answers `GET /metrics`. With a token, to whoever brings it; without, only to this machine and never when a proxy
 * passed it on. Everybody else is told that there is nothing. Looks at headers as they came: stands before all else.
 */
export function metricsAnswerer(registry: Registry, { token }: MetricsGuard) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!mayRead(request, token)) {
      response.writeHead(404, { 'cache-control': 'no-store' }).end();
      return;
    }
    try {
      const text = await registry.metrics();
      response.writeHead(200, { 'content-type': registry.contentType, 'cache-control': 'no-store' }).end(text);
    } catch {
      response.writeHead(503).end();
    }
  };
}

function mayRead(request: IncomingMessage, token: string | undefined): boolean {
  if (request.method !== 'GET') return false;
  if (token) return isSame(request.headers.authorization ?? '', `Bearer ${token}`);
  return LOCAL.test(request.socket.remoteAddress ?? '') && !FORWARDED.some((name) => name in request.headers);
}

/** Takes as long for a wrong token as for the right one. */
const isSame = (given: string, wanted: string): boolean => timingSafeEqual(hash(given), hash(wanted));
const hash = (text: string) => createHash('sha256').update(text).digest();

/** The worker's own small server: nothing but `/metrics` and `/healthz`. */
export function serveWorker(
  port: number,
  host: string | undefined,
  answer: ReturnType<typeof metricsAnswerer>,
): Server {
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    if (path === '/metrics') void answer(request, response);
    else if (path === '/healthz') response.writeHead(200, { 'content-type': 'application/json' }).end('{"state":"up"}');
    else response.writeHead(404).end();
  });
  server.unref();
  return server.listen({ port, ...(host ? { host } : {}) });
}
