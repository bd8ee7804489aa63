import { setupStorage } from '@repo/storage/adapters';
import { EnvError, readEnv } from '../../packages/runtime/src/env.ts';
import { storageConfig } from '../../packages/runtime/src/storage-config.ts';
import { root } from './paths.ts';

/** `npm run storage:setup`: makes the bucket (or the folder) ready and says what it did. Safe to run again. */
async function setUp(): Promise<void> {
  const env = readEnv(process.env, root);
  const { done, notes, problems } = await setupStorage(
    storageConfig({ ...env, SESSION_SECRET: env.SESSION_SECRET ?? 'unused while setting up' }),
  );
  for (const line of done) console.log(`  ✓ ${line}`);
  for (const line of notes) console.log(`  · ${line}`);
  for (const { what, mend } of problems) console.error(`  ✗ ${what}\n    ${mend}`);
  if (problems.length > 0) process.exitCode = 1;
}

await setUp().catch((problem: unknown) => {
  console.error(problem instanceof EnvError ? problem.message : problem);
  process.exitCode = 1;
});
