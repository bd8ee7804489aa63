import type { Tools, UserContext } from '@repo/domain/context';
import { aWorld } from '@repo/domain/testing';
import { pageSession } from '@repo/runtime';

/** Where the runtime keeps what a process works with. */
const KEY = Symbol.for('@repo/runtime/tools');
type Opened = {
  tools: Tools;
  accounts: {
    signUp(request: Request, input: object): Promise<{ setCookie: string[]; userId: string }>;
    becomeGuest(request: Request): Promise<{ setCookie: string[]; actor: { userId: string } }>;
  };
  close(): Promise<void>;
};

export type PagesHouse = Awaited<ReturnType<typeof aPagesHouse>>;
/** Somebody with a browser: what they ask carries their cookies. */
export type Somebody = { cookie: string; userId: string | null };

export type Args = { request: Request; params: Record<string, string>; context: Record<string, never> };

/**
 * What loaders and actions stand on, real but for the model: a database of its own, accounts with cookies, files on
 * disk, and the step a worker would run.
 */
export async function aPagesHouse(options: Parameters<typeof aWorld>[0] = {}) {
  const world = await aWorld(options);
  Object.assign(process.env, {
    DATABASE_URL: world.url,
    SESSION_SECRET: 'a-secret-of-the-tests-with-32-characters',
    // Somebody here presses more in a second than a person in minutes; limits have tests of their own.
    RATE_LIMITS: '20',
    ENCRYPTION_KEYS: '1:dGhlLWtleS1vZi10aGUtdGVzdHMtMzItYnl0ZXMtISE=',
  });
  await pageSession(new Request('http://localhost:3000/'));
  const opened = (globalThis as { [KEY]?: Opened })[KEY]!;
  // What the pages ask for is finished by the world's step, so both must know the same files and models.
  Object.assign(opened.tools, { store: world.tools.store, models: world.tools.models });

  let hosts = 0;
  /** Of a network of its own, so that no limit interferes. */
  const headersOf = (who: Somebody | null): Record<string, string> => ({
    origin: 'http://localhost:3000',
    'x-client-ip': `198.51.100.${(hosts++ % 250) + 1}`,
    ...(who?.cookie ? { cookie: who.cookie } : {}),
  });
  const cookieOf = (lines: string[]) => lines.map((line) => line.split(';')[0]).join('; ');

  const house = {
    ...world,

    /** The arguments of a loader. */
    get(path: string, params: Record<string, string> = {}, who: Somebody | null = null): Args {
      return { request: new Request(`http://localhost:3000${path}`, { headers: headersOf(who) }), params, context: {} };
    },

    /** The arguments of an action, as a browser without scripts sends them. */
    post(
      path: string,
      fields: Record<string, string>,
      params: Record<string, string>,
      who: Somebody | null = null,
    ): Args {
      const init = { method: 'POST', headers: headersOf(who), body: new URLSearchParams(fields) };
      return { request: new Request(`http://localhost:3000${path}`, init), params, context: {} };
    },

    async aPersonWithAccount(): Promise<Somebody & { userId: string }> {
      const { request } = house.post('/sign-up', {}, {});
      const person = { name: 'Ann', email: `ann-${crypto.randomUUID()}@example.com`, password: 'seven green kettles' };
      const { setCookie, userId } = await opened.accounts.signUp(request, { ...person, keepSignedIn: false });
      return { cookie: cookieOf(setCookie), userId };
    },

    async aGuestWithCookie(): Promise<Somebody & { userId: string }> {
      const { actor, setCookie } = await opened.accounts.becomeGuest(house.post('/', {}, {}).request);
      return { cookie: cookieOf(setCookie), userId: actor.userId };
    },

    async aStaffMemberWithAccount(): Promise<Somebody & { userId: string }> {
      const person = await house.aPersonWithAccount();
      await world.db.$client`update "user" set platform_role = 'staff' where id = ${person.userId}`;
      return person;
    },

    /** Ends what somebody is signed in with, as time would; resolves to the cookie they still have. */
    async endSessionsOf(who: Somebody & { userId: string }): Promise<string> {
      await world.db.$client`update session set expires_at = 'epoch' where user_id = ${who.userId}`;
      return who.cookie;
    },

    /** The same person, for the verbs of the domain. */
    contextOf: (userId: string): UserContext => ({
      ...world.tools,
      actor: { kind: 'user', userId, isGuest: false },
      addressHash: null,
    }),

    async close() {
      await opened.close();
      await world.close();
    },
  };
  return house;
}

/** What a page answered with instead of itself: a redirect or a failure. */
export async function thrownBy(answer: Promise<unknown> | unknown): Promise<Response> {
  try {
    await answer;
  } catch (thrown) {
    if (thrown instanceof Response) return thrown;
    throw thrown;
  }
  throw new Error('The page was shown.');
}

/** Where an action leads to. */
export function leadsTo(answer: unknown): string {
  if (!(answer instanceof Response)) throw new Error(`The form was not taken: ${JSON.stringify(answer)}`);
  return answer.headers.get('location') ?? '';
}
