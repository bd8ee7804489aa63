import { vitePlugin as remix } from '@remix-run/dev';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig, type Plugin, type UserConfigFnObject } from 'vite';

/** Text models load these when they are given a picture to look at, which only a worker does. */
const LOOKS_AT_PICTURES =
  /packages\/ai\/src\/(call\/fit-picture|anthropic\/fit-for-claude|local\/(pixels|text\/describe-picture))\.ts$/;

const REFUSAL = '\0no-picture-code';

/** Pictures are decoded in the worker only. A build that reaches the code for it is refused, and says from where. */
const noPictureCode: Plugin = {
  name: 'no-picture-code',
  enforce: 'pre',
  resolveId(source, importer) {
    if (/^(sharp|@napi-rs\/canvas)(\/|$)/.test(source)) {
      if (importer && LOOKS_AT_PICTURES.test(importer)) return REFUSAL;
      throw new Error(`${source} belongs into the worker, but ${importer} brings it here.`);
    }
  },
  load: (id) =>
    id === REFUSAL ? "export default () => { throw new Error('Pictures are decoded in the worker only.'); };" : null,
};

/** Libraries that others only try to load. Bundled, they would become empty modules that look like the real ones. */
const OPTIONAL = ['pg-native'];

const optionalStaysOut: Plugin = {
  name: 'optional-stays-out',
  enforce: 'pre',
  resolveId: (source) => (OPTIONAL.includes(source) ? { id: source, external: true } : null),
};

/** What browsers load in development, found beforehand: found later, it would make the page reload and React twice. */
const BROWSER_DEPS = [
  ...['react', 'react/jsx-runtime', 'react/jsx-dev-runtime', 'react-dom', 'react-dom/client', '@remix-run/react'],
  ...['lucide-react', 'zod', 'superjson', '@trpc/client'],
  ...['radix-ui', 'clsx', 'tailwind-merge', 'class-variance-authority', 'thumbhash'].map(
    (name) => `@repo/ui > ${name}`,
  ),
];

const SERVER_DEPS = ['@remix-run/node', 'express', 'isbot', 'react-dom/server'];

/** How the web app and the admin app are built and served in development. */
export const appConfig: UserConfigFnObject = defineConfig(({ command, isSsrBuild }) => ({
  plugins: [
    noPictureCode,
    optionalStaysOut,
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
  resolve: { dedupe: ['react', 'react-dom', '@remix-run/react'] },
  optimizeDeps: { include: BROWSER_DEPS, exclude: SERVER_DEPS, entries: [] },
  // One bundle holds all server code: it loads in a fraction of the time and memory of loose packages.
  ssr: { noExternal: command === 'build' ? true : [/^@repo\//] },
  define: isSsrBuild ? { 'process.env.NODE_ENV': '"production"' } : {},
}));
