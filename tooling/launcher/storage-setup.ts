import { setupStorage } from '@repo/storage/adapters';
import { storageConfig } from '../../packages/runtime/src/storage-config.ts';
import { loadSettings } from './settings.ts';

/** `npm run storage:setup`: makes the bucket (or the folder) ready and says what it did. Safe to run again. */
async function setUp(): Promise<void> {
  const { env } = loadSettings();
  const { done, notes, problems } = await setupStorage(
    storageConfig({ ...env, SESSION_SECRET: env.SESSION_SECRET ?? 'unused while setting up' }),
  );
  for (const line of done) console.log(`  ✓ ${line}`);
  for (const line of notes) console.log(`  · ${line}`);
  for (const { what, mend } of problems) console.error(`  ✗ ${what}\n    ${mend}`);
  if (problems.length > 0) process.exitCode = 1;
}

await setUp().catch((problem: unknown) => {
  console.error(problem instanceof Error ? problem.message : problem);
  process.exitCode = 1;
});
