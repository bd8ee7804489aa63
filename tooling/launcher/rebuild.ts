import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '@repo/db';
import { type Rebuilt, rebuildDerived } from '@repo/runtime/rebuild';
import { claimDataDir } from './one-instance.ts';
import { say, step } from './say.ts';
import { keepSecrets, loadSettings } from './settings.ts';

/** `npm run rebuild`: counts anew what is derived from other rows. The product may run meanwhile. */
async function rebuild(): Promise<void> {
  const { env } = loadSettings();
  const own = env.DATABASE_DIRECT_URL ?? env.DATABASE_URL;
  tell(await (own ? count(own) : onEmbedded(env)));
}

const count = (url: string): Promise<Rebuilt> => step('Counting anew', () => rebuildDerived(url));

/** On the database that `npm start` brings: the running one, or started for this and stopped again. */
async function onEmbedded(env: { DATA_DIR: string; APP_URL: string; ADMIN_URL: string }): Promise<Rebuilt> {
  const dataDir = env.DATA_DIR;
  if (!existsSync(join(dataDir, 'secrets.json'))) {
    throw new Error(`There is nothing to count in ${dataDir} yet: "npm start" makes a database there.`);
  }
  const { databasePassword: password } = keepSecrets(dataDir);
  const claim = await claimDataDir(dataDir, {
    pid: process.pid,
    web: env.APP_URL,
    admin: env.ADMIN_URL,
    isReady: false,
  });
  if (!claim.isOurs) return count(await runningUrl(dataDir, password));
  try {
    const { startPostgres } = await import('../postgres/start-postgres.ts');
    const server = await step('Starting Postgres', (log) => startPostgres({ dataDir, password, log }));
    try {
      await migrate(server.url);
      return await count(server.url);
    } finally {
      await server.stop();
    }
  } finally {
    claim.release();
  }
}

async function runningUrl(dataDir: string, password: string): Promise<string> {
  const { placeCluster } = await import('../postgres/place-cluster.ts');
  const { serverAccount } = await import('../postgres/server-account.ts');
  const { port } = await placeCluster(dataDir, serverAccount());
  if (!port) throw new Error('The product is just starting. Try again when it runs.');
  return `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/remixify`;
}

function tell({ balances, months, days }: Rebuilt): void {
  say(`  Balances that were wrong and are right now: ${balances}`);
  say(`  Months of people and brands counted for quotas: ${months}`);
  say(`  Rows of usage by day: ${days}\n`);
}

say();
await rebuild().catch((problem: unknown) => {
  say(`\n${problem instanceof Error ? problem.message : problem}\n`);
  process.exitCode = 1;
});
