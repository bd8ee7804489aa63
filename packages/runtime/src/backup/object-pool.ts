import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { createZstdDecompress } from 'node:zlib';
import { keptType, ObjectMissing, type ObjectStore } from '@repo/storage';
import { type Manifest, type ObjectLine, ObjectLineSchema } from './manifest.ts';

/** How many objects are looked at at once. */
const AT_ONCE = 8;

/** The copies all backups of a folder share, named by what is in them: thirty dailies keep an object once. */
export const poolPath = (backups: string, sha256: string): string =>
  join(backups, 'objects', sha256.slice(0, 2), sha256);

/**
 * Lists every object, in the order of the store, as lines of JSON. With `copyTo`, its bytes are in that folder's pool
 * afterwards; one whose tag was seen by `before` is not read again.
 */
export async function* objectLines(
  store: ObjectStore,
  options: { copyTo: string | null; before: Map<string, ObjectLine>; onObject: (line: ObjectLine) => void },
): AsyncGenerator<Buffer> {
  const { copyTo, before, onObject } = options;
  let batch: string[] = [];
  async function* settle() {
    for (const line of await Promise.all(batch.map((key) => describe(store, key, copyTo, before)))) {
      // Removed between the listing and now.
      if (!line) continue;
      onObject(line);
      yield Buffer.from(`${JSON.stringify(line)}\n`);
    }
    batch = [];
  }
  for await (const key of store.list('')) {
    batch.push(key);
    if (batch.length >= AT_ONCE) yield* settle();
  }
  yield* settle();
}

async function describe(store: ObjectStore, key: string, copyTo: string | null, before: Map<string, ObjectLine>) {
  const head = await store.head(key);
  if (!head) return null;
  const line: ObjectLine = { key, ...head, sha256: null };
  if (!copyTo) return line;
  const known = before.get(key);
  if (known?.sha256 && known.etag === head.etag && (await sizeOf(poolPath(copyTo, known.sha256))) === head.bytes) {
    return { ...line, sha256: known.sha256 };
  }
  try {
    const body = await store.get(key);
    const sha256 = createHash('sha256').update(body).digest('hex');
    await keep(poolPath(copyTo, sha256), body);
    return { ...line, bytes: body.byteLength, sha256 };
  } catch (error) {
    if (ObjectMissing.is(error)) return null;
    throw error;
  }
}

async function keep(path: string, body: Uint8Array): Promise<void> {
  if ((await sizeOf(path)) === body.byteLength) return;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = join(dirname(path), `${randomUUID()}.part`);
  try {
    await writeFile(draft, body, { mode: 0o600, flush: true });
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}

/** The lines of a backup's list of objects. */
export async function* readObjectLines(folder: string, { objects }: Manifest): AsyncGenerator<ObjectLine> {
  const unpacked = createReadStream(join(folder, objects.file)).pipe(createZstdDecompress());
  for await (const line of createInterface({ input: unpacked })) yield ObjectLineSchema.parse(JSON.parse(line));
}

export type ObjectsRestored = { put: number; kept: number; missing: string[] };

/** Puts back what the store lacks or holds otherwise. What neither the store nor the pool has is listed. */
export async function restoreObjects(
  store: ObjectStore,
  backups: string,
  lines: AsyncIterable<ObjectLine>,
): Promise<ObjectsRestored> {
  const result: ObjectsRestored = { put: 0, kept: 0, missing: [] };
  for await (const line of lines) {
    if (await isThere(store, line)) {
      result.kept++;
      continue;
    }
    const body = line.sha256 ? await readFile(poolPath(backups, line.sha256)).catch(() => null) : null;
    if (!body || createHash('sha256').update(body).digest('hex') !== line.sha256) {
      result.missing.push(line.key);
      continue;
    }
    await store.put(line.key, body, { contentType: keptType(line.contentType) });
    result.put++;
  }
  return result;
}

async function isThere(store: ObjectStore, { key, bytes, etag, sha256 }: ObjectLine): Promise<boolean> {
  const head = await store.head(key);
  if (!head || head.bytes !== bytes) return false;
  if (head.etag === etag || !sha256) return true;
  return (
    createHash('sha256')
      .update(await store.get(key))
      .digest('hex') === sha256
  );
}

/** Removes from the pool what no backup names any more. */
export async function sweepPool(backups: string, inUse: Set<string>): Promise<number> {
  let removed = 0;
  const pool = join(backups, 'objects');
  for (const part of await readdir(pool).catch(() => [])) {
    for (const name of await readdir(join(pool, part))) {
      if (inUse.has(name)) continue;
      await rm(join(pool, part, name), { force: true });
      removed++;
    }
  }
  return removed;
}

const sizeOf = (path: string): Promise<number | null> =>
  stat(path).then(
    ({ size }) => size,
    () => null,
  );
