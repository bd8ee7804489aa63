import type { Request } from 'express';

const STREAMS = /^\/api\/v1\/(?:events|generations\/stream)$/;

/** True for a request whose answer goes on until somebody ends it. Under REST the address says so, not the header. */
export const asksForStream = (request: Request): boolean =>
  (request.get('accept')?.includes('text/event-stream') ?? false) ||
  STREAMS.test(request.originalUrl.split('?', 1)[0]!);
