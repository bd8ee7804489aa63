import { randomUUID } from 'node:crypto';
import { appRouter } from '@repo/api';
import { answerApi } from '@repo/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { action, loader } from '#app/routes/settings_.keys/route.tsx';
import { aPagesHouse, leadsTo, type PagesHouse, type Somebody, thrownBy } from './pages-house.ts';

let house: PagesHouse;
beforeAll(async () => {
  house = await aPagesHouse();
});
afterAll(() => house.close());

const DEAD = 'This key does not work. Check that it was copied whole, or make a new one in your settings.';

type Account = Somebody & { userId: string };

async function aKeyMaker(): Promise<Account> {
  const person = await house.aPersonWithAccount();
  await house.db.$client`update "user" set email_verified = true where id = ${person.userId}`;
  return person;
}

/** Sends the form to make a key; resolves to the key, or to what was said instead. */
async function make(who: Account, changes: Record<string, string> = {}) {
  const fields = { intent: 'make', name: 'CI', owner: 'me', preset: 'all', lifetime: '90', formKey: randomUUID() };
  const answer = await post(who, { ...fields, ...changes });
  return { key: answer.fresh?.key ?? '', said: answer.message ?? Object.values(answer.fields ?? {}).flat()[0] ?? null };
}

type Posted = { fresh?: { key: string }; message?: string | null; fields?: Record<string, string[]> };
async function post(who: Account, fields: Record<string, string>): Promise<Posted> {
  const answer = (await action(house.post('/settings/keys', fields, {}, who))) as unknown as { data: Posted };
  return answer.data;
}

const keysOf = async (who: Account) => (await loader(house.get('/settings/keys', {}, who))).keys;

type Reply = { status: number; said: string; data: unknown; setCookie: string | null };
async function call(path: string, headers: Record<string, string>, body?: object): Promise<Reply> {
  const url = `http://localhost:3000/api/trpc/${path}`;
  const init = body
    ? {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ json: body }),
      }
    : { headers };
  const answer = await answerApi(new Request(url, init));
  const text = await answer.text();
  // A stream has begun by the time it is refused: its refusal is an event.
  const refusal = /^event: serialized-error\ndata: (.*)$/m.exec(text)?.[1];
  if (refusal) {
    const { message, data } = (JSON.parse(refusal) as { json: { message: string; data: { httpStatus: number } } }).json;
    return { status: data.httpStatus, said: message, data: null, setCookie: answer.headers.get('set-cookie') };
  }
  const { result, error } = JSON.parse(text) as {
    result?: { data: { json: unknown } };
    error?: { json: { message: string } };
  };
  const said = error?.json.message ?? '';
  return { status: answer.status, said, data: result?.data.json, setCookie: answer.headers.get('set-cookie') };
}
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

test('a key is shown once, kept as a digest, and acts as its person', async () => {
  const ann = await aKeyMaker();
  const { key } = await make(ann);
  expect(key).toMatch(/^rk_[\w-]{43}$/);
  const [view] = await keysOf(ann);
  expect(view).toMatchObject({ name: 'CI', start: key.slice(0, 7), lastUsedAt: null, brandId: null });
  expect(JSON.stringify(await house.db.$client`select * from api_key`)).not.toContain(key.slice(8));

  expect((await call('credits.balance', bearer(key))).data).toMatchObject({ credits: 100, isGuest: false });
  expect((await call('brands.create', { 'x-api-key': key }, { name: `B ${randomUUID()}` })).data).toMatchObject({
    role: 'owner',
  });
  await expect.poll(async () => (await keysOf(ann))[0]?.lastUsedAt).not.toBeNull();
  const told = await house.db.$client`select verb from event where noun = 'key' and noun_id = ${view!.id} order by id`;
  expect(told.map(({ verb }) => verb)).toEqual(['made', 'first_used']);
});

test('its maker says how often a key may ask in a minute', async () => {
  const ann = await aKeyMaker();
  await make(ann, { perMinute: '7' });
  expect((await keysOf(ann))[0]).toMatchObject({ perMinute: 7 });
  for (const perMinute of ['0', '1001', '1.5', 'many', '']) {
    expect((await make(ann, { perMinute })).said).toBe('A key may ask 1 to 1,000 times a minute, in whole numbers.');
  }
});

test('a form that was sent twice makes one key and shows the same one', async () => {
  const ann = await aKeyMaker();
  const formKey = randomUUID();
  const [first, second] = await Promise.all([make(ann, { formKey }), make(ann, { formKey })]);
  expect(first.key).toBe(second.key);
  expect(await keysOf(ann)).toHaveLength(1);
  const eve = await aKeyMaker();
  expect((await make(eve, { formKey })).key).not.toBe(first.key);
});

test('a guest and somebody whose address is not confirmed make no keys', async () => {
  const unconfirmed = await house.aPersonWithAccount();
  expect((await make(unconfirmed)).said).toBe(
    'Confirm your e-mail address first: keys are only for people whose address we know.',
  );
  const guest = await house.aGuestWithCookie();
  expect((await make(guest)).said).toBe('Sign in first.');
  const away = await thrownBy(loader(house.get('/settings/keys', {}, guest)));
  expect(away.headers.get('location')).toBe('/sign-in?to=%2Fsettings%2Fkeys');
});

test('a key may do what its scopes say, and nothing else', async () => {
  const ann = await aKeyMaker();
  const reader = await make(ann, { preset: 'read' });
  expect((await call('brands.mine', bearer(reader.key))).status).toBe(200);
  expect(await call('brands.create', bearer(reader.key), { name: 'Another' })).toMatchObject({
    status: 403,
    said: 'This key lacks the scope brands:write.',
  });
  const one = await make(ann, { preset: 'chosen', 'may credits:read': 'on' });
  expect((await call('brands.mine', bearer(one.key))).said).toBe('This key lacks the scope brands:read.');
  expect((await make(ann, { preset: 'chosen' })).said).toBe('Tick at least one thing that the key may do.');
});

test('every key that opens nothing is told the same, by every procedure', async () => {
  const ann = await aKeyMaker();
  const made = await Promise.all([make(ann), make(ann)]);
  const [expired, revoked] = made.map(({ key }) => key) as [string, string];
  await house.db
    .$client`update api_key set expires_at = now() - interval '1 second' where start = ${expired.slice(0, 7)}`;
  const gone = (await keysOf(ann)).find(({ start }) => start === revoked.slice(0, 7))!;
  const revoke = () => thrownBy(action(house.post('/', { intent: 'revoke', keyId: gone.id }, {}, ann)));
  expect(leadsTo(await revoke())).toBe('/settings/keys?done=revoke');
  expect(leadsTo(await revoke())).toBe('/settings/keys?done=revoke');

  for (const key of [expired, revoked, `rk_${'a'.repeat(43)}`, 'rk_short', 'rk_']) {
    expect(await call('credits.balance', bearer(key))).toMatchObject({ status: 401, said: DEAD });
  }
  expect(await call('credits.balance', { 'x-api-key': 'nonsense' })).toMatchObject({ status: 401, said: DEAD });
  const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>);
  for (const [path, { _def }] of procedures) {
    const answer = await call(path, bearer(expired), _def.type === 'mutation' ? {} : undefined);
    expect(answer, path).toMatchObject({ status: 401, said: DEAD });
  }
});

test('beside a key no cookie counts, and none is set', async () => {
  const [ann, eve] = [await aKeyMaker(), await aKeyMaker()];
  const { key } = await make(ann);
  const mine = await call('brands.create', { ...bearer(key), cookie: eve.cookie }, { name: `Ann ${randomUUID()}` });
  expect(mine).toMatchObject({ status: 200, setCookie: null });
  expect((await loader(house.get('/settings/keys', {}, ann))).brands).toHaveLength(1);
  expect((await loader(house.get('/settings/keys', {}, eve))).brands).toHaveLength(0);
  const dead = await call('brands.mine', { ...bearer(`rk_${'b'.repeat(43)}`), cookie: eve.cookie });
  expect(dead.status).toBe(401);
});

test('a key in an address is refused, with what to do', async () => {
  const { key } = await make(await aKeyMaker());
  const answer = await call(`credits.balance?api_key=${key}`, {});
  expect(answer.status).toBe(401);
  expect(answer.said).toContain('never into an address');
  expect((await call('credits.balance', { ...bearer(key), 'x-api-key': `${key}x` })).said).toBe(DEAD);
});

test('a rotated key keeps its name and rights, and the old one stops', async () => {
  const ann = await aKeyMaker();
  const { key } = await make(ann, { preset: 'read' });
  const { id } = (await keysOf(ann))[0]!;
  const again = (await post(ann, { intent: 'rotate', keyId: id, formKey: randomUUID() })).fresh!.key;
  expect((await call('brands.mine', bearer(key))).said).toBe(DEAD);
  expect((await call('brands.mine', bearer(again))).status).toBe(200);
  expect(await keysOf(ann)).toMatchObject([{ id, start: again.slice(0, 7) }]);

  const eve = await aKeyMaker();
  expect((await post(eve, { intent: 'rotate', keyId: id, formKey: randomUUID() })).message).toBe(
    'There is no such key.',
  );
  expect((await post(eve, { intent: 'revoke', keyId: id })).message).toBe('There is no such key.');
});

async function aBrandOf(who: Account): Promise<string> {
  const brand = await call('brands.create', { cookie: who.cookie }, { name: `Brand ${randomUUID()}` });
  return (brand.data as { id: string }).id;
}
const join = (who: Account, brandId: string, role: string) =>
  house.db.$client`insert into membership (brand_id, user_id, role) values (${brandId}, ${who.userId}, ${role})
    on conflict (brand_id, user_id) do update set role = excluded.role`;

test('a key of a brand outlives its maker’s role, spends the brand’s credits, and is of no other brand', async () => {
  const [ann, bob] = [await aKeyMaker(), await aKeyMaker()];
  const brandId = await aBrandOf(ann);
  await join(bob, brandId, 'admin');
  const { key } = await make(bob, { owner: brandId });
  await join(bob, brandId, 'analyst');

  expect((await call('credits.balance', bearer(key))).data).toMatchObject({ credits: 0 });
  const wish = { kind: 'image.create', prompt: 'a lake', idempotencyKey: randomUUID() };
  expect(await call('generation.request', bearer(key), wish)).toMatchObject({
    status: 402,
    said: 'This costs 4 credits and the brand has 0. Nothing was charged.',
  });
  const elsewhere = await aBrandOf(ann);
  const other = await call('generation.request', bearer(key), { ...wish, brandId: elsewhere });
  expect(other).toMatchObject({ status: 403 });
  // Its scopes end before brands and quotas; and whatever they were, a service user is no owner.
  expect((await call('brands.create', bearer(key), { name: 'More' })).said).toBe(
    'This key lacks the scope brands:write.',
  );
  expect((await call('brands.mine', bearer(key))).data).toMatchObject([{ id: brandId, role: 'editor' }]);

  expect(await keysOf(bob)).toEqual([]);
  expect(await keysOf(ann)).toMatchObject([{ brandId, madeBy: 'Ann' }]);
  expect((await make(bob, { owner: brandId })).said).toBe(
    'Only the owners and admins of a brand may make keys for it.',
  );
  expect((await make(bob, { owner: elsewhere })).said).toBe('There is no such brand.');
  const people = await house.db.$client`select count(*)::int as n from "user" where service_of = ${brandId}`;
  expect(people[0]).toEqual({ n: 1 });

  await house.db.$client`delete from membership where brand_id = ${brandId} and role = 'editor'`;
  expect((await call('brands.mine', bearer(key))).said).toBe(DEAD);
});

test('nobody has more than fifty live keys', async () => {
  const ann = await aKeyMaker();
  await house.db.$client`
    insert into api_key (user_id, made_by, name, start, hash, form_hash, scopes, per_minute)
    select ${ann.userId}, ${ann.userId}, 'Old ' || n, 'rk_old', ${ann.userId} || n, n, '{ads:read}', 100
    from generate_series(1, 50) n`;
  expect((await make(ann)).said).toBe('You have 50 keys already. Revoke one that is no longer needed.');
  expect(await keysOf(ann)).toHaveLength(50);
});
