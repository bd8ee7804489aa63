import { createHmac } from 'node:crypto';
import type { ApiContext } from '@repo/api';
import { tell } from '@repo/telemetry';
import { TRPCError } from '@trpc/server';
import type { KeyHolder, RequestSession } from '../accounts/index.server.ts';
import { awaySentenceOf, isDatabaseAway } from '../database-away.ts';
import { type RequestScope, scopeOf } from '../http/request-scope.ts';
import { spend } from '../limits/spend.ts';
import { toolbox } from '../tools.server.ts';
import { keyHolderOf } from './request-key.ts';

const SESSION = Symbol('session');
const CONTEXT = Symbol('context');

/** Who is behind a request. Asked once per request; cookies that must be renewed go out with the answer. */
export function sessionOf(request: Request): Promise<RequestSession> {
  return once(scopeOf(request), SESSION, async () => keep(request, await toolbox().accounts.sessionFor(request)));
}

/** Lets the answer to `request` carry these cookies. */
export function keep<Answer extends { setCookie: string[] }>(request: Request, answer: Answer): Answer {
  for (const line of answer.setCookie) scopeOf(request).cookies.append('set-cookie', line);
  return answer;
}

/**
 * What the API works with for whoever is behind `request`.
 * @throws TRPCError `SERVICE_UNAVAILABLE` while the database is away.
 */
export function apiContextFor(request: Request): Promise<ApiContext> {
  return once(scopeOf(request), CONTEXT, async () => {
    const { tools, relay } = toolbox();
    const held = await keyHolderOf(request);
    if (held) return contextOfKey(request, held);
    const session = await sessionOf(request).catch((error: unknown) => {
      if (!isDatabaseAway(error)) throw error;
      throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', message: awaySentenceOf(error), cause: error });
    });
    if (session.actor.kind === 'user') tell({ userId: session.actor.userId });
    const { requestId, clientAddress } = scopeOf(request);
    const context: ApiContext = {
      tools,
      relay,
      actor: session.actor,
      addressHash: hashAddress(clientAddress),
      requestId,
      becomeGuest: async () => {
        // Of several writes in one request, the first one makes the guest.
        const { actor } = await once(scopeOf(request), GUEST, () => becomeGuest(request, session));
        if (actor.kind !== 'user') throw new Error('a guest without a row');
        context.actor = actor;
        return actor;
      },
    };
    return limited(request, context);
  });
}

/** With the limits that count what is asked for. */
function limited(request: Request, context: ApiContext): ApiContext {
  const { limits } = toolbox();
  if (limits) context.spend = (cost) => spend({ limits, scope: scopeOf(request), request, asker: context }, cost);
  return context;
}

/** A request with a key is the key's alone: its cookies do not count, it gets none, and makes no guest. */
function contextOfKey(request: Request, { actor, key }: KeyHolder): ApiContext {
  const { tools, relay } = toolbox();
  const { requestId, clientAddress } = scopeOf(request);
  return limited(request, {
    tools,
    relay,
    actor,
    key,
    addressHash: hashAddress(clientAddress),
    requestId,
    becomeGuest: async () => actor,
  });
}

const GUEST = Symbol('guest');

async function becomeGuest(request: Request, session: RequestSession): Promise<RequestSession> {
  if (session.lapsed) {
    throw new TRPCError({
      code: 'UNAUTHORIZED',
      message: 'Your session has ended. Sign in again, then send this once more.',
    });
  }
  const { pressKey, memo } = scopeOf(request);
  const guest = await toolbox().accounts.becomeGuest(request, pressKey ? { pressKey } : {});
  memo.set(SESSION, Promise.resolve(guest));
  return keep(request, guest);
}

/** An address is personal: what is kept of it cannot be turned back, nor compared with another installation's. */
function hashAddress(address: string): string | null {
  if (!address) return null;
  return createHmac('sha256', toolbox().env.SESSION_SECRET)
    .update(`address:${address}`)
    .digest('base64url')
    .slice(0, 32);
}

function once<Answer>({ memo }: RequestScope, key: symbol, ask: () => Promise<Answer>): Promise<Answer> {
  const known = memo.get(key) as Promise<Answer> | undefined;
  if (known) return known;
  const answer = ask();
  memo.set(key, answer);
  return answer;
}
