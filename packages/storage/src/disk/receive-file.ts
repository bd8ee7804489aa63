import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { exactBytes, WrongLength } from '../exact-bytes.ts';
import { FileRefusal } from './answer.ts';
import { isErrno } from './errno.ts';
import type { Grant } from './signature.ts';

export type UploadPace = {
  /** How long a sender may be silent. */
  idleMs: number;
  /** Slower than this on the whole, and the upload is cut off: nobody may hold a connection for ever. */
  leastBytesPerSecond: number;
};

export const UPLOAD_PACE: UploadPace = { idleMs: 30_000, leastBytesPerSecond: 16 * 1024 };

const START_UP_MS = 60_000;

/** The sender went away: nobody is left to answer. */
export class SenderGone extends Error {
  override readonly name = 'SenderGone';
}

/** Throws unless the request is exactly the upload that `grant` was signed for. */
export function assertGranted(req: IncomingMessage, grant: Grant): void {
  const { headers } = req;
  if (headers['content-type'] !== grant.contentType) {
    throw new FileRefusal(415, 'wrong_type', `This address takes a file of type ${grant.contentType} and no other.`);
  }
  if (headers['content-encoding'] !== undefined) {
    throw new FileRefusal(415, 'encoded', 'Send the file as it is, without a content encoding.');
  }
  if (headers['transfer-encoding'] !== undefined || headers['content-length'] === undefined) {
    throw new FileRefusal(411, 'no_length', 'The length of the file must be named before it is sent.');
  }
  const length = Number(headers['content-length']);
  const expected = grant.bytes ?? 0;
  if (length > expected) {
    throw new FileRefusal(413, 'too_large', `This address takes exactly ${expected} bytes; ${length} were announced.`);
  }
  if (length < expected) {
    throw new FileRefusal(
      400,
      'too_small',
      `This address takes exactly ${expected} bytes; only ${length} were announced.`,
    );
  }
}

/** The body as a stream that fails at the first byte too many, at a missing one, and at a sender who stalls. */
export function bodyOf(req: IncomingMessage, bytes: number, pace: UploadPace): Readable {
  return Readable.from(exactBytes(paced(req, bytes, pace), bytes), { objectMode: false });
}

async function* paced(req: IncomingMessage, bytes: number, pace: UploadPace): AsyncGenerator<Buffer> {
  const endsAt = performance.now() + START_UP_MS + (bytes / pace.leastBytesPerSecond) * 1000;
  const chunks = req.iterator({ destroyOnReturn: false });
  for (;;) {
    const next = await within(Math.min(pace.idleMs, endsAt - performance.now()), chunks.next()).catch(whyItStopped);
    if (next.done) return;
    yield next.value;
  }
}

function whyItStopped(error: unknown): never {
  if (error instanceof FileRefusal) throw error;
  throw new SenderGone('The sender went away.', { cause: error });
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooSlow = new Promise<never>((_, reject) => {
    const refusal = new FileRefusal(
      408,
      'too_slow',
      'The upload came to a standstill. Check the connection and try again.',
    );
    timer = setTimeout(reject, Math.max(0, ms), refusal);
  });
  try {
    return await Promise.race([work, tooSlow]);
  } finally {
    clearTimeout(timer);
    // It may still fail after we have stopped waiting.
    work.catch(() => {});
  }
}

/** What a sender is told of a failure while their bytes were written. Rethrows what is not about them. */
export function refusalOf(error: unknown): FileRefusal {
  if (error instanceof FileRefusal) return error;
  if (error instanceof WrongLength) {
    return error.tooMany
      ? new FileRefusal(413, 'too_large', `This address takes exactly ${error.expected} bytes; more came.`)
      : new FileRefusal(400, 'too_small', `This address takes exactly ${error.expected} bytes; fewer came.`);
  }
  if (isErrno(error, 'ENOSPC', 'EDQUOT')) {
    return new FileRefusal(
      507,
      'disk_full',
      'There is no room left for files here. Nothing was kept; try again later.',
    );
  }
  throw error;
}
