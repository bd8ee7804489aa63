import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import postgres from 'postgres';
import { bootCluster, type Cluster, initCluster, isInitialised, runSingleUser, type Server } from './cluster.ts';
import { freePort } from './free-port.ts';
import { healLeftover } from './heal-leftover.ts';
import { forgetHistory, keepChanges, openHistory } from './history/history-folder.ts';
import { binariesFor } from './locate-binaries.ts';
import { placeCluster, rememberPlace } from './place-cluster.ts';
import { SHARED_FOLDER, serverAccount, settleOwner } from './server-account.ts';
import { watchOver } from './watch-over.ts';

const MAJOR = '18';

export type Postgres = {
  /** Names the database `remixify`, as superuser. */
  url: string;
  /** The folder that holds the data: inside DATA_DIR, unless Postgres may not go there. */
  folder: string;
  /** Settles when the server is gone, whoever ended it. */
  ended: Promise<void>;
  stop: () => Promise<void>;
};

/**
 * Starts the embedded Postgres of `dataDir`, making it at the first start and healing what a crash left.
 * The caller sees to it that only one launcher at a time uses `dataDir`.
 * @throws Error with a sentence for the person at the terminal.
 */
export async function startPostgres(options: {
  dataDir: string;
  password: string;
  /** For how many days the database can go back to any moment. 0: not at all, and what there was is removed. */
  historyDays: number;
  log: (line: string) => void;
}): Promise<Postgres> {
  const { dataDir, password, historyDays, log } = options;
  await mkdir(dataDir, { recursive: true });
  const account = serverAccount();
  const place = await placeCluster(dataDir, account);
  const cluster: Cluster = {
    data: join(place.folder, 'postgres'),
    binaries: await binariesFor(account, SHARED_FOLDER),
    account,
    logFile: join(place.folder, 'postgres.log'),
  };
  if (isInitialised(cluster.data)) {
    cluster.account = await settleOwner(cluster.data, account);
    requireVersion(cluster.data);
  } else {
    await initCluster(cluster, password);
  }
  await healLeftover(cluster.data, log);

  if (historyDays === 0) await forgetHistory(cluster.data, log);
  // From the first start on: a change that was not kept is a hole nothing can cross.
  const settings = historyDays === 0 ? {} : keepChanges(await openHistory(cluster.data, cluster.account));
  const server = await bootWithPassword(cluster, place.port, password, settings, log);
  await rememberPlace(dataDir, { folder: place.folder, port: server.port });
  const callOff = watchOver(server.pid);
  server.ended.then(callOff);
  return {
    url: await ensureDatabase(addressOf(server.port, password)),
    folder: cluster.data,
    ended: server.ended,
    stop: server.stop,
  };
}

async function bootWithPassword(
  cluster: Cluster,
  port: number | undefined,
  password: string,
  settings: Record<string, string>,
  log: (line: string) => void,
): Promise<Server> {
  const server = await bootOnFreePort(cluster, port, settings, log);
  if (await isPasswordRight(addressOf(server.port, password))) return server;

  log('The password of the database was lost with secrets.json; it gets the new one.');
  await server.stop();
  await runSingleUser(cluster, `alter role postgres password '${password.replaceAll("'", "''")}'`);
  return bootOnFreePort(cluster, port, settings, log);
}

/** Takes the port of last time if it is free. Tries again, for others may take a port or hold old memory for a moment. */
async function bootOnFreePort(
  cluster: Cluster,
  port: number | undefined,
  settings: Record<string, string>,
  log: (line: string) => void,
): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    try {
      const onRecovery = () => log('The database is recovering from a crash; this can take a minute.');
      return await bootCluster(cluster, await freePort(port), settings, onRecovery);
    } catch (problem) {
      if (attempt === 5 || !/could not bind|in use/.test(String(problem))) throw problem;
      await wait(300);
    }
  }
}

async function isPasswordRight(url: string): Promise<boolean> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await client`select 1`;
    return true;
  } catch (problem) {
    if ((problem as { code?: string }).code === '28P01') return false;
    throw problem;
  } finally {
    await client.end();
  }
}

async function ensureDatabase(adminUrl: string): Promise<string> {
  const client = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    const found = await client`select from pg_database where datname = 'remixify'`;
    if (found.length === 0) await client`create database remixify`;
  } finally {
    await client.end();
  }
  return adminUrl.replace(/\/postgres$/, '/remixify');
}

const addressOf = (port: number, password: string) =>
  `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;

function requireVersion(data: string): void {
  const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (version === MAJOR) return;
  throw new Error(
    `The database in ${data} was made by Postgres ${version}; this version of Remixify brings Postgres ${MAJOR}. ` +
      'Start it with the version of Remixify that made it, or move the folder away to begin with an empty database.',
  );
}
