import { randomBytes } from 'node:crypto';
import { log, runTold } from '@repo/telemetry';
import compression from 'compression';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { limitHeaders } from '../limits/verdict.ts';
import { type Answered, factsOf, leaveOut, toldOf, watchRequests } from './access-line.ts';
import { settleOrigin } from './client-address.ts';
import { allowOrigins } from './cross-origin.ts';
import { failureOf, sendFailure } from './error-page.ts';
import { type AiServices, type Checks, healthz, readyz } from './health.ts';
import { limitStreams, type StreamLimits } from './limit-streams.ts';
import { postedFields, pressKeyOf } from './posted-fields.ts';
import { publicBytes } from './public-bytes.ts';
import { type AskerCheck, readBody } from './read-body.ts';
import { currentScope, newScope, type RequestScope, runInScope } from './request-scope.ts';
import { sameOriginWrites } from './same-origin.ts';
import { headersWithoutPage, type SecurityRules, securityHeaders } from './security-headers.ts';
import { closeWhileStopping, type LoadLimits, shedLoad } from './shed-load.ts';
import { traceRequest } from './trace-request.ts';
import { sendWebResponse, toWebRequest } from './web-request.ts';

/** Answers a request the way the web platform does. */
export type WebHandler = (request: Request) => Promise<Response>;

export type HttpAppOptions = {
  /** The address people type, such as `https://remixify.example`. */
  ownUrl: string;
  /** How many proxies in front are ours; 0: nobody's X-Forwarded-* is believed. */
  trustProxy: number;
  storageOrigins: string[];
  /** Where scripts and styles come from besides ourselves. */
  cdnOrigin?: string;
  isDevelopment: boolean;
  checks: Checks;
  aiServices?: () => Promise<AiServices>;
  /** Answers `/metrics`, or says that there is nothing. */
  metrics?: RequestHandler;
  /** Serves `/files/*` straight from and to disk, streamed. */
  files?: RequestHandler;
  /** What the build made for browsers, or the dev server that makes it on demand. */
  assets: RequestHandler;
  api: WebHandler;
  pages: WebHandler;
  /** Given, the public feed is answered from bytes that all without a session share; it reads the cookies. */
  hasSession?: (cookies: string) => boolean;
  /** Ends event streams when the process is about to stop. */
  stopping: AbortSignal;
  /** The process is about to end, and still serves for a while. */
  draining?: AbortSignal;
  /** Other sites whose scripts may ask `/api/v1`. */
  corsOrigins?: string[];
  load?: LoadLimits;
  /** An answer that takes longer to begin is given up. */
  answerMaxMs?: number;
  /** Whether somebody with an account asks, judged by the head of a request. Without it, no body may be long. */
  isKnown?: (head: Request) => Promise<boolean>;
  /** A body that takes longer is cut off. */
  bodyMaxMs?: number;
  streamLimits?: StreamLimits;
  /** Where failures of ours are told; one short line each. */
  log?: Log;
  /** Hears of every request that was answered. */
  onAnswer?: (answered: Answered) => void;
  /** The pattern of a page's address. */
  routeOf?: (path: string) => string;
};

type Log = (line: string, error?: unknown) => void;

const API_PATHS = ['/api/trpc', '/api/v1', '/api/docs'];
const ANSWER_MAX_MS = 10_000;
const ADDRESS_MAX_CHARS = 8_192;

type Answering = { stopping: AbortSignal; log: Log; maxMs: number };

/** The whole HTTP surface of one app, in the order a request passes through it. */
export function createHttpApp(options: HttpAppOptions): Express {
  const { ownUrl, trustProxy, stopping, log: tellFailure = logFailure, onAnswer = logAnswer } = options;
  const isHttps = ownUrl.startsWith('https:') && trustProxy > 0;
  const answering: Answering = { stopping, log: tellFailure, maxMs: options.answerMaxMs ?? ANSWER_MAX_MS };
  const security: SecurityRules = { ...options, isHttps };

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', trustProxy === 0 ? false : trustProxy);

  // Before anything takes headers away: whether a proxy passed it on is looked at.
  if (options.metrics) app.get('/metrics', options.metrics);
  app.use(nameRequest, watchRequests(onAnswer), closeWhileStopping(options.draining ?? stopping));
  app.use(shortAddress, settleOrigin);
  if (options.hasSession) app.use(publicReads(options, options.hasSession, security));
  app.use(securityHeaders(security));
  app.use(['/assets', '/files/public'], forEverybody);
  app.get('/healthz', healthz);
  app.get('/readyz', readyz(options.checks, { draining: options.draining, aiServices: options.aiServices }));
  app.use(shedLoad(options.load));
  if (isHttps) app.use(redirectToHttps(ownUrl));
  app.use('/api/v1', allowOrigins(options.corsOrigins ?? []));
  app.use(sameOriginWrites(new URL(ownUrl).origin));
  if (options.files) app.use(options.files);
  // Event streams are left alone: compression would hold events back.
  app.use(
    compression({ filter: (request, response) => !isEventStream(response) && compression.filter(request, response) }),
  );
  app.use(outsideApi(options.assets));
  const isKnown = options.isKnown && asksWithin(options.isKnown, stopping);
  app.use(openScope, readBody({ maxMs: options.bodyMaxMs, isKnown }), inScope);
  app.use(API_PATHS, limitStreams(options.streamLimits), answerWith(options.api, answering));
  app.use('/api', (_, response, next) => {
    response.status(404);
    next(new Error('no such API'));
  });
  app.use(nameRoute(options.routeOf), answerWith(options.pages, answering));
  app.use(answerFailures(tellFailure));
  return app;
}

/** Before everything that costs: the answer is the same for all, and so are its headers. */
function publicReads(
  { api }: HttpAppOptions,
  hasSession: (cookies: string) => boolean,
  security: SecurityRules,
): RequestHandler {
  const answer = publicBytes({ api, hasSession, headers: headersWithoutPage(security) });
  return (request, response, next) => {
    if (security.isHttps && !request.askedOrigin.startsWith('https:')) return next();
    leaveOut(response, true);
    answer(request, response, (error?: unknown) => {
      leaveOut(response, false);
      next(error);
    });
  };
}

const isEventStream = (response: express.Response) =>
  String(response.getHeader('content-type') ?? '').includes('text/event-stream');

const nameRequest: RequestHandler = (_, response, next) => {
  response.locals['requestId'] = crypto.randomUUID();
  response.locals['told'] = { requestId: response.locals['requestId'] };
  response.locals['nonce'] = randomBytes(16).toString('base64url');
  response.set('x-request-id', response.locals['requestId']);
  next();
};

/** What anybody may have may stand on a page that comes from another host than it does. */
const forEverybody: RequestHandler = (_, response, next) => {
  response.set({ 'cross-origin-resource-policy': 'cross-origin', 'access-control-allow-origin': '*' });
  next();
};

const shortAddress: RequestHandler = (request, response, next) => {
  if (request.originalUrl.length <= ADDRESS_MAX_CHARS) return next();
  response.status(414);
  next(new Error('the address is too long'));
};

const openScope: RequestHandler = (request, response, next) => {
  response.locals['scope'] = newScope({
    requestId: response.locals['requestId'],
    nonce: response.locals['nonce'],
    clientAddress: request.clientAddress,
  });
  next();
};

/** In the request's own scope, so that who asks is worked out once. */
const asksWithin =
  (isKnown: NonNullable<HttpAppOptions['isKnown']>, stopping: AbortSignal): AskerCheck =>
  (request, response) =>
    runInScope(response.locals['scope'], () => isKnown(toWebRequest(request, response, stopping)));

/** Everything after it can ask for `currentScope()`. */
const inScope: RequestHandler = (request, response, next) => {
  const scope: RequestScope = response.locals['scope'];
  Object.assign(scope, { typed: postedFields(request), pressKey: pressKeyOf(request) });
  runTold(toldOf(response), () => traceRequest(request, response, () => runInScope(scope, next)));
};

/** No file lies under `/api`: looking for one would cost each call a walk to the disk. */
const outsideApi =
  (assets: RequestHandler): RequestHandler =>
  (request, response, next) =>
    request.path.startsWith('/api/') ? next() : assets(request, response, next);

const nameRoute =
  (routeOf: (path: string) => string = () => '*'): RequestHandler =>
  (request, response, next) => {
    response.locals['route'] = routeOf(request.path);
    next();
  };

const redirectToHttps =
  (ownUrl: string): RequestHandler =>
  (request, response, next) => {
    if (request.askedOrigin.startsWith('https:')) return next();
    // To our own address, not to whatever Host the asker named.
    response.redirect(308, `${new URL(ownUrl).origin}${request.originalUrl}`);
  };

const answerWith =
  (handler: WebHandler, { stopping, log, maxMs }: Answering): RequestHandler =>
  async (request, response, next) => {
    try {
      const answer = await inTime(handler(toWebRequest(request, response, stopping)), maxMs);
      // Whoever left the page is told nothing, and nothing failed.
      if (answer.status >= 500 && !response.destroyed) log(lineFor(answer.status, request, response));
      tellLimit(response);
      await sendWebResponse(response, answer, currentScope()?.cookies ?? new Headers());
    } catch (error) {
      next(error);
    }
  };

/** After the answer is known and before it is sent: how much its asker may still ask. */
function tellLimit(response: express.Response): void {
  const verdict = currentScope()?.verdict;
  if (verdict) for (const [name, value] of limitHeaders(verdict, Date.now())) response.set(name, value);
}

/** Nobody waits for ever for something that has stopped answering: after that, the answer is a 503. */
async function inTime(answer: Promise<Response>, maxMs: number): Promise<Response> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('no answer in time'), { status: 503 })), maxMs);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** The last resort. A status set on the way says whose fault it was; without one it was ours. */
const answerFailures =
  (log: Log): ErrorRequestHandler =>
  (error, request, response, _next) => {
    const requestId = String(response.locals['requestId']);
    const claimed = typeof error?.status === 'number' ? error.status : response.statusCode;
    const failure = failureOf(claimed >= 400 ? claimed : 500);
    if (response.destroyed) return;
    if (failure.status >= 500)
      log(lineFor(failure.status, request, response), failure.status === 500 ? error : undefined);
    sendFailure(request, response, failure, requestId);
  };

/** The path without its query, which may hold a token. */
const lineFor = (status: number, request: express.Request, response: express.Response) =>
  `${status} ${request.method} ${request.baseUrl}${request.path} request ${response.locals['requestId']}`;

const logFailure: Log = (line, error) => log.error(line, { error });

export const logAnswer = (answered: Answered): void => log.info('request', factsOf(answered));
