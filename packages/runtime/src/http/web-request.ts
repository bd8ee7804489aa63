import { once } from 'node:events';
import type { Request as ExpressRequest, Response as ExpressResponse } from 'express';
import { asksForStream } from './asks-for-stream.ts';

/**
 * The request as the web platform has it, with the body that `readBody` took in. Its signal aborts when the asker
 * goes away before the answer is complete; for an event stream, which never completes, also when `stopping` fires.
 */
export function toWebRequest(request: ExpressRequest, response: ExpressResponse, stopping: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (name.startsWith(':') || value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) headers.append(name, one);
  }
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const isStream = asksForStream(request);
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD' && Buffer.isBuffer(request.body);
  // Joined as text: as a relative address, `//elsewhere.example/` would name another host.
  try {
    return new Request(`${request.askedOrigin}${request.originalUrl}`, {
      method: request.method,
      headers,
      signal: isStream ? AbortSignal.any([gone.signal, stopping]) : gone.signal,
      body: hasBody ? new Uint8Array(request.body) : null,
    });
  } catch (cause) {
    // A host or an address that is none: the asker's mistake, not ours.
    throw Object.assign(new Error('no such address', { cause }), { status: 400 });
  }
}

/** Sends a web response: JSON whole, anything else piece by piece as it is made, and stops making it when the asker has gone. */
export async function sendWebResponse(response: ExpressResponse, answer: Response, cookies: Headers): Promise<void> {
  response.status(answer.status);
  for (const [name, value] of answer.headers) {
    // A limit that was met knows better when to come back than whoever refused.
    if (name === 'set-cookie' || (name === 'retry-after' && response.hasHeader(name))) continue;
    response.append(name, value);
  }
  for (const cookie of [...answer.headers.getSetCookie(), ...cookies.getSetCookie()]) {
    response.append('set-cookie', cookie);
  }
  if (cookies.has('set-cookie')) response.set('cache-control', 'no-store');
  if (!answer.body) {
    response.end();
    return;
  }
  const type = answer.headers.get('content-type') ?? '';
  if (type.startsWith('application/json')) {
    // Complete already: in one piece it costs a third, and its length is told.
    response.end(Buffer.from(await answer.arrayBuffer()));
    return;
  }
  if (type.includes('text/event-stream')) response.flushHeaders();
  const reader = answer.body.getReader();
  response.once('close', () => void reader.cancel().catch(() => {}));
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || response.destroyed) break;
      if (!response.write(value)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
      // Compression holds back small pieces; a streamed page or an event must not wait for the next one.
      response.flush?.();
    }
    response.end();
  } catch (error) {
    // The status has been sent: all that is left is to break off, so that nobody takes a part for the whole.
    response.destroy(error instanceof Error ? error : undefined);
  }
}
