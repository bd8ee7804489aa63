import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { appVersion, pruneBackups, takeBackup } from '@repo/runtime/backup';
import { createObjectStore } from '@repo/storage/adapters';
import { storageConfig } from '../../packages/runtime/src/storage-config.ts';
import { paint, say, secondsSince, step } from './say.ts';
import { keepSecrets, loadSettings } from './settings.ts';
import { withDatabase } from './with-database.ts';

/** `npm run backup`: everything the database holds, and the files. The product may run meanwhile. */
async function backUp(): Promise<void> {
  const { values } = parseArgs({
    options: {
      objects: { type: 'boolean' },
      'no-objects': { type: 'boolean', default: false },
      'with-secrets': { type: 'boolean', default: false },
    },
  });
  const settings = loadSettings();
  const { env } = settings;
  const started = Date.now();
  const secretsFile = join(env.DATA_DIR, 'secrets.json');
  const withSecrets = values['with-secrets'] && existsSync(secretsFile);
  const copyObjects = !values['no-objects'] && (values.objects ?? env.STORAGE_DRIVER === 'disk');
  const { folder, manifest } = await withDatabase(settings, { besideProduct: true }, async (databaseUrl) => {
    const secret = env.SESSION_SECRET ?? keepSecrets(env.DATA_DIR).sessionSecret;
    const store = createObjectStore(storageConfig({ ...env, SESSION_SECRET: secret }));
    const now = () => new Date();
    const options = { databaseUrl, store, backups: env.BACKUP_DIR, kind: 'manual' as const, copyObjects, now };
    const taken = await step('Backing up', () =>
      takeBackup({ ...options, appVersion: appVersion(), secretsFile: withSecrets ? secretsFile : undefined }),
    );
    if (env.BACKUP_KEEP_DAYS > 0) await pruneBackups(env.BACKUP_DIR, env.BACKUP_KEEP_DAYS, now());
    return taken;
  });
  const { tables, objects } = manifest;
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const packed = tables.reduce((sum, table) => sum + table.bytes, 0);
  const row = (title: string, text: string) => say(`  ${paint('dim', title.padEnd(10))}${text}`);
  say(`\n  ${paint(['bold', 'green'], 'Backed up and read back')}  ${paint('dim', secondsSince(started))}\n`);
  row('Folder', folder);
  row('Rows', `${rows.toLocaleString('en')} in ${tables.length} tables, ${mega(packed)}`);
  const how = objects.areCopied ? 'copied; what earlier backups hold already is shared' : 'listed only, not copied';
  row('Files', `${objects.count.toLocaleString('en')}, ${mega(objects.totalBytes)} (${how})`);
  row(
    'Secrets',
    manifest.hasSecrets
      ? 'secrets.json is in it: keep this folder as safe as a password'
      : `not in it. Keep ${secretsFile} and your settings (SESSION_SECRET, keys) apart: encrypted columns need them`,
  );
  say(`\n  npm run restore -- ${manifest.startedAt ? folder.split(/[\\/]/).at(-1) : ''}\n`);
}

const mega = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

say();
await backUp().catch((problem: unknown) => {
  say(`\n${problem instanceof Error ? problem.message : problem}\n`);
  process.exitCode = 1;
});
