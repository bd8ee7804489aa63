import { join } from 'node:path';
import { EnvError, readEnv } from '../../packages/runtime/src/env.ts';
import { root } from './paths.ts';
import { runProgram } from './run-program.ts';

// What `npm start` does before it starts the apps, for places where something else starts them, such as containers.
const signal = new AbortController();
process.once('SIGTERM', () => signal.abort());
process.once('SIGINT', () => signal.abort());

async function prepare(): Promise<void> {
  const env = readEnv(process.env, root);
  if (!env.DATABASE_URL)
    throw new EnvError(['DATABASE_URL: is not set. Only "npm start" brings a database of its own.']);
  const environment = { ...process.env, DATABASE_DIRECT_URL: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL };
  const run = async (title: string, program: string) => {
    console.log(title);
    await runProgram([join(root, program)], environment, signal.signal);
  };
  await run('Preparing the database', 'tooling/launcher/migrate-database.ts');
  await run('Preparing the files', 'tooling/launcher/storage-setup.ts');
  if (env.DEMO) await run('Preparing the demo', 'apps/worker/build/seed.js');
  console.log('Ready');
}

await prepare().catch((problem: unknown) => {
  console.error(problem instanceof Error ? problem.message : problem);
  process.exitCode = 1;
});
