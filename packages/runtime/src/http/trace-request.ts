import { inSpan, traceId } from '@repo/telemetry';
import type { Request, Response } from 'express';
import { routeOfPath, toldOf } from './access-line.ts';

/**
 * Runs the rest of a request as the first span of its trace. A trace that began elsewhere is gone on with only where
 * a proxy of ours vouches for it: anybody could name one.
 */
export function traceRequest(request: Request, response: Response, next: () => void): void {
  const mayContinue = request.app.enabled('trust proxy');
  const parent = (mayContinue && request.get('traceparent')) || null;
  const path = request.path;
  const facts = { 'http.request.method': request.method };
  void inSpan(request.method, { kind: 'server', parent, facts }, async (span) => {
    const trace = traceId();
    if (trace) toldOf(response).traceId = trace;
    // Whoever left while their body was read has closed it already.
    const isOpen = trace !== undefined && !response.closed;
    const over = isOpen ? new Promise<void>((resolve) => response.once('close', resolve)) : null;
    next();
    await over;
    const route = String(response.locals['route'] ?? routeOfPath(path));
    const status = response.headersSent ? response.statusCode : 499;
    span.rename(`${request.method} ${route}`);
    span.set({ 'http.route': route, 'http.response.status_code': status });
    if (status >= 500) span.fail(String(status));
  });
}
