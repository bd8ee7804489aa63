import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** What is started: the worker, the seed, and beside them the process that films are encoded in. */
export const entryPoints = {
  worker: fileURLToPath(new URL('src/worker.ts', import.meta.url)),
  seed: fileURLToPath(new URL('src/seed.ts', import.meta.url)),
  'film-process': createRequire(import.meta.url).resolve('@repo/media/film-process'),
};

/** How the worker becomes one bundle: that loads in a fraction of the time and memory that hundreds of files take. */
export const bundleOptions = {
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  sourcemap: 'linked',
  logLevel: 'warning',
  // Native code and font files are found where they are installed.
  external: ['sharp', '@napi-rs/canvas', 'node-av', '@fontsource/*', 'pg-native'],
  // Bundled CommonJS asks for `require`, which an ES module does not have.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
};
