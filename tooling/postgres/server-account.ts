import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { chmod, lchown } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** The operating system's user that runs Postgres when we are root, which Postgres refuses to be. */
export type Account = { name: string; uid: number; gid: number };

/** Where programs and data go that the account could not reach in the checkout. Every user may enter it. */
export const SHARED_FOLDER = '/var/lib/remixify';

/** `undefined`: the current user runs it. Makes no users: takes `postgres`, or else `nobody`. */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const uid = idOf('-u', name);
    const gid = idOf('-g', name);
    if (uid !== undefined && gid !== undefined) return { name, uid, gid };
  }
  throw new Error(
    'Postgres does not run as root, and this machine has neither a user "postgres" nor "nobody". ' +
      'Start as another user, or set DATABASE_URL to a Postgres 18.',
  );
}

/** True if `account` can walk every folder down to `path` (of which the end may not exist yet). */
export function canReach(path: string, account: Account): boolean {
  return closedFolder(path, account) === undefined;
}

/** The first folder on the way to `path` that `account` may not enter. */
export function closedFolder(path: string, account: Account): string | undefined {
  let existing = resolve(path);
  while (!existsSync(existing)) existing = dirname(existing);
  existing = realpathSync(existing);

  const folders: string[] = [];
  for (let folder = existing; ; folder = dirname(folder)) {
    if (statSync(folder).isDirectory()) folders.unshift(folder);
    if (folder === dirname(folder)) break;
  }
  return folders.find((folder) => {
    const { mode, uid, gid } = statSync(folder);
    if (uid === account.uid) return (mode & 0o100) === 0;
    if (gid === account.gid) return (mode & 0o010) === 0;
    return (mode & 0o001) === 0;
  });
}

/**
 * The user to run a database as that exists already: whoever owns it. One copied by root gets its owner back.
 * @throws Error if it belongs to somebody else and we are not root.
 */
export async function settleOwner(data: string, account: Account | undefined): Promise<Account | undefined> {
  const { uid, gid } = statSync(data);
  if (!account) {
    if (process.getuid && uid !== process.getuid()) throw new Error(strangerSentence(data, uid));
    return undefined;
  }
  if (uid !== 0) return { name: String(uid), uid, gid };
  await chmod(data, 0o700);
  for (const file of ['', ...readdirSync(data, { recursive: true, encoding: 'utf8' })]) {
    await lchown(join(data, file), account.uid, account.gid);
  }
  return account;
}

const strangerSentence = (data: string, uid: number) =>
  `The database in ${data} belongs to another user (number ${uid}), because it was made by another user or by root. ` +
  'Start as that user, or set DATA_DIR to another folder to begin with an empty database.';

function idOf(flag: '-u' | '-g', name: string): number | undefined {
  try {
    return Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return undefined;
  }
}
