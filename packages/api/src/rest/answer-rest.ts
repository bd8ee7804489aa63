import { createHash } from 'node:crypto';
import { COUNTED_UP_TO } from '@repo/domain/paging/schema';
import { createCaller } from '../app-router.ts';
import type { ApiContext } from '../trpc.ts';
import { type AnswerMeta, failureAnswer, metaOf } from './envelope.ts';
import { eventStream } from './event-stream.ts';
import { matchRoute } from './match-route.ts';
import { documentBytes } from './openapi.ts';
import { linkTo, stepsFrom, type Trail } from './page-links.ts';
import { readInput } from './read-input.ts';
import { type Detail, detailOf, failureOf, RestFailure } from './rest-failure.ts';
import type { RestRoute } from './rest-routes.ts';

export const REST_BASE = '/api/v1';

export type RestDoor = {
  requestId: string;
  now(): Date;
  contextOf(): Promise<ApiContext>;
  /** Puts a refusal in the place of a failure that is nobody's bug, such as an absent database. */
  translate?(error: unknown): unknown;
  /** Told of everything that is a bug of ours. */
  onBug(error: unknown, procedure: string): void;
};

/** Answers a request under `/api/v1` by the procedure that has its address. Every failure has the one shape. */
export async function answerRest(request: Request, door: RestDoor): Promise<Response> {
  let procedure = 'a request';
  try {
    const url = new URL(request.url);
    const path = url.pathname.slice(REST_BASE.length);
    if (path === '/openapi.json') return answerDocument(request);
    const match = matchRoute(request.method, path);
    if (match.found === 'unreadable') throw new RestFailure('VALIDATION_ERROR', 'This address cannot be read.');
    if (match.found === 'nothing') throw nothingHere();
    if (match.found === 'other methods') {
      const allow = match.allow.join(', ');
      if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: { allow } });
      throw new RestFailure('METHOD_NOT_ALLOWED', `This address answers ${allow}.`, { headers: { allow } });
    }
    procedure = match.route.procedure;
    return await answerRoute(match.route, match.params, request, door);
  } catch (thrown) {
    const error = door.translate?.(thrown) ?? thrown;
    const failure = failureOf(error);
    if (!failure && !request.signal.aborted) door.onBug(error, procedure);
    return failureAnswer(failure ?? new RestFailure('INTERNAL_ERROR', OUR_FAULT), door.requestId);
  }
}

const OUR_FAULT = 'Something went wrong on our side.';

const nothingHere = () =>
  new RestFailure('NOT_FOUND', 'There is nothing at this address. All there is stands in /api/v1/openapi.json.');

async function answerRoute(
  route: RestRoute,
  params: Record<string, string>,
  request: Request,
  door: RestDoor,
): Promise<Response> {
  mustAccept(request, route.piece ? 'text/event-stream' : 'application/json');
  const { input, trail, unknown } = await readInput(route, params, request);
  const context = await contextFor(route, request, door);
  if (unknown.length > 0) await refuseUnknown(route, context, input, unknown);
  const answer = await call(route, context, input, request.signal);
  const meta = { requestId: door.requestId, now: door.now() };
  if (route.piece) return answerStream(route, answer as AsyncGenerator, request, door);
  if (route.isPage) return answerPage(answer as Page, limitOf(route, input), { request, trail, meta });
  if (route.item) return answerPage(wholeOf(answer as unknown[]), null, { request, trail, meta });
  return answerOne(answer ?? null, { request, meta });
}

/** Counted like any other call. Who may not call at all is told that, and nothing of the fields. */
async function refuseUnknown(route: RestRoute, context: ApiContext, input: unknown, unknown: Detail[]): Promise<void> {
  if (route.needsPerson && context.actor.kind === 'visitor') return;
  await context.spend?.(route.meta.cost);
  const misfits = route.input?.safeParse(input).error?.issues.map(detailOf) ?? [];
  const [{ field, message }] = unknown as [Detail];
  throw new RestFailure('VALIDATION_ERROR', `${field}: ${message}`, { details: [...unknown, ...misfits] });
}

/** Whoever shows something that proves nothing is told so, and is not taken for a visitor. */
async function contextFor(route: RestRoute, request: Request, door: RestDoor): Promise<ApiContext> {
  const context = await door.contextOf();
  const isShown = /^bearer\b/i.test(request.headers.get('authorization') ?? '') || request.headers.has('x-api-key');
  if (isShown && context.actor.kind === 'visitor' && route.meta.cost !== 'sign_in') {
    throw unknownCaller('This key or token is not valid, has ended or was revoked.');
  }
  return {
    ...context,
    countsLists: route.isPage,
    // A guest lives in a browser's cookie; a program would make a new one with every call.
    becomeGuest: async () => {
      throw unknownCaller('Send an API key or a session token in the Authorization header.');
    },
  };
}

const unknownCaller = (message: string) =>
  new RestFailure('UNAUTHORIZED', message, { headers: { 'www-authenticate': 'Bearer' } });

function call(route: RestRoute, context: ApiContext, input: unknown, signal: AbortSignal): Promise<unknown> {
  const [noun, verb] = route.procedure.split('.') as [string, string];
  const caller = createCaller(context, { signal }) as unknown as Record<
    string,
    Record<string, (input: unknown) => Promise<unknown>>
  >;
  return caller[noun]![verb]!(input);
}

function mustAccept(request: Request, type: 'application/json' | 'text/event-stream'): void {
  const accept = request.headers.get('accept');
  if (!accept) return;
  const [family] = type.split('/');
  const isFine = accept
    .toLowerCase()
    .split(',')
    .map((part) => part.split(';')[0]!.trim())
    .some((one) => one === '*/*' || one === `${family}/*` || one === type);
  if (!isFine) throw new RestFailure('NOT_ACCEPTABLE', `This address answers ${type} only.`);
}

type Page = { items: unknown[]; nextCursor: string | null; total?: number };
/** A list that comes whole is its own only page. */
const wholeOf = (items: unknown[]): Page => ({ items, nextCursor: null, total: items.length });

const limitOf = ({ input: type }: RestRoute, input: unknown): number | null =>
  (type?.safeParse(input).data as { limit?: number } | undefined)?.limit ?? null;

type Answering = { request: Request; meta: AnswerMeta };

const answerOne = (data: unknown, { request, meta }: Answering) =>
  send(request, { data }, { success: true, data, meta: metaOf(meta) });

function answerPage(
  { items, nextCursor, total }: Page,
  limit: number | null,
  { request, trail, meta }: Answering & { trail: Trail },
): Response {
  const url = new URL(request.url);
  const steps = stepsFrom(trail, nextCursor);
  const pagination = {
    pageSize: limit ?? items.length,
    totalItems: total === undefined ? null : Math.min(total, COUNTED_UP_TO),
    isCapped: total !== undefined && total > COUNTED_UP_TO,
    nextCursor: steps.next,
  };
  const links = {
    self: `${url.pathname}${url.search}`,
    first: linkTo(url, ''),
    prev: steps.prev === null ? null : linkTo(url, steps.prev),
    next: steps.next === null ? null : linkTo(url, steps.next),
  };
  const body = { success: true, data: items, meta: { ...metaOf(meta), pagination }, links };
  return send(request, { items, pagination, links }, body);
}

const VARY = 'Authorization, X-API-Key, Cookie';

/** Weak: the same data has the same tag, although time and request id beside it differ. */
const tagOf = (content: unknown) =>
  `W/"${createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 27)}"`;

function send(request: Request, content: unknown, body: unknown): Response {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (!isRead) return Response.json(body, { headers: { 'cache-control': 'no-store' } });
  const etag = tagOf(content);
  const headers = { etag, 'cache-control': 'private, no-cache', vary: VARY };
  if (isKnown(request, etag)) return new Response(null, { status: 304, headers });
  return bodiless(request, Response.json(body, { headers }));
}

function isKnown(request: Request, etag: string): boolean {
  const known = request.headers.get('if-none-match');
  if (!known) return false;
  const bare = (tag: string) => tag.trim().replace(/^W\//, '');
  return known.trim() === '*' || known.split(',').some((tag) => bare(tag) === bare(etag));
}

const bodiless = (request: Request, answer: Response) =>
  request.method === 'HEAD' ? new Response(null, { status: answer.status, headers: answer.headers }) : answer;

function answerStream(
  route: RestRoute,
  pieces: AsyncGenerator,
  request: Request,
  { requestId, onBug }: RestDoor,
): Response {
  const headers = {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // A proxy that gathers an answer before it passes it on would hold events back.
    'x-accel-buffering': 'no',
    vary: VARY,
  };
  if (request.method === 'HEAD') {
    void pieces.return(undefined);
    return new Response(null, { headers });
  }
  const stream = eventStream(pieces, {
    nameOf: nameOfPiece,
    requestId,
    signal: request.signal,
    onBug: (error) => onBug(error, route.procedure),
  });
  return new Response(stream, { headers });
}

/** `generation.done` of what happened to a noun; the type of anything else. */
function nameOfPiece(piece: unknown): string {
  const { noun, verb, type } = piece as { noun?: string; verb?: string; type?: string };
  return noun && verb ? `${noun}.${verb}` : (type ?? 'message');
}

function answerDocument(request: Request): Response {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw new RestFailure('METHOD_NOT_ALLOWED', 'This address answers GET, HEAD.', { headers: { allow: 'GET, HEAD' } });
  }
  const { text, etag } = documentBytes();
  const headers = { etag, 'cache-control': 'public, max-age=300', 'content-type': 'application/json; charset=utf-8' };
  if (isKnown(request, etag)) return new Response(null, { status: 304, headers });
  return bodiless(request, new Response(text, { headers }));
}
