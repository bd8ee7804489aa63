import { randomUUID } from 'node:crypto';
import { readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectStore, StorageCheck } from '../port.ts';
import { INCOMING } from './disk-folder.ts';
import { isAbsence } from './errno.ts';

const LEAST_FREE_BYTES = 500 * 1024 * 1024;
const DEAD_DRAFT_MS = 60 * 60 * 1000;

/** Writes, reads and removes a small file, looks at the room left, and sweeps away drafts of processes that died. */
export async function checkDisk(
  root: string,
  store: Pick<ObjectStore, 'put' | 'get' | 'remove'>,
): Promise<StorageCheck> {
  const problems: StorageCheck['problems'] = [];
  try {
    const probe = `check/${randomUUID()}`;
    await store.put(probe, Buffer.from(probe), { contentType: 'text/plain' });
    const back = Buffer.from(await store.get(probe)).toString();
    await store.remove(probe);
    if (back !== probe) throw new Error('a file did not read back as it was written');
    await sweepDrafts(join(root, INCOMING));
    const { bavail, bsize } = await statfs(root);
    if (bavail * bsize < LEAST_FREE_BYTES) {
      problems.push({
        what: `Only ${Math.floor((bavail * bsize) / 1024 / 1024)} MB are free where the files lie (${root}).`,
        mend: 'Make room on that disk, or set DATA_DIR to a folder on a larger one.',
      });
    }
  } catch (error) {
    problems.push({
      what: `The folder for files (${root}) cannot be used: ${error instanceof Error ? error.message : String(error)}.`,
      mend: 'Set DATA_DIR to a folder that this user may create and write, or give this user the right to it.',
    });
  }
  return { ok: problems.length === 0, driver: 'disk', problems };
}

// A living upload touches its draft at least once in every idle time-out, which is far shorter than this.
async function sweepDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    try {
      if (Date.now() - (await stat(path)).mtimeMs > DEAD_DRAFT_MS) await rm(path, { force: true });
    } catch (error) {
      if (!isAbsence(error)) throw error;
    }
  }
}
