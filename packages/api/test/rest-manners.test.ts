import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aHouse, type House } from './api-house.ts';
import { aRestHouse, type RestAnswer, type RestHouse } from './rest-house.ts';

let house: House;
let rest: RestHouse;
beforeAll(async () => {
  house = await aHouse();
  rest = await aRestHouse(house);
});
afterAll(async () => {
  await rest.close();
  await house.close();
  expect(rest.bugs).toEqual([]);
});

const told = ({ status, body }: RestAnswer) => ({ status, code: body?.error?.code, fields: body?.error?.details });
const ID = '0199aa00-0000-7000-8000-000000000000';

test('an answer is an envelope that names its request, and is read by nobody else', async () => {
  const { status, body, headers } = await rest.ask(house.visitor, 'GET', '/credits/balance');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    success: true,
    data: { isGuest: true },
    meta: { timestamp: '2026-11-30T12:00:00.000Z', version: '1.0', requestId: 'request-1' },
  });
  expect(headers.get('cache-control')).toBe('private, no-cache');
  expect(headers.get('vary')).toContain('Authorization');
  expect(headers.get('access-control-allow-origin')).toBeNull();
});

test('what has not changed is not sent again', async () => {
  const first = await rest.ask(house.visitor, 'GET', '/models');
  const etag = first.headers.get('etag')!;
  for (const tag of [etag, etag.replace('W/', ''), `"other", ${etag}`, '*']) {
    const again = await rest.ask(house.visitor, 'GET', '/models', { headers: { 'if-none-match': tag } });
    expect({ status: again.status, text: again.text, etag: again.headers.get('etag') }).toEqual({
      status: 304,
      text: '',
      etag,
    });
  }
  const other = await rest.ask(house.visitor, 'GET', '/models', { headers: { 'if-none-match': '"other"' } });
  expect(other.status).toBe(200);
});

test('HEAD is GET without its body, and no other method is taken for another', async () => {
  const head = await rest.ask(house.visitor, 'HEAD', '/models');
  expect({ status: head.status, text: head.text, hasTag: head.headers.has('etag') }).toEqual({
    status: 200,
    text: '',
    hasTag: true,
  });
  const put = await rest.ask(house.visitor, 'PUT', '/feed', { json: {}, headers: { 'x-http-method-override': 'GET' } });
  expect(told(put)).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' });
  expect(put.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
  const options = await rest.ask(house.visitor, 'OPTIONS', `/ads/${ID}`);
  expect({ status: options.status, allow: options.headers.get('allow') }).toEqual({
    status: 204,
    allow: 'DELETE, GET, HEAD, OPTIONS',
  });
});

test.each([
  '',
  '/',
  '/nowhere',
  '/feed/',
  '//feed',
  '/Feed',
  '/feed/x',
  '/ads/',
  `/ads//remixes`,
  '/__proto__',
  '/constructor',
])('there is nothing at "%s"', async (path) => {
  expect(told(await rest.ask(house.visitor, 'GET', path))).toEqual({ status: 404, code: 'NOT_FOUND', fields: [] });
});

test.each([
  ['%00', 400],
  ['..%2f..%2foperations', 400],
  ['%E0%A4%A', 400],
  [`${ID}%2fremixes`, 400],
  [encodeURIComponent(encodeURIComponent(ID.replace('a', '/'))), 400],
  [ID, 404],
])('%s in a path is a value or a mistake, never another path', async (value, status) => {
  const answer = await rest.ask(house.visitor, 'GET', `/ads/${value}`);
  expect(answer.status).toBe(status);
  expect(answer.body.success).toBe(false);
});

test.each([
  ['limit=2&limit=3', 'limit'],
  ['colour=red', 'colour'],
  ['__proto__=x', '__proto__'],
  ['__proto__.polluted=1', '__proto__.polluted'],
  ['constructor.prototype.polluted=1', 'constructor.prototype.polluted'],
  ['limit=a', 'limit'],
  ['limit=1e9', 'limit'],
  ['limit=', 'limit'],
  ['limit=0x10', 'limit'],
  ['tab=everything', 'tab'],
  ['cursor=not~a!cursor', 'cursor'],
])('the query %s is refused by the name of its field', async (query, field) => {
  const answer = await rest.ask(house.visitor, 'GET', `/feed?${query}`);
  expect(told(answer)).toMatchObject({ status: 400, code: 'VALIDATION_ERROR' });
  expect(answer.body.error.details[0].field).toBe(field);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

test('a query of thousands of fields is refused at once', async () => {
  const query = Array.from({ length: 500 }, (_, n) => `f${n}=${n}`).join('&');
  expect((await rest.ask(house.visitor, 'GET', `/feed?${query}`)).status).toBe(400);
});

test('lists, numbers and objects of a query become what the schema wants, in either way of writing', async () => {
  const person = await house.aPerson();
  const staff = await house.aStaffMember();
  const movements = await rest.ask(person, 'GET', '/credits/movements?kinds=grant&kinds=hold&limit=5');
  expect(movements.body.meta.pagination.pageSize).toBe(5);
  const id = person.actor.userId;
  for (const query of [`of.userId=${id}`, `of=${encodeURIComponent(JSON.stringify({ userId: id }))}`]) {
    expect((await rest.ask(staff, 'GET', `/operations/quotas?${query}`)).body.data.subject.id).toBe(id);
  }
  const both = await rest.ask(staff, 'GET', `/operations/quotas?of=${encodeURIComponent('{}')}&of.userId=${id}`);
  expect(both.status).toBeLessThan(500);
});

test.each([
  ['not json', '{"a":', 400],
  ['a list', '[]', 400],
  ['a text', '"hello"', 400],
  ['nothing', 'null', 400],
  ['polluting', '{"__proto__":{"isAdmin":true}}', 400],
  ['polluting further down', '{"a":[{"constructor":{}}]}', 400],
  ['bottomless', `${'{"a":'.repeat(200)}1${'}'.repeat(200)}`, 400],
  ['broken as UTF-8', '\uD800', 400],
])('a body that is %s is refused', async (_, text, status) => {
  const person = await house.aPerson();
  const answer = await rest.ask(person, 'POST', '/brands', { text, headers: { 'content-type': 'application/json' } });
  expect(told(answer)).toMatchObject({ status, code: 'VALIDATION_ERROR' });
});

test.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'application/json; charset=latin1',
  '',
])('a body of type "%s" is not read', async (type) => {
  const answer = await rest.ask(await house.aPerson(), 'POST', '/brands', {
    text: '{"name":"x"}',
    headers: { 'content-type': type },
  });
  expect(told(answer)).toMatchObject({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' });
});

test('who reads no JSON is told that there is nothing else', async () => {
  const answer = await rest.ask(house.visitor, 'GET', '/models', { headers: { accept: 'text/html' } });
  expect(told(answer)).toMatchObject({ status: 406, code: 'NOT_ACCEPTABLE' });
  for (const accept of ['*/*', 'application/*', 'text/html, application/json;q=0.5']) {
    expect((await rest.ask(house.visitor, 'GET', '/models', { headers: { accept } })).status).toBe(200);
  }
});

test('every field that does not fit is named', async () => {
  const answer = await rest.ask(await house.aPerson(), 'POST', '/ads', { json: { assetId: 'x', idempotencyKey: 'k' } });
  const fields = answer.body.error.details.map(({ field }: { field: string }) => field);
  expect(fields).toEqual(expect.arrayContaining(['assetId', 'title', 'brand', 'idempotencyKey']));
});

const picture = (key?: string) => ({
  kind: 'image.create',
  prompt: 'a lake',
  ...(key ? { idempotencyKey: key } : {}),
});
const DEEP = { kind: 'text.structured', prompt: 'x', idempotencyKey: 'press-1234', schema: {} };
test.each([
  ['at the top', '/brands', { name: 'x y z', colour: 'red' }, ['colour']],
  ['within', '/reports', { target: { adId: ID, remixId: ID }, reason: 'other' }, ['target.remixId']],
  ['of another kind of work', '/generations', { ...picture('press-1234'), assetId: ID }, ['assetId']],
  ['beside others that do not fit', '/brands', { nmae: 'x' }, ['nmae', 'name']],
  ['in what may hold anything', '/generations', { ...DEEP, schema: { type: 'object', anything: { goes: 1 } } }, []],
])('a field that there is not, %s, is named', async (_, path, json, fields) => {
  const answer = await rest.ask(await house.aPerson(), 'POST', path, { json });
  const named = answer.body.error?.details.map(({ field }: { field: string }) => field) ?? [];
  expect(named.filter((field: string) => !field.startsWith('schema'))).toEqual(fields);
});

test('of a thousand fields that there are not, some are named, and none at length', async () => {
  const json = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`${n}`.repeat(200), n]));
  const answer = await rest.ask(await house.aPerson(), 'POST', '/brands', { json });
  expect(answer.status).toBe(400);
  expect(answer.text.length).toBeLessThan(4_000);
  const nobody = await rest.ask(house.visitor, 'POST', '/brands', { json });
  expect(told(nobody)).toEqual({ status: 401, code: 'UNAUTHORIZED', fields: [] });
});

test('a write says in the body what it means: not in the query, and not twice', async () => {
  const person = await house.aPerson();
  expect((await rest.ask(person, 'POST', '/brands?name=x', { json: { name: 'x' } })).status).toBe(400);
  const twice = await rest.ask(person, 'DELETE', `/ads/${ID}`, { json: { id: randomUUID() } });
  expect(told(twice)).toMatchObject({ status: 400, fields: [{ field: 'id' }] });
});

test('the Idempotency-Key header makes two of the same press one generation, also at once', async () => {
  const person = await house.aPerson();
  const headers = { 'idempotency-key': 'a-press-of-mine' };
  const press = (json: object) => rest.ask(person, 'POST', '/generations', { json, headers });
  const [one, two] = await Promise.all([press(picture()), press(picture())]);
  expect(one.status).toBe(200);
  expect(two.body.data.id).toBe(one.body.data.id);
  const same = await press(picture('a-press-of-mine'));
  expect(same.body.data.id).toBe(one.body.data.id);
  expect(told(await press({ ...picture(), prompt: 'a sea' }))).toMatchObject({ status: 409, code: 'CONFLICT' });
  expect(told(await press(picture('another-press')))).toMatchObject({
    status: 400,
    fields: [{ field: 'idempotencyKey' }],
  });
  const none = await rest.ask(person, 'POST', '/generations', { json: picture() });
  expect(none.body.error.details[0]).toEqual({
    field: 'idempotencyKey',
    message: 'Send an idempotency key: a new one for each press.',
  });
});

const hook = { url: 'https://hooks.example/in', types: ['ad.published'] };
test.each([
  ['/brands', { name: 'Pressed Once' }, { name: 'Pressed Twice' }],
  ['/assets', { mimeType: 'image/png', bytes: 10 }, { mimeType: 'image/png', bytes: 11 }],
  ['/webhooks', hook, { ...hook, url: 'https://hooks.example/other' }],
])('POST %s makes one thing for one key of one person', async (path, json, other) => {
  const person = await house.aPerson();
  const headers = { 'idempotency-key': 'a-press-of-mine' };
  const idOf = ({ body, text }: { body: { data: { id?: string; assetId?: string } }; text: string }) => {
    const id = body.data?.id ?? body.data?.assetId;
    expect(id, text).toBeDefined();
    return id;
  };
  const press = (body: object, who = person) => rest.ask(who, 'POST', path, { json: body, headers });
  const [one, two] = await Promise.all([press(json), press(json)]);
  const id = idOf(one);
  expect([idOf(two), idOf(await press(json))]).toEqual([id, id]);
  expect(told(await press(other))).toMatchObject({ status: 409, code: 'CONFLICT' });
  expect(idOf(await press(json, await house.aPerson()))).not.toBe(id);
  if (path === '/assets') return;
  const { body } = await rest.ask(person, 'GET', path);
  expect(body.data.map((made: { id: string }) => made.id)).toEqual([id]);
});

test('what a press made and is no longer there, or is past its beginning, is said to be so', async () => {
  const person = await house.aPerson();
  const headers = { 'idempotency-key': 'a-press-of-mine' };
  const press = (path: string, json: object) => rest.ask(person, 'POST', path, { json, headers });
  const made = await press('/webhooks', hook);
  expect((await press('/webhooks', hook)).body.data.secret).toBe(made.body.data.secret);
  await rest.ask(person, 'POST', `/webhooks/${made.body.data.id}/rotate`);
  expect((await press('/webhooks', hook)).body.error).toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('its secret was shown'),
  });
  await rest.ask(person, 'DELETE', `/webhooks/${made.body.data.id}`);
  expect((await press('/webhooks', hook)).body.error.message).toContain('is gone');

  const photo = await house.paint();
  const slot = { mimeType: 'image/png', bytes: photo.byteLength };
  const { assetId } = (await press('/assets', slot)).body.data;
  // The first answer may have been lost: the address of the second takes the bytes.
  const { url, method, headers: sent } = (await press('/assets', slot)).body.data;
  expect((await fetch(url, { method, headers: sent, body: new Uint8Array(photo) })).status).toBe(200);
  await rest.ask(person, 'POST', `/assets/${assetId}/complete`);
  expect((await press('/assets', slot)).body.error.message).toContain('has arrived already');
});

test('refusals have the status that fits them', async () => {
  const guest = await house.aGuest();
  expect(told(await rest.ask(guest, 'POST', '/brands', { json: { name: 'x y z' } }))).toMatchObject({
    status: 403,
    code: 'SIGN_UP_FIRST',
  });
  const nobody = await rest.ask(house.visitor, 'POST', '/generations', { json: picture('press-1234') });
  expect(told(nobody)).toMatchObject({ status: 401, code: 'UNAUTHORIZED' });
  expect(nobody.headers.get('www-authenticate')).toBe('Bearer');
  expect(house.presses).toEqual([]);
  const shown = await rest.ask(house.visitor, 'GET', '/feed', { headers: { authorization: 'Bearer nonsense' } });
  expect(told(shown)).toMatchObject({ status: 401 });
});

test('a list is walked by its links, forward and back the same way', async () => {
  const person = await house.aPerson();
  const name = () => `Brand ${randomUUID()}`;
  const ad = await house.anAd(person);
  for (let n = 0; n < 4; n++) {
    await rest.ask(person, 'POST', '/remixes', {
      json: { adId: ad.id, prompt: name(), model: 'auto', idempotencyKey: randomUUID() },
    });
  }
  type Page = {
    data: { id: string }[];
    links: Record<'self' | 'first' | 'prev' | 'next', string | null>;
    meta: { pagination: Record<string, unknown> };
  };
  const read = async (link: string) => (await rest.ask(person, 'GET', link.replace('/api/v1', ''))).body as Page;
  const forward = [await read('/api/v1/remixes?limit=1')];
  while (forward.at(-1)!.links.next) forward.push(await read(forward.at(-1)!.links.next!));
  expect(forward.map(({ data }) => data.length)).toEqual([1, 1, 1, 1]);
  expect(forward[0]!.links).toMatchObject({
    prev: null,
    first: '/api/v1/remixes?limit=1',
    self: '/api/v1/remixes?limit=1',
  });
  expect(forward[0]!.meta.pagination).toMatchObject({ pageSize: 1, totalItems: 4, isCapped: false });

  const back = [forward.at(-1)!];
  while (back.at(-1)!.links.prev) back.push(await read(back.at(-1)!.links.prev!));
  expect(back.map(({ data }) => data[0]!.id)).toEqual(forward.map(({ data }) => data[0]!.id).toReversed());
  const byCursor = await read(`/api/v1/remixes?limit=1&cursor=${forward[0]!.meta.pagination['nextCursor']}`);
  expect(byCursor.data).toEqual(forward[1]!.data);
});

const totalOf = ({ body }: RestAnswer) => {
  const { totalItems, isCapped } = body.meta.pagination;
  return isCapped ? `more than ${totalItems}` : totalItems;
};

test('a list is counted as its reader sees it, with its filters, on any page, and up to a thousand', async () => {
  const [person, stranger] = [await house.aPerson(), await house.aPerson()];
  const ad = await house.anAd(person);
  const ask = () => rest.ask(person, 'POST', '/generations', { json: picture(randomUUID()) });
  const [one] = [await ask(), await ask(), await ask()];
  await rest.ask(person, 'POST', `/generations/${one.body.data.id}/cancel`, { json: {} });
  const first = await rest.ask(person, 'GET', '/generations?kind=image.create&limit=1');
  const second = await rest.ask(person, 'GET', first.body.links.next.replace('/api/v1', ''));
  expect([first, second].map(totalOf)).toEqual([3, 3]);
  expect(totalOf(await rest.ask(person, 'GET', '/generations?status=cancelled'))).toBe(1);
  expect(totalOf(await rest.ask(stranger, 'GET', '/generations'))).toBe(0);
  const brands = await rest.ask(person, 'GET', '/brands');
  expect(totalOf(brands)).toBe(brands.body.data.length);
  expect(brands.body.links).toEqual({ self: '/api/v1/brands', first: '/api/v1/brands', prev: null, next: null });

  const copies = (status: string, many: number) =>
    house.db.execute(`
      insert into ad (brand_id, author_id, asset_id, title, location, status, idempotency_key)
      select brand_id, author_id, asset_id, title, location, '${status}', 'copy-${status}-' || n
      from ad, generate_series(1, ${many}) n where id = '${ad.id}'`);
  await copies('hidden', 1_200);
  expect(totalOf(await rest.ask(stranger, 'GET', '/feed?tab=ads&limit=1'))).toBeLessThan(100);
  await copies('published', 1_000);
  expect(totalOf(await rest.ask(stranger, 'GET', '/feed?tab=ads&limit=1'))).toBe('more than 1000');
  expect(totalOf(await rest.ask(house.visitor, 'GET', '/feed'))).toBe('more than 1000');
  expect((await house.get(house.visitor, 'ads.feed', {})).result).not.toHaveProperty('total');
});
