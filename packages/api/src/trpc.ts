import type { SessionToken } from '@repo/domain/accounts/token-schema';
import type { ReaderContext, Tools, UserActor, UserContext, VisitorActor } from '@repo/domain/context';
import { DomainError, type DomainErrorCode } from '@repo/domain/errors';
import type { EventRelay } from '@repo/domain/events/event-relay';
import { IdempotencyKey } from '@repo/domain/generation/schema';
import type { KeyLimits } from '@repo/domain/permissions/rules';
import type { TokenSignInInput } from '@repo/domain/second-factor/schema';
import { inSpan, signal } from '@repo/telemetry';
import { initTRPC, TRPCError } from '@trpc/server';
import { z } from 'zod';
import type { CostClass, ProcedureMeta } from './procedure-meta.ts';
import { mustBeStorable } from './storable.ts';
import { wire } from './wire.ts';

/** Who asks, from where, and with what the answer is made. */
export type ApiContext = {
  tools: Tools;
  relay: EventRelay;
  actor: UserActor | VisitorActor;
  addressHash: string | null;
  requestId: string;
  /** The key that the asker came with; absent or null where a session's cookie or nothing did. */
  key?: KeyInHand | null;
  /** Sessions of clients without cookies. Null of a verb: it was not to be had. */
  tokens?: {
    signIn(input: TokenSignInInput): Promise<SessionToken | null>;
    refresh(): Promise<SessionToken | null>;
    signOut(): Promise<boolean>;
  };
  /**
   * Makes a guest of a visitor, at their first write. Sets the session's cookie on the answer. Both halves of a
   * double click have one `pressKey` and become one guest.
   */
  becomeGuest(pressKey?: string): Promise<UserActor>;
  /** True: a list is answered with how much there is of it. */
  countsLists?: boolean;
  /** Counts a call against whoever makes it; throws a DomainError when they have to wait. Absent: nothing is counted. */
  spend?(cost: CostClass): Promise<void>;
};

/** An API key as the API sees it: it narrows what its holder may do, and never widens it. */
export type KeyInHand = KeyLimits & {
  id: string;
  /** Its own limit; without one, that of a person. */
  perMinute?: number | null;
};

const OUR_FAULT = 'Something went wrong on our side.';

/** True for the bare text of a failure of ours. What a subscription throws on its way passes no middleware. */
const isUntold = ({ code, message, cause }: TRPCError) =>
  code === 'INTERNAL_SERVER_ERROR' && message === cause?.message;

const UNREADABLE = 'This request cannot be read.';

/** True for the words of a parser that met a body which is no request of ours: they tell of our code, not of theirs. */
const isUnreadable = ({ code, cause }: TRPCError) =>
  (code === 'PARSE_ERROR' || code === 'BAD_REQUEST') && (cause instanceof SyntaxError || cause instanceof TypeError);

const t = initTRPC
  .context<ApiContext>()
  .meta<ProcedureMeta>()
  .create({
    transformer: wire,
    isDev: false,
    errorFormatter: ({ shape, error, ctx }) => ({
      ...shape,
      message: isUntold(error) ? OUR_FAULT : isUnreadable(error) ? UNREADABLE : shape.message,
      data: {
        ...shape.data,
        requestId: ctx?.requestId ?? null,
        domain: DomainError.is(error.cause) ? { code: error.cause.code, details: error.cause.details } : null,
        fields:
          error.code === 'BAD_REQUEST' && error.cause instanceof z.ZodError
            ? z.flattenError(error.cause).fieldErrors
            : null,
      },
    }),
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
  });

const TRPC_CODE = {
  not_found: 'NOT_FOUND',
  forbidden: 'FORBIDDEN',
  conflict: 'CONFLICT',
  quota_exceeded: 'TOO_MANY_REQUESTS',
  out_of_credits: 'PAYMENT_REQUIRED',
  invalid: 'BAD_REQUEST',
  // Not UNAUTHORIZED: a guest is somebody already, and keeps what they typed on the page.
  sign_up_first: 'PRECONDITION_FAILED',
} satisfies Record<DomainErrorCode, TRPCError['code']>;

/** What a person is told of an input that does not fit: the first sentence, with its field where it has one. */
function sentenceOf(error: z.ZodError): string {
  const [issue] = error.issues;
  if (!issue) return 'This input does not fit.';
  const isOurs = /[.!?]$/.test(issue.message);
  return isOurs || issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}.`;
}

/** Turns every domain refusal into its tRPC code, and hides the text of every other failure. */
const translateErrors = t.middleware(async ({ next }) => {
  const result = await next();
  if (result.ok) return result;
  const { error } = result;
  if (DomainError.is(error.cause)) {
    throw new TRPCError({ code: TRPC_CODE[error.cause.code], message: error.cause.message, cause: error.cause });
  }
  if (error.cause instanceof z.ZodError && error.code === 'BAD_REQUEST') {
    throw new TRPCError({ code: 'BAD_REQUEST', message: sentenceOf(error.cause), cause: error.cause });
  }
  if (error.code === 'INTERNAL_SERVER_ERROR') {
    throw new TRPCError({ code: error.code, message: OUR_FAULT, cause: error.cause });
  }
  return result;
});

export const { router, createCallerFactory } = t;

/** A key without the scope of what it asks for is told which one it lacks. */
const withinScope = t.middleware(({ ctx, meta, next }) => {
  const wanted = meta?.scope ?? null;
  if (ctx.key && wanted && !ctx.key.scopes.includes(wanted)) {
    throw new TRPCError({ code: 'FORBIDDEN', message: `This key lacks the scope ${wanted}.` });
  }
  return next();
});

/** Before anything is looked at, so that what is refused counts as well. */
const counted = t.middleware(async ({ ctx, meta, next }) => {
  await ctx.spend?.(meta?.cost ?? 'write');
  return next();
});

/** What the database cannot hold is refused here, for every schema at once. */
const storable = t.middleware(async ({ getRawInput, next }) => {
  try {
    mustBeStorable(await getRawInput());
  } catch (cause) {
    if (!(cause instanceof z.ZodError)) throw cause;
    throw new TRPCError({ code: 'BAD_REQUEST', message: sentenceOf(cause), cause });
  }
  return next();
});

/** Each call is a span and a number under its procedure's name. */
const watched = t.middleware(({ path, type, next }) =>
  inSpan(`${type} ${path}`, { facts: { 'rpc.method': path } }, async (span) => {
    const since = performance.now();
    const result = await next();
    const outcome = result.ok ? 'ok' : result.error.code;
    span.set({ 'rpc.outcome': outcome });
    if (outcome === 'INTERNAL_SERVER_ERROR') span.fail(outcome);
    if (type !== 'subscription') signal({ type: 'procedure', procedure: path, outcome, ms: performance.now() - since });
    return result;
  }),
);

/** What a verb is handed. */
const domainOf = <Who extends UserActor | VisitorActor>(
  { tools, addressHash, key, countsLists }: ApiContext,
  actor: Who,
) => ({
  ...tools,
  actor,
  addressHash,
  key: key ?? null,
  countsLists: countsLists ?? false,
});

const translated = t.procedure.use(watched).use(translateErrors).use(counted).use(withinScope).use(storable);

/** For everybody. Hands the procedure `ctx.domain` as whoever asks. */
export const publicProcedure = translated.use(({ ctx, next }) => {
  const domain: ReaderContext = domainOf(ctx, ctx.actor);
  return next({ ctx: { domain } });
});

const mustBeKnown = t.middleware(({ ctx, next }) => {
  const { actor } = ctx;
  if (actor.kind !== 'user') throw new TRPCError({ code: 'UNAUTHORIZED', message: 'Sign in first.' });
  const domain: UserContext = domainOf(ctx, actor);
  return next({ ctx: { domain } });
});

/** For guests and people with an account. */
export const userProcedure = translated.use(mustBeKnown);

/** True for a procedure that turns visitors away. */
export const isForKnown = (def: object): boolean => {
  const { middlewares = [] } = def as { middlewares?: unknown[] };
  return mustBeKnown._middlewares.some((one) => middlewares.includes(one));
};

/**
 * For first writes: a visitor becomes a guest by it. Stands after `.input(...)`, so that a request which makes no sense
 * makes no guest either.
 */
export const asGuest = t.middleware(async ({ ctx, next, input }) => {
  const actor = ctx.actor.kind === 'user' ? ctx.actor : await ctx.becomeGuest(pressKeyOf(input));
  const domain: UserContext = domainOf(ctx, actor);
  return next({ ctx: { domain } });
});

/** The key of the press that asks, when it has one. */
function pressKeyOf(input: unknown): string | undefined {
  const parsed = z.object({ idempotencyKey: IdempotencyKey }).safeParse(input);
  return parsed.success ? parsed.data.idempotencyKey : undefined;
}
