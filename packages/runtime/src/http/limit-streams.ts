import { signal } from '@repo/telemetry';
import type { RequestHandler } from 'express';
import { asksForStream } from './asks-for-stream.ts';

export type StreamLimits = { total: number; perAddress: number };

/** Measured: a stream costs about 90 kB, and a thousand of them are told of an event within a quarter of a second. */
const LIMITS: StreamLimits = { total: 1_000, perAddress: 100 };

/** Turns event streams away that this process could not serve well (503, come back); other requests pass. */
export function limitStreams({ total, perAddress }: StreamLimits = LIMITS): RequestHandler {
  const open = new Map<string, number>();
  let all = 0;
  return (request, response, next) => {
    if (!asksForStream(request)) return next();
    const address = request.clientAddress;
    const here = open.get(address) ?? 0;
    if (all >= total || here >= perAddress) {
      response.status(503).set('retry-after', '30');
      next(new Error('too many event streams'));
      return;
    }
    all += 1;
    signal({ type: 'stream', change: 1 });
    open.set(address, here + 1);
    response.once('close', () => {
      all -= 1;
      signal({ type: 'stream', change: -1 });
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
    next();
  };
}
