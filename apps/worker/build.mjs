import { build } from 'esbuild';
import { bundleOptions, entryPoints } from './bundle.mjs';

await build({ ...bundleOptions, entryPoints, outdir: 'build' });
