import type { Told } from '@repo/telemetry';
import type { RequestHandler, Response } from 'express';

/** One answered request, for the log and for whoever counts. */
export type Answered = {
  method: string;
  /** The pattern of its address, of a closed set: never an id. */
  route: string;
  path: string;
  status: number;
  ms: number;
  bytes: number;
  /** It stays open as long as somebody listens: how long says nothing. */
  isStream: boolean;
  told: Told;
};

const PROBES = new Set(['/healthz', '/readyz', '/metrics']);
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Tells of every request when its answer is out or its asker gone. Probes are nobody's business. */
export const watchRequests =
  (tellOf: (answered: Answered) => void): RequestHandler =>
  (request, response, next) => {
    if (PROBES.has(request.path)) return next();
    const since = performance.now();
    const socket = request.socket;
    const before = socket.bytesWritten;
    // Taken now: routers shorten it on their way.
    const path = request.path;
    response.once('close', () => {
      if (response.locals['isLeftOut']) return;
      tellOf({
        method: METHODS.has(request.method) ? request.method : 'OTHER',
        route: String(response.locals['route'] ?? routeOfPath(path)),
        path,
        // Nobody got an answer: what stands there was never sent.
        status: response.headersSent ? response.statusCode : 499,
        ms: performance.now() - since,
        bytes: Math.max(0, socket.bytesWritten - before),
        isStream: String(response.getHeader('content-type') ?? '').includes('text/event-stream'),
        told: toldOf(response),
      });
    });
    next();
  };

/** What is answered from shared bytes, ten thousand times a second, leaves no line: it is counted where it is made. */
export const leaveOut = (response: Response, isLeftOut: boolean): void => {
  response.locals['isLeftOut'] = isLeftOut;
};

/** Whose request it is; `locals` hold it, because an answer may end outside of its own scope. */
export const toldOf = (response: Response): Told => response.locals['told'] as Told;

/** What was answered before a page or procedure was found. */
export function routeOfPath(path: string): string {
  const [, first = '', second = ''] = path.split('/');
  if (first === 'assets' || first === 'files') return `/${first}/*`;
  if (first === 'api' && (second === 'trpc' || second === 'v1')) return `/api/${second}/*`;
  return '*';
}

/** The line of a request, as the log holds it. */
export function factsOf({ method, route, path, status, ms, bytes, told }: Answered): Record<string, unknown> {
  return {
    ...told,
    method,
    route,
    path,
    status,
    ms: Math.round(ms * 10) / 10,
    bytes,
  };
}
