import { vitePlugin as remix } from '@remix-run/dev';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig, type Plugin } from 'vite';

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true;
  }
}

/** Pictures are decoded in the worker only. A build that reaches the code for it is refused, and says from where. */
const noPictureCode: Plugin = {
  name: 'no-picture-code',
  enforce: 'pre',
  resolveId(source, importer) {
    if (/^(sharp|@napi-rs\/canvas)(\/|$)/.test(source)) {
      throw new Error(`${source} belongs into the worker, but ${importer} brings it here.`);
    }
  },
};

export default defineConfig(({ command, isSsrBuild }) => ({
  plugins: [
    noPictureCode,
    tailwindcss(),
    remix({
      future: {
        v3_fetcherPersist: true,
        v3_lazyRouteDiscovery: true,
        v3_relativeSplatPath: true,
        v3_routeConfig: true,
        v3_singleFetch: true,
        v3_throwAbortReason: true,
      },
    }),
  ],
  build: { target: isSsrBuild ? 'node24' : 'es2022' },
  // One bundle holds all server code: it loads in a fraction of the time and memory of loose packages.
  ssr: { noExternal: command === 'build' ? true : [/^@repo\//] },
  define: isSsrBuild ? { 'process.env.NODE_ENV': '"production"' } : {},
}));
