import { createHash } from 'node:crypto';
import { createWriteStream, type WriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Transform, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress } from 'node:zlib';

/** How a file of a backup is made. Tests give one that leads to a full disk. */
export type CreateFile = (path: string) => Writable;

export const createPrivateFile: CreateFile = (path): WriteStream =>
  createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true });

export type Written = { bytes: number; sha256: string; lines: number };

/** Compresses `source` into `path`, and tells what was written and how many lines went in. */
export async function writeCompressed(
  path: string,
  source: AsyncIterable<Uint8Array> | NodeJS.ReadableStream,
  createFile: CreateFile,
): Promise<Written> {
  const hash = createHash('sha256');
  let [bytes, lines] = [0, 0];
  const count = new Transform({
    transform(chunk: Buffer, _, done) {
      lines += linesIn(chunk);
      done(null, chunk);
    },
  });
  const sum = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(source, count, createZstdCompress(), sum, createFile(path));
  return { bytes, sha256: hash.digest('hex'), lines };
}

export function linesIn(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) count++;
  return count;
}

/** The names in a folder are on the disk, not only its files. */
export async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
