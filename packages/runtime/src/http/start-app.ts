import type { ServerBuild } from '@remix-run/node';
import { readServices } from '@repo/domain/generation/health/read-services';
import { log } from '@repo/telemetry';
import type { RequestHandler } from 'express';
import type { ViteDevServer } from 'vite';
import { EnvError } from '../env.ts';
import { followParent } from '../follow-parent.ts';
import { isKnownAsker } from '../remix/is-known-asker.ts';
import { keepPulse } from '../telemetry/keep-pulse.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { houseNumbersOf } from '../telemetry/read-house-numbers.ts';
import { metricsAnswerer } from '../telemetry/serve-metrics.ts';
import { startTelling } from '../telemetry/start-telling.ts';
import { toolbox } from '../tools.server.ts';
import { createHttpApp, logAnswer, type WebHandler } from './create-http-app.ts';
import { ListenError, listen } from './listen.ts';
import { routePatternOf } from './route-patterns.ts';
import { serveFiles } from './serve-files.ts';
import { serveFromCdn } from './serve-from-cdn.ts';
import { type BuildSource, servePages } from './serve-pages.ts';
import { staticFiles } from './static-files.ts';
import { stopGracefully } from './stop-gracefully.ts';

export type StartAppOptions = {
  app: 'web' | 'admin';
  /** The server build, or a function that makes the newest one. */
  build: BuildSource;
  /** What the build made for browsers; in development `vite` makes it on demand. */
  clientDir?: string;
  vite?: ViteDevServer;
};

/** Starts one app: listens, serves, and ends the process after SIGTERM, SIGINT or the end of its launcher. */
export async function startApp(options: StartAppOptions): Promise<void> {
  try {
    await serve(options);
  } catch (error) {
    const isPlain = error instanceof EnvError || error instanceof ListenError;
    if (isPlain) log.error(error.message);
    else log.error('could not start', { error });
    process.exit(1);
  }
}

/** Every session's cookie has it in its name, whatever comes before. */
const SESSION_COOKIE = 'session_token=';

async function serve({ app, build: built, clientDir, vite }: StartAppOptions): Promise<void> {
  const { env, tools, checks, storageOrigins, handleFile, close } = toolbox();
  const sendLast = await startTelling(app, env);
  const metrics = createMetrics({ app, pools: tools.db.use, house: houseNumbersOf(tools.db) });
  const pulse = keepPulse(tools.db, app);
  // Now, so that it never starts within somebody's transaction. A database that is away is waited for.
  tools.queue.start().catch(() => {});
  const isWeb = app === 'web';
  // The admin app is for few: its files come from itself.
  const cdnUrl = isWeb ? env.CDN_URL : undefined;
  const build = cdnUrl && typeof built !== 'function' ? serveFromCdn(built, cdnUrl) : built;
  const ownUrl = isWeb ? env.APP_URL : env.ADMIN_URL;
  const stopping = new AbortController();
  const pages = typeof build === 'function' ? await build() : build;
  const draining = new AbortController();
  const httpApp = createHttpApp({
    checks,
    storageOrigins,
    ...(cdnUrl ? { cdnOrigin: new URL(cdnUrl).origin } : {}),
    ...(handleFile ? { files: serveFiles(handleFile) } : {}),
    ownUrl,
    trustProxy: env.TRUST_PROXY,
    isDevelopment: vite !== undefined,
    assets: clientDir ? staticFiles(clientDir) : (vite!.middlewares as RequestHandler),
    aiServices: () => readServices(tools),
    metrics: metricsAnswerer(metrics.registry, { token: env.METRICS_TOKEN }),
    onAnswer: (answered) => {
      logAnswer(answered);
      metrics.onAnswer(answered);
      pulse.onAnswer(answered);
    },
    routeOf: (path) => routePatternOf(pages, path),
    isKnown: isKnownAsker,
    api: async (request) => (await entryOf(build)).answerApi(request),
    ...(isWeb ? { hasSession: (cookies) => cookies.includes(SESSION_COOKIE) } : {}),
    pages: servePages(build, vite ? 'development' : 'production'),
    stopping: stopping.signal,
    draining: draining.signal,
    corsOrigins: env.CORS_ORIGINS,
  });
  const server = await listen(httpApp, {
    port: isWeb ? env.PORT : env.ADMIN_PORT,
    portName: isWeb ? 'PORT' : 'ADMIN_PORT',
    ...(env.HOST ? { host: env.HOST } : {}),
  });
  log.info(`${app} listens: ${ownUrl}`);
  if (env.RATE_LIMITS === null) log.warn(`${app} counts no requests: RATE_LIMITS is off.`);
  stopOnSignals(() =>
    stopGracefully(server, {
      stopping,
      draining,
      drainMs: env.DRAIN_SECONDS * 1_000,
      close: async () => {
        pulse.stop();
        await pulse.write();
        await Promise.all([close(), vite?.close(), sendLast()]);
      },
    }),
  );
}

/** The app's own entry. In development it is loaded anew after a change, and the API with it. */
async function entryOf(build: BuildSource): Promise<{ answerApi: WebHandler }> {
  const current: ServerBuild = typeof build === 'function' ? await build() : build;
  return current.entry.module as unknown as { answerApi: WebHandler };
}

function stopOnSignals(stop: () => Promise<void>): void {
  let isStopping = false;
  const begin = () => {
    // Somebody who asks twice does not want to wait.
    if (isStopping) process.exit(1);
    isStopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('stopping failed', { error });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', begin);
  process.on('SIGINT', begin);
  followParent(begin);
}
