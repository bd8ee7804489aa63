import { runSeed } from '@repo/runtime/seed';

// A program of its own: enough of the demo to walk through, in a tenth of the time that all of it takes.
await runSeed({ ads: 3, remixes: 2 });
