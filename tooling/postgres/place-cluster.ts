import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isInitialised } from './cluster.ts';
import { type Account, canReach, closedFolder, SHARED_FOLDER } from './server-account.ts';

/** Where the database of one DATA_DIR lives, and the port it had last time. Kept in `<DATA_DIR>/postgres.json`. */
export type Place = { folder: string; port: number | undefined };

/**
 * Chooses the folder for the database: in DATA_DIR, or under /var/lib/remixify when the user that runs Postgres
 * cannot enter DATA_DIR (a checkout under /root). A place once chosen stays.
 */
export async function placeCluster(dataDir: string, account: Account | undefined): Promise<Place> {
  const chosen = readPlace(dataDir);
  const inside = realpathSync(dataDir);
  if (chosen?.folder && existsSync(chosen.folder)) {
    requireOwnership(chosen.folder, dataDir);
    return { folder: chosen.folder, port: chosen.port };
  }
  if (!account || canReach(dataDir, account)) return { folder: inside, port: chosen?.port };
  if (isInitialised(join(inside, 'postgres'))) {
    throw new Error(
      `The database in ${inside} cannot be reached any more by the user "${account.name}", who runs it, because ` +
        `${closedFolder(inside, account)} is closed to others. Open it with: chmod o+x ${closedFolder(inside, account)}`,
    );
  }
  const folder = join(SHARED_FOLDER, randomBytes(4).toString('hex'));
  await mkdir(SHARED_FOLDER, { recursive: true, mode: 0o755 });
  await mkdir(folder, { mode: 0o700 });
  await chown(folder, account.uid, account.gid);
  await writeFile(join(folder, 'belongs-to'), inside);
  await rememberPlace(dataDir, { folder, port: undefined });
  return { folder, port: undefined };
}

/** The folder is noted only if it is elsewhere: a copied or moved DATA_DIR brings its own database along. */
export async function rememberPlace(dataDir: string, { folder, port }: Place): Promise<void> {
  const place = folder === realpathSync(dataDir) ? { port } : { folder, port };
  await writeFile(placeFile(dataDir), `${JSON.stringify(place, null, 2)}\n`);
}

/** A copied DATA_DIR points to the original's database; two servers on it would be the end of it. */
function requireOwnership(folder: string, dataDir: string): void {
  const owner = existsSync(join(folder, 'belongs-to')) ? readFileSync(join(folder, 'belongs-to'), 'utf8') : '';
  if (owner === realpathSync(dataDir) || readPlace(owner)?.folder !== folder) return;
  throw new Error(
    `${dataDir} is a copy of ${owner}, and the database of both would be ${folder}. ` +
      `Delete ${placeFile(dataDir)} to begin with an empty database here.`,
  );
}

type Note = { folder?: string; port?: number };

function readPlace(dataDir: string): Note | undefined {
  try {
    return JSON.parse(readFileSync(placeFile(dataDir), 'utf8')) as Note;
  } catch {
    return undefined;
  }
}

const placeFile = (dataDir: string) => join(dataDir, 'postgres.json');
