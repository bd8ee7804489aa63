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
  external: ['sharp', '@napi-rs/canvas', '@fontsource/*', 'pg-native'],
  // Bundled CommonJS asks for `require`, which an ES module does not have.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
};
