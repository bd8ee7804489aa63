import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { memberships, transactAs } from '@repo/db';
import type { ReaderContext, UserActor, UserContext } from '@repo/domain/context';
import { createEventRelay } from '@repo/domain/events/event-relay';
import type { BrandRole } from '@repo/domain/permissions/rules';
import { aWorld } from '@repo/domain/testing';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import superjson from 'superjson';
import { type ApiContext, appRouter, createCaller } from '../src/index.server.ts';

export type House = Awaited<ReturnType<typeof aHouse>>;

/** What came back over HTTP: an answer or a refusal, each as it stands on the wire. */
export type Reply = { status: number; text: string; result: unknown; error: ReplyError | null };
export type ReplyError = {
  message: string;
  data: {
    code: string;
    httpStatus: number;
    requestId: string | null;
    domain: { code: string; details: Record<string, string | number> } | null;
    fields: Record<string, string[]> | null;
  };
};

/** The router on a real database, files and queue, asked in-process and over a real HTTP server. */
export async function aHouse() {
  const world = await aWorld();
  const relay = createEventRelay(world.db, (error) => world.errors.push(error));
  /** The keys of the presses by which visitors became guests. */
  const presses: (string | undefined)[] = [];
  const callers = new Map<string, ReaderContext>();

  const contextOf = (who: ReaderContext): ApiContext => {
    const { actor, addressHash, key: limits, ...tools } = who;
    const key = limits ? { ...limits, id: 'key-1', perMinute: 100 } : null;
    return {
      tools,
      relay,
      actor,
      addressHash,
      key,
      requestId: 'request-1',
      async becomeGuest(pressKey): Promise<UserActor> {
        presses.push(pressKey);
        return (await world.aGuest()).actor;
      },
    };
  };

  const handler = createHTTPHandler({
    router: appRouter,
    basePath: '/api/trpc/',
    createContext: ({ req }) => contextOf(callers.get(String(req.headers['x-as'])) ?? world.visitor),
  });
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/trpc`;

  /** Names somebody, for the requests that are theirs. */
  const headersOf = (who: ReaderContext): Record<string, string> => {
    const name = who.actor.kind === 'user' ? who.actor.userId : `visitor-${callers.size}`;
    callers.set(name, who);
    return { 'x-as': name, 'content-type': 'application/json' };
  };
  const wireOf = (input: unknown) => JSON.stringify(superjson.serialize(input));
  const addressOf = (path: string, input: unknown) => `${origin}/${path}?input=${encodeURIComponent(wireOf(input))}`;

  return {
    ...world,
    relay,
    presses,
    contextOf,
    async join(brandId: string, person: UserContext, role: BrandRole): Promise<UserContext> {
      const membership = { brandId, userId: person.actor.userId, role };
      await transactAs(world.db, world.system.actor, (tx) => tx.insert(memberships).values(membership));
      return person;
    },
    callerOf: (who: ReaderContext) => createCaller(contextOf(who)),

    get: async (who: ReaderContext, path: string, input?: unknown): Promise<Reply> =>
      readReply(await fetch(addressOf(path, input), { headers: headersOf(who) })),

    post: async (who: ReaderContext, path: string, input?: unknown): Promise<Reply> =>
      readReply(await fetch(`${origin}/${path}`, { method: 'POST', headers: headersOf(who), body: wireOf(input) })),

    /** What a client that reads streams is sent, line by line, until the answer ends. */
    readLines: async (who: ReaderContext, path: string, input: unknown): Promise<string[]> => {
      const answer = await fetch(`${origin}/${path}?batch=1`, {
        method: 'POST',
        headers: { ...headersOf(who), 'trpc-accept': 'application/jsonl' },
        body: JSON.stringify({ 0: superjson.serialize(input) }),
      });
      return (await answer.text()).split('\n').filter((line) => line.trim() !== '');
    },

    /** Opens an event stream; ended by `signal`. */
    open: (who: ReaderContext, path: string, input: unknown, signal: AbortSignal, headers = {}) =>
      fetch(addressOf(path, input), {
        headers: { ...headersOf(who), accept: 'text/event-stream', ...headers },
        signal,
      }),

    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await relay.stop();
      await world.close();
    },
  };
}

async function readReply(response: Response): Promise<Reply> {
  const text = await response.text();
  const body = JSON.parse(text) as { result?: { data: never }; error?: never };
  return {
    status: response.status,
    text,
    result: body.result ? superjson.deserialize(body.result.data) : null,
    error: body.error ? superjson.deserialize<ReplyError>(body.error) : null,
  };
}
