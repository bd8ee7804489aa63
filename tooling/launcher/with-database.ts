import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { claimDataDir } from './one-instance.ts';
import { step } from './say.ts';
import { keepSecrets, type Settings } from './settings.ts';

export type Reach = {
  /** True: may be done while the product runs, on the database that it runs. Otherwise that is refused. */
  besideProduct: boolean;
  /** True: a database is made where there is none yet. */
  mayMake?: boolean;
};

/** Lets `work` have the database of the settings: the one in DATABASE_URL, or the embedded one, running or started for this. */
export async function withDatabase<T>({ env }: Settings, reach: Reach, work: (url: string) => Promise<T>): Promise<T> {
  const own = env.DATABASE_DIRECT_URL ?? env.DATABASE_URL;
  if (own) return work(own);
  const dataDir = env.DATA_DIR;
  if (!reach.mayMake && !existsSync(join(dataDir, 'secrets.json'))) {
    throw new Error(`There is no database in ${dataDir} yet: "npm start" makes one there.`);
  }
  const claim = await claimDataDir(dataDir, {
    pid: process.pid,
    web: env.APP_URL,
    admin: env.ADMIN_URL,
    isReady: false,
  });
  if (!claim.isOurs) {
    if (!reach.besideProduct) {
      throw new Error(stopFirst(dataDir, claim.running.pid));
    }
    return work(await runningUrl(dataDir, keepSecrets(dataDir).databasePassword));
  }
  try {
    const { startPostgres } = await import('../postgres/start-postgres.ts');
    const { databasePassword: password } = keepSecrets(dataDir);
    const server = await step('Starting Postgres', (log) =>
      startPostgres({ dataDir, password, historyDays: env.PITR_DAYS, log }),
    );
    try {
      return await work(server.url);
    } finally {
      await server.stop();
    }
  } finally {
    claim.release();
  }
}

export const stopFirst = (dataDir: string, pid: number) =>
  `Remixify runs with the data in ${dataDir} (process ${pid}). Stop it first; nothing was changed.`;

async function runningUrl(dataDir: string, password: string): Promise<string> {
  const { placeCluster } = await import('../postgres/place-cluster.ts');
  const { serverAccount } = await import('../postgres/server-account.ts');
  const { port } = await placeCluster(dataDir, serverAccount());
  if (!port) throw new Error('The product is just starting. Try again when it runs.');
  return `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/remixify`;
}
