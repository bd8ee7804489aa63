import { createObjectStore } from '@repo/storage/adapters';
import { storageConfig } from '../../packages/runtime/src/storage-config.ts';
import { loadSettings } from './settings.ts';

// Tells, before anything is built on it, whether the place for files is there, writable and open to browsers.
const { env } = loadSettings();
const config = storageConfig({ ...env, SESSION_SECRET: env.SESSION_SECRET ?? 'unused while checking' });
const { ok, problems } = await createObjectStore(config).check();
if (!ok) {
  const lines = problems.map(({ what, mend }) => `  · ${what}\n    ${mend}`).join('\n');
  console.error(
    `The place for files is not ready:\n\n${lines}\n\n"npm run storage:setup" does what can be done from here.`,
  );
  process.exitCode = 1;
}
