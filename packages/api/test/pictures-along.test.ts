import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { assets, generations } from '@repo/db';
import { checkAsset } from '@repo/domain/assets/check-asset';
import type { UserContext } from '@repo/domain/context';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aHouse, type House } from './api-house.ts';
import { aRestHouse, type RestHouse } from './rest-house.ts';

let house: House;
let rest: RestHouse;
let png: Uint8Array;
let asked: string[];
const shop = createServer((request, response) => {
  asked.push(request.url!);
  if (request.url === '/gone.png') return response.writeHead(404).end();
  const type = request.url === '/page' ? 'text/html' : 'image/png';
  return response.writeHead(200, { 'content-type': type }).end(request.url === '/lie.png' ? 'no picture' : png);
});

beforeAll(async () => {
  asked = [];
  house = await aHouse();
  rest = await aRestHouse(house);
  png = await house.paint();
  // Pictures are looked at where a worker is.
  await house.tools.queue.work([checkAsset], house.system);
  shop.listen(0, '127.0.0.1');
  await once(shop, 'listening');
});
afterAll(async () => {
  shop.closeAllConnections();
  shop.close();
  await rest.close();
  await house.close();
  expect(rest.bugs).toEqual([]);
});

const at = (path: string) => `http://127.0.0.1:${(shop.address() as AddressInfo).port}${path}`;
const dataUrl = (bytes: Uint8Array | string = png) => `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;
const edit = (who: UserContext, more: object) =>
  rest.ask(who, 'POST', '/generations', {
    json: { kind: 'image.edit', prompt: 'make it snow', idempotencyKey: randomUUID(), ...more },
  });
const ownedBy = (who: UserContext) => (row: { ownerId: string }) => row.ownerId === who.actor.userId;
const uploadsOf = async (who: UserContext) =>
  (await house.db.select().from(assets)).filter(ownedBy(who)).filter(({ status }) => status === 'usable').length;
const askedBy = async (who: UserContext) => (await house.db.select().from(generations)).filter(ownedBy(who)).length;

test('bytes that come along become an upload, and the model gets to see it', async () => {
  const person = await house.aPerson();
  const { status, body, text } = await edit(person, { picture: dataUrl() });
  expect(status, text).toBe(200);
  await house.advance(body.data.id);
  const done = await rest.ask(person, 'GET', `/generations/${body.data.id}`);
  expect(done.body.data.status).toBe('done');
  const mine = await rest.ask(person, 'GET', '/generations?kind=image.edit&status=done');
  expect(mine.body.data).toMatchObject([{ id: body.data.id, status: 'done', prompt: 'make it snow' }]);
  expect((await rest.ask(person, 'GET', '/generations?status=failed')).body.data).toEqual([]);
});

test('an address is fetched once: the same key is the same generation, and asks nobody again', async () => {
  const person = await house.aPerson();
  const idempotencyKey = randomUUID();
  const first = await edit(person, { picture: at('/one.png'), idempotencyKey });
  expect(first.status, first.text).toBe(200);
  const again = await edit(person, { picture: at('/one.png'), idempotencyKey });
  expect(again.body.data.id).toBe(first.body.data.id);
  expect(asked.filter((path) => path === '/one.png')).toHaveLength(1);
  expect((await edit(person, { picture: at('/two.png'), idempotencyKey })).body.error.code).toBe('CONFLICT');
});

test('the same bytes under two keys, and by address, are one upload', async () => {
  const person = await house.aPerson();
  for (const picture of [dataUrl(), dataUrl(), at('/same.png')]) {
    expect((await edit(person, { picture })).status).toBe(200);
  }
  expect(await uploadsOf(person)).toBe(1);
});

test('two presses at once with one key are one generation', async () => {
  const person = await house.aPerson();
  const idempotencyKey = randomUUID();
  const both = await Promise.all([1, 2].map(() => edit(person, { picture: dataUrl(), idempotencyKey })));
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  expect(both[0]!.body.data.id).toBe(both[1]!.body.data.id);
  expect(await askedBy(person)).toBe(1);
});

test('a film takes its frames the same way', async () => {
  const person = await house.aPerson();
  const json = {
    kind: 'video.create',
    prompt: 'the sea comes in',
    firstFrame: dataUrl(),
    lastFrame: at('/last.png'),
    idempotencyKey: randomUUID(),
  };
  const { status, text } = await rest.ask(person, 'POST', '/generations', { json });
  expect(status, text).toBe(200);
});

test.each([
  ['bytes that are no picture', () => dataUrl('no picture'), 'This file is not a picture'],
  ['bytes of nothing', () => dataUrl(''), 'This file is empty'],
  ['another kind of file', () => 'data:image/svg+xml;base64,PHN2Zy8+', 'This kind of file cannot be used'],
  ['bytes in no base64', () => 'data:image/png,%89PNG', 'These bytes must be written as'],
  ['an address that lies', () => at('/lie.png'), 'This file is not a picture'],
  ['an address of a page', () => at('/page'), 'This kind of file cannot be used'],
  ['an address of nothing', () => at('/gone.png'), 'This address answered 404'],
  ['an address inside our own network', () => 'http://192.168.0.1/a.png', ''],
  ['an address of our own machine by another name', () => 'http://[::1]/a.png', ''],
])('%s is refused in a sentence, and nothing is charged', async (_, picture, sentence) => {
  const person = await house.aPerson();
  const { status, body } = await edit(person, { picture: picture() });
  expect({ status, code: body.error?.code }).toEqual({ status: 400, code: 'VALIDATION_ERROR' });
  expect(body.error.message).toContain(sentence);
  expect(body.error.message).toContain('Nothing was charged.');
  expect(body.error.details[0].field).toBe('picture');
  expect(await askedBy(person)).toBe(0);
});

test.each([
  ['no picture at all', {}],
  ['two pictures for one place', { assetId: randomUUID(), picture: 'https://example.com/a.png' }],
  ['a file of the server', { picture: 'file:///etc/passwd' }],
])('%s is refused before anything is fetched', async (_, more) => {
  expect((await edit(await house.aPerson(), more)).body.error.code).toBe('VALIDATION_ERROR');
});

test('guests bring no pictures of their own, here as elsewhere', async () => {
  expect((await edit(await house.aGuest(), { picture: dataUrl() })).body.error.code).toBe('SIGN_UP_FIRST');
});
