import { randomUUID } from 'node:crypto';
import { type BigIntStats, constants } from 'node:fs';
import {
  type FileHandle,
  link,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isKey } from '../key.ts';
import { isAbsence, isErrno } from './errno.ts';
import { makeFolder } from './make-folder.ts';

/** What is kept beside an object, in `.<name>.meta`: a file system has no place for it. */
type Meta = { contentType: string; cacheControl?: string; bytes: number };

export type OpenObject = {
  handle: FileHandle;
  bytes: number;
  /** Strong, quoted: names these bytes and no others. */
  etag: string;
  modifiedAt: Date;
  /** Null for a file that was put there by hand. */
  meta: Meta | null;
};

export type DiskFolder = ReturnType<typeof createDiskFolder>;

/** Unfinished files, apart from the objects and on the same disk, so that finishing one is a rename. */
export const INCOMING = '.incoming';

/**
 * The files below `root`, one a key. An object appears whole or not at all: it is written aside, flushed to the disk, then
 * moved into its place. Symbolic links are never followed.
 */
export function createDiskFolder(root: string) {
  let realRoot: Promise<string> | undefined;
  const busy = new Map<string, Promise<unknown>>();

  function base(): Promise<string> {
    realRoot ??= makeFolder(join(root, INCOMING))
      .then(() => realpath(root))
      .catch((error: unknown) => {
        realRoot = undefined;
        throw error;
      });
    return realRoot;
  }

  async function pathOf(key: string): Promise<string> {
    return join(await base(), ...key.split('/'));
  }

  /** True where `path` is there and no part of it is a symbolic link. */
  async function isPlain(path: string): Promise<boolean> {
    try {
      return (await realpath(path)) === path;
    } catch (error) {
      if (isAbsence(error)) return false;
      throw error;
    }
  }

  async function openObject(key: string): Promise<OpenObject | null> {
    const path = await pathOf(key);
    // Twice at most: an object that is just being replaced may show its new description beside its old bytes.
    for (let look = 0; ; look++) {
      if (!(await isPlain(path))) return null;
      const handle = await openFile(path);
      if (!handle) return null;
      try {
        const stats = await handle.stat({ bigint: true });
        if (!stats.isFile()) {
          await handle.close();
          return null;
        }
        const meta = await readMeta(metaOf(path));
        const bytes = Number(stats.size);
        if (meta && meta.bytes !== bytes && look === 0) {
          await handle.close();
          continue;
        }
        const belongs = meta?.bytes === bytes;
        return { handle, bytes, etag: etagOf(stats), modifiedAt: stats.mtime, meta: belongs ? meta : null };
      } catch (error) {
        await handle.close();
        throw error;
      }
    }
  }

  /**
   * Lets `fill` write a draft (a path below the root, for a driver) and then puts it in the key's place.
   * Resolves to false where something stands there already and `replace` is off.
   */
  async function write(
    key: string,
    meta: Meta,
    { replace, fill }: { replace: boolean; fill: (draft: string) => Promise<void> },
  ): Promise<boolean> {
    const draft = `${INCOMING}/${randomUUID()}`;
    const draftPath = await pathOf(draft);
    try {
      await fill(draft);
      await flush(draftPath, 'r+');
      return await alone(key, () => settle(draftPath, key, meta, replace));
    } finally {
      await rm(draftPath, { force: true });
      await rm(metaOf(draftPath), { force: true });
    }
  }

  async function settle(draftPath: string, key: string, meta: Meta, replace: boolean): Promise<boolean> {
    const path = await pathOf(key);
    const parent = dirname(path);
    for (let tries = 1; ; tries++) {
      try {
        await mkdir(parent, { recursive: true });
        if ((await realpath(parent)) !== parent) throw new Error(`A link stands in the way of the key ${key}.`);
        if (!replace && (await isThere(path))) return false;
        const metaDraft = metaOf(draftPath);
        await writeFlushed(metaDraft, JSON.stringify(meta));
        await rename(metaDraft, metaOf(path));
        await (replace ? rename(draftPath, path) : moveIfFree(draftPath, path));
        await flush(parent, 'r');
        return true;
      } catch (error) {
        if (isErrno(error, 'EEXIST') && !replace && (await isThere(path))) return false;
        // The folder was empty a moment ago, and somebody who removed its last file took it away.
        if (isErrno(error, 'ENOENT') && tries < 20 && (await isThere(draftPath))) continue;
        if (isErrno(error, 'ENOTDIR', 'EISDIR', 'EEXIST', 'ENOTEMPTY')) {
          throw new Error(`The key ${key} cannot be kept on disk: another key is its folder, or lies below it.`, {
            cause: error,
          });
        }
        throw error;
      }
    }
  }

  /** Runs `drop` on a plain file, then removes what lay beside it and the folders it leaves empty. */
  async function remove(key: string, drop: (key: string) => Promise<void>): Promise<void> {
    const path = await pathOf(key);
    await alone(key, async () => {
      if (!(await isPlain(dirname(path)))) return;
      if ((await lstat(path).catch(absent))?.isDirectory()) return;
      await drop(key);
      await rm(metaOf(path), { force: true });
    });
    const top = await base();
    for (let folder = dirname(path); folder !== top; folder = dirname(folder)) {
      try {
        await rmdir(folder);
      } catch {
        return;
      }
    }
  }

  /** Every key below `folder` (empty, or ending in a slash). */
  async function* walk(folder: string): AsyncGenerator<string> {
    const path = await pathOf(folder.slice(0, -1));
    if (!(await isPlain(path))) return;
    const entries = await readdir(path, { withFileTypes: true }).catch(absent);
    for (const entry of (entries ?? []).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (!isKey(`${folder}${entry.name}`)) continue;
      if (entry.isDirectory()) yield* walk(`${folder}${entry.name}/`);
      else if (entry.isFile()) yield `${folder}${entry.name}`;
    }
  }

  /** One writer at a time for each key of this process. */
  async function alone<T>(key: string, work: () => Promise<T>): Promise<T> {
    const mine = (busy.get(key) ?? Promise.resolve()).then(work);
    const settled = mine.catch(() => {});
    busy.set(key, settled);
    try {
      return await mine;
    } finally {
      if (busy.get(key) === settled) busy.delete(key);
    }
  }

  return { base, openObject, write, remove, walk };
}

function metaOf(path: string): string {
  const name = path.slice(dirname(path).length + 1);
  return join(dirname(path), `.${name}.meta`);
}

// An overwrite is another file, made at another time: together with the length that tells any two contents apart.
function etagOf(stats: BigIntStats): string {
  return `"${stats.size.toString(36)}-${stats.mtimeNs.toString(36)}-${stats.ino.toString(36)}"`;
}

async function openFile(path: string): Promise<FileHandle | null> {
  try {
    // Non-blocking, so that a pipe put there by hand cannot hold us.
    return await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (isAbsence(error) || isErrno(error, 'ELOOP', 'EISDIR')) return null;
    throw error;
  }
}

async function readMeta(path: string): Promise<Meta | null> {
  const text = await readFile(path, 'utf8').catch(absent);
  if (!text) return null;
  try {
    const meta: unknown = JSON.parse(text);
    const isMeta = typeof meta === 'object' && meta !== null && 'contentType' in meta && 'bytes' in meta;
    return isMeta ? (meta as Meta) : null;
  } catch {
    return null;
  }
}

// A hard link fails where a file stands already, which a rename would not.
async function moveIfFree(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!isErrno(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS')) throw error;
    await rename(from, to);
  }
}

async function flush(path: string, flags: 'r' | 'r+'): Promise<void> {
  // Windows cannot flush a folder, and need not.
  if (flags === 'r' && process.platform === 'win32') return;
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeFlushed(path: string, text: string): Promise<void> {
  const handle = await open(path, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await lstat(path).catch(absent)) !== undefined;
}

function absent(error: unknown): undefined {
  if (isAbsence(error)) return undefined;
  throw error;
}
