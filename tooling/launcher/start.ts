import { appsToBuild, buildApps } from './build.ts';
import { runStack } from './run-stack.ts';
import { step } from './say.ts';

await runStack({
  mode: 'production',
  prepare: async (signal) => {
    const apps = appsToBuild();
    if (apps.length > 0) await step(`Building ${apps.join(', ')}`, () => buildApps(apps, signal));
  },
  seed: ['apps/worker/build/seed.js'],
  programs: { web: ['apps/web/server.mjs'], admin: ['apps/admin/server.mjs'], worker: ['apps/worker/build/worker.js'] },
});
