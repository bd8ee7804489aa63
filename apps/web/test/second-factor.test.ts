import { createHmac } from 'node:crypto';
import type { SecondFactorSetup } from '@repo/domain/second-factor/schema';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as security from '#app/routes/settings_.security/route.tsx';
import * as signIn from '#app/routes/sign-in/route.tsx';
import * as signUp from '#app/routes/sign-up/route.tsx';
import * as adminSignIn from '../../admin/app/routes/sign-in/route.tsx';
import { type Args, aPagesHouse, leadsTo, type PagesHouse, type Somebody, thrownBy } from './pages-house.ts';

/** Where the runtime keeps what a process works with. */
const KEY = Symbol.for('@repo/runtime/tools');
type Opened = { accounts: { signIn(request: Request, input: object): Promise<{ setCookie: string[] }> } };

let house: PagesHouse;
beforeAll(async () => {
  house = await aPagesHouse();
});
afterAll(() => house.close());

type Answer = { data: { setup?: SecondFactorSetup; codes?: string[]; fields?: Record<string, string[]> } };
const post = (who: Somebody, fields: Record<string, string>) =>
  security.action(house.post('/settings/security', fields, {}, who));
const shown = async (who: Somebody, fields: Record<string, string>) =>
  ((await post(who, fields)) as unknown as Answer).data;

const password = 'seven green kettles';

/** What an app shows now (RFC 6238). */
function codeOf(secret: string): string {
  const bits = [...secret].map((char) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(char).toString(2).padStart(5, '0'));
  const key = Buffer.from(
    bits
      .join('')
      .match(/.{8}/g)!
      .map((byte) => Number.parseInt(byte, 2)),
  );
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac('sha1', key).update(step).digest();
  const number = digest.readUInt32BE(digest.at(-1)! & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** A browser that gave the right password. */
async function whoWaits(email: string): Promise<Somebody> {
  const { accounts } = (globalThis as unknown as { [KEY]: Opened })[KEY];
  const { setCookie } = await accounts.signIn(house.post('/sign-in', {}, {}).request, { email, password });
  return { cookie: setCookie.map((line) => line.split(';')[0]).join('; '), userId: null };
}

/** Somebody who turned it on by the page's own forms. */
async function aCarefulPerson() {
  const who = await house.aPersonWithAccount();
  const [row] = await house.db.$client<{ email: string }[]>`select email from "user" where id = ${who.userId}`;
  const { setup } = await shown(who, { intent: 'begin', password });
  const { codes } = await shown(who, { intent: 'confirm', code: codeOf(setup!.secret) });
  return { ...who, email: row!.email, setup: setup!, codes: codes! };
}

test('the page turns it on in two steps, shows the codes once, and turns it off', async () => {
  const who = await aCarefulPerson();
  expect(who.codes).toHaveLength(10);
  const seen = await security.loader(house.get('/settings/security', {}, who));
  expect(seen).toMatchObject({ state: 'on', backupCodesLeft: 10 });
  expect(JSON.stringify(seen)).not.toContain(who.setup.secret);
  for (const code of who.codes) expect(JSON.stringify(seen)).not.toContain(code);

  const refused = await shown(who, { intent: 'off', password: 'not the password', code: who.codes[0]! });
  expect(refused.fields).toHaveProperty('password');
  expect(JSON.stringify(refused)).not.toContain(who.codes[0]);
  const off = await thrownBy(post(who, { intent: 'off', password, code: who.codes[0]! }));
  expect(off.headers.get('location')).toBe('/settings/security?done=off');
  expect(await security.loader(house.get('/settings/security', {}, who))).toMatchObject({ state: 'off' });
});

test('a visitor is led to the sign-in page and back', async () => {
  const answer = await thrownBy(security.loader(house.get('/settings/security')));
  expect(answer.headers.get('location')).toBe('/sign-in?to=%2Fsettings%2Fsecurity');
});

test.each([
  ['the app', signIn],
  ['the admin app', adminSignIn],
])('%s asks for the code at the same address, and leads on to where it was wanted', async (_, page) => {
  const { email, codes } = await aCarefulPerson();
  const path = '/sign-in?to=%2Fcredits';
  const send = (fields: Record<string, string>, who: Somebody | null = null) =>
    page.action(house.post(path, fields, {}, who) as Args);
  expect(leadsTo(await send({ email, password }))).toBe(path);
  const who = await whoWaits(email);
  expect(await page.loader(house.get(path, {}, who))).toMatchObject({ isCodeAwaited: true, person: null });
  const wrong = (await send({ intent: 'code', code: '000' }, who)) as unknown as Answer;
  expect(wrong.data.fields).toHaveProperty('code');
  expect(leadsTo(await send({ intent: 'code', code: codes[1]! }, who))).toBe('/credits');
  expect(await page.loader(house.get(path, {}, who))).toMatchObject({ isCodeAwaited: false });
});

test('whoever waits for a code can start over, and the sign-up form is no way round', async () => {
  const { email } = await aCarefulPerson();
  const fields = { name: 'Ann', email, password };
  const answer = await signUp.action(house.post('/sign-up?to=%2Fcredits', fields, {}));
  expect(leadsTo(answer)).toBe('/sign-in?to=%2Fcredits');
  const who = await whoWaits(email);
  const over = await signIn.action(house.post('/sign-in', { intent: 'start-over' }, {}, who));
  expect(leadsTo(over)).toBe('/sign-in');
  expect(await signIn.loader(house.get('/sign-in', {}, who))).toMatchObject({ isCodeAwaited: false });
});
