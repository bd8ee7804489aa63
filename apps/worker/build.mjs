import { build } from 'esbuild';
import { bundleOptions } from './bundle.mjs';

await build({ ...bundleOptions, entryPoints: ['src/worker.ts', 'src/seed.ts'], outdir: 'build' });
