import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { attachmentNamed, isPublic, PUBLIC_CACHING } from '../headers.ts';
import { isShown } from '../kept-types.ts';
import { FileRefusal, SAFE_HEADERS } from './answer.ts';
import { judgeConditions, readRange } from './conditions.ts';
import type { OpenObject } from './disk-folder.ts';
import type { Grant } from './signature.ts';

/** A reader who takes nothing for this long is let go; a player that was paused asks again for the rest. */
const STALLED_READER_MS = 5 * 60 * 1000;

/** Sends an open object, or the part asked for, and closes it. `grant` is null where the key is public. */
export async function sendFile(
  req: IncomingMessage,
  res: ServerResponse,
  file: { key: string; object: OpenObject; contentType: string; grant: Grant | null },
): Promise<void> {
  const { object } = file;
  try {
    const condition = judgeConditions(req.headers, object);
    if (condition === 412) throw new FileRefusal(412, 'changed', 'This file is not the version you asked for.');
    const headers = headersOf(file);
    if (condition === 304) {
      res.writeHead(304, headers).end();
      return;
    }
    const range = req.method === 'GET' ? readRange(req.headers, object) : 'all';
    if (range === 'outside') {
      throw new FileRefusal(416, 'no_such_part', 'This file has no such part.', {
        'Content-Range': `bytes */${object.bytes}`,
      });
    }
    const { start, end } = range === 'all' ? { start: 0, end: object.bytes - 1 } : range;
    headers['Content-Type'] = file.contentType;
    headers['Content-Length'] = end - start + 1;
    if (range !== 'all') headers['Content-Range'] = `bytes ${start}-${end}/${object.bytes}`;
    res.writeHead(range === 'all' ? 200 : 206, headers);
    if (req.method === 'HEAD' || object.bytes === 0) {
      res.end();
      return;
    }
    res.setTimeout(STALLED_READER_MS, () => res.destroy());
    await pipeline(object.handle.createReadStream({ start, end, autoClose: false }), res);
  } catch (error) {
    if (!res.headersSent) throw error;
    // Too late for words: the reader sees a cut connection, never a short file that looks whole.
    res.destroy();
  } finally {
    await object.handle.close();
  }
}

function headersOf({
  key,
  object,
  contentType,
  grant,
}: {
  key: string;
  object: OpenObject;
  contentType: string;
  grant: Grant | null;
}): OutgoingHttpHeaders {
  const secondsLeft = grant ? Math.max(0, grant.expires - Math.ceil(Date.now() / 1000)) : 0;
  return {
    ...SAFE_HEADERS,
    'Accept-Ranges': 'bytes',
    ETag: object.etag,
    'Last-Modified': object.modifiedAt.toUTCString(),
    'Cache-Control': grant ? `private, max-age=${secondsLeft}` : (object.meta?.cacheControl ?? PUBLIC_CACHING),
    // The admin app shows these pictures too, from another origin.
    'Cross-Origin-Resource-Policy': isPublic(key) ? 'cross-origin' : 'same-site',
    ...(isShown(contentType) ? {} : { 'Content-Disposition': 'attachment' }),
    ...(grant?.downloadAs === undefined ? {} : { 'Content-Disposition': attachmentNamed(grant.downloadAs) }),
  };
}
