import { watch } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.ts';
import { runStack } from './run-stack.ts';
import { paint, say } from './say.ts';
import type { Supervised } from './supervise.ts';

await runStack({
  mode: 'development',
  prepare: async () => {},
  seed: ['apps/worker/src/seed.ts'],
  programs: { web: ['apps/web/server.mjs'], admin: ['apps/admin/server.mjs'], worker: ['apps/worker/src/worker.ts'] },
  onRunning: restartWorkerOnChange,
});

/** Web and admin reload through Vite; the worker, which has no page to keep, is simply started again. */
function restartWorkerOnChange(programs: Supervised[]): () => void {
  const worker = programs.find((program) => program.name === 'worker');
  let timer: NodeJS.Timeout | undefined;
  const watchers = ['packages', 'apps/worker/src'].map((folder) =>
    watch(join(root, folder), { recursive: true }, (_event, file) => {
      if (!file || /node_modules|[\\/]test[\\/]/.test(file) || !/\.(ts|tsx|sql|json)$/.test(file)) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        say(`  ${paint('dim', `${file} changed: the worker starts again`)}`);
        worker?.restart();
      }, 200);
    }),
  );
  return () => {
    for (const watcher of watchers) watcher.close();
  };
}
