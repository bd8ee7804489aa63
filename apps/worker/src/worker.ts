import { runWorker } from '@repo/runtime/worker';

await runWorker();
