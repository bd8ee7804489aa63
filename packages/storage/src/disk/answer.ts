import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request that is refused: `status`, a word for programs, a sentence for people. */
export class FileRefusal extends Error {
  override readonly name = 'FileRefusal';
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;
  constructor(status: number, code: string, sentence: string, headers: Record<string, string> = {}) {
    super(sentence);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** What every answer of this route carries, whatever lies in the file: nothing in it may run. */
export const SAFE_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "sandbox; default-src 'none'",
};

/** How much of a refused upload is still read, so that the sender gets to see why. */
const DRAIN_BYTES = 16 * 1024 * 1024;
const DRAIN_MS = 10_000;

/** Answers with small JSON. A body that is still on its way is read for a while and then cut off. */
export async function answerJson(
  req: IncomingMessage,
  res: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): Promise<void> {
  const text = JSON.stringify(body);
  const isStillSending = hasBody(req) && !req.complete;
  res.writeHead(status, {
    ...SAFE_HEADERS,
    'Cache-Control': 'no-store',
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    ...(isStillSending ? { Connection: 'close' } : {}),
    ...headers,
  });
  if (!isStillSending) {
    res.end(req.method === 'HEAD' ? undefined : text);
    return;
  }
  // The answer leaves first; ending it would close the connection under a sender who has not read it yet.
  res.write(text);
  // Who was too slow to send gets no more of our time.
  if (status !== 408) await drain(req);
  res.end();
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function drain(req: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let seen = 0;
    const stop = () => {
      clearTimeout(timer);
      req.off('data', count);
      req.pause();
      resolve();
    };
    const count = (chunk: Buffer) => {
      seen += chunk.length;
      if (seen > DRAIN_BYTES) stop();
    };
    const timer = setTimeout(stop, DRAIN_MS);
    req.once('end', stop).once('close', stop).once('error', stop);
    req.on('data', count).resume();
  });
}
