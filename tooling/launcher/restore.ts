import { parseArgs } from 'node:util';
import { checkBooks, findBackup, listBackups, restoreBackup } from '@repo/runtime/backup';
import { createObjectStore } from '@repo/storage/adapters';
import { storageConfig } from '../../packages/runtime/src/storage-config.ts';
import { claimDataDir } from './one-instance.ts';
import { paint, say, secondsSince, step } from './say.ts';
import { keepSecrets, loadSettings, type Settings } from './settings.ts';
import { stopFirst, withDatabase } from './with-database.ts';

/** `npm run restore`: the newest backup, or the one named, into an empty database. The product must be stopped. */
async function restore(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      list: { type: 'boolean', default: false },
      replace: { type: 'boolean', default: false },
      into: { type: 'string' },
      at: { type: 'string' },
    },
  });
  const settings = loadSettings();
  if (values.list) return list(settings);
  if (values.at) return toMoment(settings, values.at);
  await fromBackup(settings, { wanted: positionals[0], into: values.into, replace: values.replace });
}

type Wish = { wanted: string | undefined; into: string | undefined; replace: boolean };

async function fromBackup(settings: Settings, { wanted, into, replace }: Wish): Promise<void> {
  const { env } = settings;
  const { folder, manifest } = await findBackup(env.BACKUP_DIR, wanted);
  const started = Date.now();
  const run = (databaseUrl: string) =>
    step(`Restoring ${manifest.startedAt}`, (log) => {
      const secret = env.SESSION_SECRET ?? keepSecrets(env.DATA_DIR).sessionSecret;
      const store = createObjectStore(storageConfig({ ...env, SESSION_SECRET: secret }));
      const inPlace = into !== undefined;
      return restoreBackup({ folder, databaseUrl, store, replace, inPlace, now: () => new Date(), log });
    });
  const restored = await (into ? run(into) : withDatabase(settings, { besideProduct: false, mayMake: true }, run));
  const { objects, putAside, skipped } = restored;
  const row = (title: string, text: string) => say(`  ${paint('dim', title.padEnd(10))}${text}`);
  say(`\n  ${paint(['bold', 'green'], 'Restored and checked')}  ${paint('dim', secondsSince(started))}\n`);
  row('As of', manifest.startedAt);
  row('Rows', `${restored.rows.toLocaleString('en')}; references lead somewhere, the ledger sums to zero`);
  row('Files', `${objects.put} put back, ${objects.kept} were there, ${objects.missing.length} are missing`);
  for (const key of objects.missing.slice(0, 20)) row('', key);
  if (objects.missing.length > 20) row('', `and ${objects.missing.length - 20} more`);
  if (skipped.length > 0) row('Queue', `${skipped.join(', ')} not restored: this version keeps its queue differently`);
  if (putAside) row('Before', `the database as it was is kept under the name ${putAside}`);
  say('\n  npm start\n');
}

/** `npm run restore -- --at <time>`: the embedded database as it was at a moment of the last days. */
async function toMoment({ env }: Settings, wanted: string): Promise<void> {
  const at = new Date(wanted);
  if (Number.isNaN(at.getTime())) throw new Error(`"${wanted}" is no time. Write it as 2026-11-30T10:00:00Z.`);
  if (env.DATABASE_URL) {
    throw new Error(
      '--at is for the embedded database. The one in DATABASE_URL is kept, and set back, by whoever runs it.',
    );
  }
  const { DATA_DIR: dataDir } = env;
  const claim = await claimDataDir(dataDir, {
    pid: process.pid,
    web: env.APP_URL,
    admin: env.ADMIN_URL,
    isReady: false,
  });
  if (!claim.isOurs) throw new Error(stopFirst(dataDir, claim.running.pid));
  try {
    const started = Date.now();
    const { recoverTo } = await import('../postgres/history/recover-to.ts');
    const { databasePassword: password } = keepSecrets(dataDir);
    const { lastChange, putAside } = await step(`Going back to ${at.toISOString()}`, (log) =>
      recoverTo({ dataDir, password, at, log, check: checkBooks }),
    );
    say(`\n  ${paint(['bold', 'green'], 'Recovered and checked')}  ${paint('dim', secondsSince(started))}\n`);
    say(`  The last change in it is of ${lastChange?.toISOString() ?? 'the copy it began with'}.`);
    say(`  The database as it was is kept in ${putAside}; remove it when you are sure.`);
    say('  Files stay as they are now; those deleted since come back from a backup.\n\n  npm start\n');
  } finally {
    claim.release();
  }
}

async function list({ env }: Settings): Promise<void> {
  const backups = await listBackups(env.BACKUP_DIR);
  for (const { name } of backups) say(`  ${name}`);
  if (backups.length === 0) say(`  There is no backup in ${env.BACKUP_DIR} yet.`);
}

say();
await restore().catch((problem: unknown) => {
  say(`\n${problem instanceof Error ? problem.message : problem}\n`);
  process.exitCode = 1;
});
