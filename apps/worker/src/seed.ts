import { runSeed } from '@repo/runtime/seed';

await runSeed();
