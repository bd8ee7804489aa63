// Starts the app. The build holds all code of ours, so that nothing is loaded twice; `--dev` makes it on demand.
const isDevelopment = process.argv.includes('--dev') || process.env.NODE_ENV === 'development';
process.env.NODE_ENV = isDevelopment ? 'development' : 'production';

async function startDevelopment() {
  const { createServer } = await import('vite');
  // Its own port for hot reload: the web app has the usual one.
  const server = { middlewareMode: true, hmr: { port: 24679 } };
  const vite = await createServer({ root: import.meta.dirname, server });
  const build = () => vite.ssrLoadModule('virtual:remix/server-build');
  const { entry } = await build();
  await entry.module.startApp({ app: 'admin', build, vite });
}

async function startProduction() {
  const build = await import('./build/server/index.js');
  await build.entry.module.startApp({ app: 'admin', build, clientDir: `${import.meta.dirname}/build/client` });
}

await (isDevelopment ? startDevelopment() : startProduction());
