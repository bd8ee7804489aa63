import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@repo/db';
import { EnvSchema } from '@repo/runtime/env';
import type { TestProject } from 'vitest/node';
import { noBrowserBecause } from '../../../tooling/browser/launch-chromium.ts';
import { awaitReady, localAddress } from '../../../tooling/launcher/await-ready.ts';
import { root } from '../../../tooling/launcher/paths.ts';
import { runProgram } from '../../../tooling/launcher/run-program.ts';
import { freePort } from '../../../tooling/postgres/free-port.ts';
import { startTestCluster } from '../../../tooling/postgres/start-test-cluster.ts';
import { watchOver } from '../../../tooling/postgres/watch-over.ts';
import { type RunningProgram, startProgram } from './start-program.ts';

/** The whole product as it runs for people, started once for all journeys. */
export type Stack = {
  web: string;
  admin: string;
  dataDir: string;
  workerPid: number;
  /** Where a failed test leaves what it saw, beside what the programs said. Removed when nothing is in it. */
  evidence: string;
};

declare module 'vitest' {
  interface ProvidedContext {
    /** Absent where no browser runs. */
    stack: Stack | undefined;
  }
}

/** Web, admin and worker as production builds and processes, on a database and a folder of their own. */
export default async function provideStack(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (noBrowserBecause) {
    project.provide('stack', undefined);
    return;
  }
  requireBuilds();
  const folder = await mkdtemp(join(tmpdir(), 'remixify-e2e-'));
  const [dataDir, evidence] = [join(folder, 'data'), join(folder, 'evidence')];
  const closers: (() => Promise<unknown>)[] = [() => removeUnlessEvidence(folder, dataDir, evidence)];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    await mkdir(evidence);
    const cluster = await startTestCluster();
    closers.push(cluster.stop);
    const env = environment(dataDir, cluster.url, await freePort(), await freePort());
    await migrate(cluster.url);
    // Enough of the demo to walk through, in a tenth of the time that all of it takes.
    await runProgram([join(root, 'apps/worker/build/seed.js'), '--ads', '3', '--remixes', '2'], env);

    const start = (name: string, program: string): RunningProgram => {
      const running = startProgram(join(root, program), env, join(folder, `${name}.log`));
      closers.push(running.stop);
      return running;
    };
    const worker = start('worker', 'apps/worker/build/worker.js');
    const web = start('web', 'apps/web/server.mjs');
    const admin = start('admin', 'apps/admin/server.mjs');
    // Killed outright, we leave no process, and so no folder either.
    const callOff = watchOver(web.pid, folder);
    closers.push(async () => callOff());
    const patience = AbortSignal.timeout(60_000);
    await Promise.race([
      Promise.all([
        awaitReady('web', `${localAddress(undefined, Number(env['PORT']))}/readyz`, patience),
        awaitReady('admin', `${localAddress(undefined, Number(env['ADMIN_PORT']))}/healthz`, patience),
      ]),
      ...[worker, web, admin].map(({ failed }) => failed),
    ]);
    project.provide('stack', {
      web: env['APP_URL']!,
      admin: env['ADMIN_URL']!,
      dataDir,
      workerPid: worker.pid,
      evidence,
    });
  } catch (problem) {
    await close();
    throw problem;
  }
  return close;
}

function requireBuilds(): void {
  for (const built of [
    'web/build/server/index.js',
    'admin/build/server/index.js',
    'worker/build/worker.js',
    'worker/build/seed.js',
  ]) {
    if (!existsSync(join(root, 'apps', built)))
      throw new Error(`There is no apps/${built}. Use npm test, which builds.`);
  }
}

/** Ours alone: a setting of the person who runs the tests must not change what they see. */
function environment(dataDir: string, databaseUrl: string, port: number, adminPort: number): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(
    ([name]) => !(name in EnvSchema.shape) && !name.startsWith('VITEST'),
  );
  return {
    ...Object.fromEntries(others),
    NODE_ENV: 'production',
    PORT: String(port),
    ADMIN_PORT: String(adminPort),
    APP_URL: `http://localhost:${port}`,
    ADMIN_URL: `http://localhost:${adminPort}`,
    DATA_DIR: dataDir,
    // One person presses what a hundred would.
    RATE_LIMITS: '100',
    DATABASE_URL: databaseUrl,
    SESSION_SECRET: 'a-secret-of-the-journey-with-32-characters',
    ENCRYPTION_KEYS: '1:dGhlLWtleS1vZi10aGUtdGVzdHMtMzItYnl0ZXMtISE=',
  };
}

async function removeUnlessEvidence(folder: string, dataDir: string, evidence: string): Promise<void> {
  await rm(dataDir, { recursive: true, force: true });
  const isEmpty = (await readdir(evidence).catch(() => [])).length === 0;
  if (isEmpty) await rm(folder, { recursive: true, force: true });
}
