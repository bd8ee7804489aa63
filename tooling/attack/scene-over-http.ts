import { randomBytes } from 'node:crypto';
import type { SceneHouse } from '@repo/api/policy';
import type { ReaderContext, UserContext } from '@repo/domain/context';
import { hashOfKey } from '../../packages/runtime/src/accounts/mint-key.ts';
import { ask, call, must, procedures, type Said } from './ask.ts';
import { publishAs, seat, uploadAs, whenMade } from './seat-people.ts';
import type { Somebody, Target } from './target.ts';

/** The people of the policy's scene as they come by HTTP. */
export type HttpScene = {
  house: SceneHouse;
  /** How somebody of the scene is seen on the wire; undefined for a visitor. */
  wireOf(who: ReaderContext): Somebody | undefined;
  /** A key of somebody's; expired where `isExpired`. */
  aKey(who: ReaderContext, scopes: readonly string[], isExpired?: boolean): Promise<Somebody>;
};

/** What the policy's scene is set up with, over HTTP against the running product instead of in-process. */
export function sceneOverHttp(target: Target): HttpScene {
  const people = new Map<string, Somebody>();
  const enter = async (name: string, kind: { isGuest?: boolean; isStaff?: boolean } = {}): Promise<UserContext> => {
    const somebody = await seat(target, name, kind);
    people.set(somebody.userId, somebody);
    const actor = { kind: 'user', userId: somebody.userId, isGuest: kind.isGuest ?? false };
    return { actor, addressHash: null } as unknown as UserContext;
  };
  const wireOf = ({ actor }: ReaderContext) => (actor.kind === 'user' ? people.get(actor.userId) : undefined);
  const house: SceneHouse = {
    visitor: { actor: { kind: 'visitor' }, addressHash: null } as unknown as ReaderContext,
    aGuest: () => enter('guest', { isGuest: true }),
    aPerson: () => enter('person'),
    aStaffMember: () => enter('staff', { isStaff: true }),
    anAsset: (person) => uploadAs(target, wireOf(person)!),
    anAd: async (person) => {
      const who = wireOf(person)!;
      return (await publishAs(
        target,
        who,
        await uploadAs(target, who),
        `Brand ${randomBytes(4).toString('hex')}`,
      )) as never;
    },
    async join(brandId, person, role) {
      await target.sql`insert into membership (brand_id, user_id, role) values (${brandId}, ${person.actor.userId}, ${role})`;
      return person;
    },
    callerOf: (who) => callerOver(target, wireOf(who)) as never,
    advance: async (generationId) => {
      const [row] = await target.sql<
        { owner_id: string }[]
      >`select owner_id from generation where id = ${generationId}`;
      await whenMade(target, generationId, people.get(row!.owner_id)!);
    },
  };
  return {
    house,
    wireOf,
    async aKey(who, scopes, isExpired = false) {
      const somebody = wireOf(who)!;
      const key = `rk_${randomBytes(32).toString('base64url')}`;
      await target.sql`insert into api_key (user_id, made_by, name, start, hash, form_hash, scopes, per_minute, expires_at)
        values (${somebody.userId}, ${somebody.userId}, 'Attack', ${key.slice(0, 7)}, ${await hashOfKey(key)},
          ${key}, ${[...scopes]}, 10000, ${isExpired ? new Date(0) : null})`;
      return { ...somebody, headers: { authorization: `Bearer ${key}` } };
    },
  };
}

/** The router's shape, each call of which goes over HTTP as this somebody. */
function callerOver(target: Target, who: Somebody | undefined): object {
  const named = (path: string) => (input?: unknown) => must(target, path, input, who);
  const nouns = new Set(procedures.map(({ path }) => path.split('.')[0]!));
  return Object.fromEntries(
    [...nouns].map((noun) => [
      noun,
      Object.fromEntries(
        procedures
          .filter(({ path }) => path.startsWith(`${noun}.`))
          .map(({ path }) => [path.slice(noun.length + 1), named(path)]),
      ),
    ]),
  );
}

/** What somebody is told over HTTP; null where they may. A stream that refuses says so in its first event. */
export async function refusalOver(
  target: Target,
  path: string,
  input: unknown,
  who: Somebody | undefined,
): Promise<{ code: string; message: string } | null> {
  const procedure = procedures.find((one) => one.path === path)!;
  const said: Said = await call(target, procedure, input, who);
  const text = /^event: serialized-error\ndata: (.*)$/m.exec(said.text)?.[1] ?? said.text;
  const body = safeParse(text);
  const error =
    (body?.['error'] as { json?: unknown } | undefined)?.json ?? (said.text === text ? undefined : body?.['json']);
  if (!error) return said.status < 400 ? null : { code: String(said.status), message: said.text.slice(0, 200) };
  const { message, data } = error as { message: string; data: { code: string } };
  // They may: what they get is words as they are written, which a call that waits for one answer cannot be sent.
  if (data.code === 'UNSUPPORTED_MEDIA_TYPE' && message.includes('stream-like')) return null;
  return { code: data.code, message };
}

/** What somebody is told of the same by REST; null where they may, undefined where REST has no such call. */
export async function refusalByRest(
  target: Target,
  path: string,
  input: unknown,
  who: Somebody | undefined,
): Promise<string | null | undefined> {
  const { rest } = procedures.find((one) => one.path === path)!;
  // Signing in is another thing there: by tRPC nobody can.
  if (!rest || path.startsWith('auth.')) return undefined;
  const [method, template] = rest.split(' ') as [string, string];
  const fields = { ...(input as Record<string, unknown> | undefined) };
  const address = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = fields[name];
    delete fields[name];
    return encodeURIComponent(String(value));
  });
  const isRead = method === 'GET';
  const asked = Object.entries(fields).filter(([, value]) => value !== undefined);
  // How a query says what has parts of its own is the fuzzer's matter.
  if (isRead && asked.some(([, value]) => typeof value === 'object')) return undefined;
  const query = isRead ? `?${new URLSearchParams(asked.map(([name, value]) => [name, String(value)]))}` : '';
  const body = isRead || asked.length === 0 ? {} : { body: JSON.stringify(fields) };
  const headers: Record<string, string> = 'body' in body ? { 'content-type': 'application/json' } : {};
  const said = await ask(target, `/api/v1${address}${query}`, { as: who, method, headers, ...body });
  if (said.status < 400) return null;
  const { error } = (safeParse(said.text) ?? {}) as { error?: { message?: string } };
  return error?.message ?? `${said.status} without a word`;
}

function safeParse(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}
