import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { OutsideError } from './port.ts';

const DECODERS: Record<string, () => NodeJS.ReadWriteStream & Readable> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

export type ReadLimits = { maxBytes: number; excess: 'refuse' | 'cut'; signal: AbortSignal };

/** The body after decoding, up to `maxBytes`. We ask for none of it to be encoded; some servers do so all the same. */
export async function readDecoded(
  body: Readable,
  encoding: string,
  { maxBytes, excess, signal }: ReadLimits,
): Promise<{ bytes: Uint8Array; isCut: boolean }> {
  const decoder = encoding === '' || encoding === 'identity' ? null : DECODERS[encoding];
  if (decoder === undefined) {
    body.destroy();
    throw new OutsideError('unreachable', `The answer is encoded in a way we do not read (${encoding.slice(0, 30)}).`);
  }
  const readable = decoder ? pipeline(body, decoder(), () => {}) : body;
  const chunks: Uint8Array[] = [];
  let size = 0;
  const cut = (isCut: boolean) => ({ bytes: new Uint8Array(Buffer.concat(chunks)), isCut });
  try {
    for await (const chunk of readable as AsyncIterable<Uint8Array>) {
      const room = maxBytes - size;
      if (chunk.byteLength > room) {
        if (excess === 'refuse') throw new OutsideError('too_large', `The answer is larger than ${maxBytes} bytes.`);
        chunks.push(chunk.subarray(0, room));
        return cut(true);
      }
      chunks.push(chunk);
      size += chunk.byteLength;
    }
    return cut(false);
  } catch (error) {
    if (excess === 'cut' && signal.aborted) return cut(true);
    throw error;
  } finally {
    body.destroy();
  }
}
