import { rateLimits } from '@repo/db';
import { like } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newScope, runInScope } from '../src/http/request-scope.ts';
import { limitHeaders } from '../src/limits/verdict.ts';
import { type AccountsHouse, aBrowser, anAccountsHouse, aPerson, type Browser, tokenIn } from './accounts-house.ts';

let house: AccountsHouse;
beforeAll(async () => {
  house = await anAccountsHouse({ limits: true });
  house.clock.stoppedAt = Date.now();
});
afterAll(() => house.close());

const HOUR_MS = 3_600_000;
/** The limits of networks are another matter: each try comes when theirs have forgotten, or from elsewhere. */
const forgetNetworks = () => house.db.delete(rateLimits).where(like(rateLimits.key, '%/people/%'));
beforeEach(forgetNetworks);

let networks = 0;
const newAddress = () => `10.${++networks >> 8}.${networks & 255}.1`;
const newBrowser = () => aBrowser(undefined, newAddress());

type Refusal = { code: string; message: string; details: { retryAfterSeconds?: number } };
const entered = { code: 'entered' } as Refusal;

async function tryPassword(browser: Browser, email: string, password = 'not the password'): Promise<Refusal> {
  await forgetNetworks();
  return house.accounts.signIn(browser.request(), { email, password, keepSignedIn: false }).then(
    (answer) => {
      browser.take(answer);
      return entered;
    },
    (error: Refusal) => error,
  );
}

async function anOwner() {
  const [browser, person] = [newBrowser(), aPerson()];
  browser.take(await house.accounts.signUp(browser.request(), person));
  return { browser, ...person };
}

async function guess(email: string, tries: number, from: () => Browser = newBrowser) {
  const seen: Refusal[] = [];
  for (let count = 0; count < tries; count++) seen.push(await tryPassword(from(), email));
  return seen;
}

const waitOf = ({ code, details }: Refusal) => [code, details?.retryAfterSeconds ?? 0];

test('somebody who guesses a hundred times elsewhere does not stop the owner in a browser that knows them', {
  timeout: 60_000,
}, async () => {
  const { browser, email, password } = await anOwner();
  browser.take(await house.accounts.signOut(browser.request()));

  const seen = await guess(email, 100);

  expect(seen.filter(({ code }) => code === 'invalid').length).toBe(20);
  expect(seen.at(-1)).toMatchObject({ code: 'quota_exceeded' });
  expect(await tryPassword(browser, email)).toMatchObject({ code: 'invalid' });
  expect(await tryPassword(browser, email, password)).toBe(entered);

  const elsewhere = newBrowser();
  const refusal = await tryPassword(elsewhere, email, password);
  expect(refusal).toMatchObject({
    code: 'quota_exceeded',
    message: expect.stringMatching(/^Too many wrong passwords for this address\. Please try again in .+ by mail\.$/),
  });
  house.clock.skippedMs += refusal.details.retryAfterSeconds! * 1_000;
  expect(await tryPassword(elsewhere, email, password)).toBe(entered);
});

test('from the sixth wrong password of a place on the wait doubles, and trying too early does not lengthen it', {
  timeout: 60_000,
}, async () => {
  const { email, password } = await anOwner();
  const browser = newBrowser();
  const stillClock = house.clock.skippedMs;
  const waits: unknown[] = [];
  for (let count = 0; count < 9; count++) {
    expect(await tryPassword(browser, email)).toMatchObject({ code: 'invalid' });
    if (count < 4) continue;
    const [early, again] = [await tryPassword(browser, email, password), await tryPassword(browser, email)];
    expect([early.code, again.code]).toEqual(['quota_exceeded', 'quota_exceeded']);
    waits.push(early.details.retryAfterSeconds);
    house.clock.skippedMs += early.details.retryAfterSeconds! * 1_000;
  }
  expect(waits).toEqual([1, 2, 4, 8, 16]);
  expect(house.clock.skippedMs - stillClock).toBe(31_000);

  expect(await tryPassword(browser, email, password)).toBe(entered);
  // Known from now on: this browser begins anew.
  for (const refusal of await guess(email, 3, () => browser)) expect(refusal).toMatchObject({ code: 'invalid' });
  expect(await tryPassword(browser, email, password)).toBe(entered);
});

test('an address of nobody is answered the same, and so is one under which a stranger has a second account', {
  timeout: 60_000,
}, async () => {
  const seen = async (email: string) => {
    const browser = newBrowser();
    return (await guess(email, 7, () => browser)).map((refusal) => [...waitOf(refusal), refusal.message]);
  };
  const { email } = await anOwner();
  const theirs = await seen(email);
  expect(theirs.map(([code]) => code)).toEqual([...Array(5).fill('invalid'), 'quota_exceeded', 'quota_exceeded']);
  expect(await seen(aPerson().email)).toEqual(theirs);
});

test('a second account under the address does not wipe out the guesses at the first', async () => {
  const owner = await anOwner();
  const browser = newBrowser();
  const decoy = aPerson({ email: owner.email, password: 'a decoy of my own' });
  browser.take(await house.accounts.signUp(browser.request(), decoy));
  const codes: string[] = [];
  for (let round = 0; round < 3; round++) {
    for (const { code } of await guess(owner.email, 2, () => browser)) codes.push(code);
    codes.push((await tryPassword(browser, owner.email, decoy.password)).code);
  }
  expect(codes.slice(0, 6)).toEqual(['invalid', 'invalid', 'entered', 'invalid', 'invalid', 'entered']);
  expect(codes.slice(6)).toEqual(['invalid', 'quota_exceeded', 'quota_exceeded']);
});

test('the sign-up form is no way around: what is tried there counts, and waits', async () => {
  const { email, password } = await anOwner();
  const from = newAddress();
  const attempt = async (tried: string) => {
    await forgetNetworks();
    const request = aBrowser(undefined, from).request();
    return house.accounts.signUp(request, aPerson({ email, password: tried })).then(
      () => 'entered',
      ({ code }: Refusal) => code,
    );
  };
  for (let count = 0; count < 5; count++) expect(await attempt(`some wrong guess ${count}`)).toBe('entered');
  expect(await attempt(password)).toBe('quota_exceeded');
});

test('of guesses made at the same moment no more are looked at', async () => {
  const { email } = await anOwner();
  const from = newAddress();
  const all = await Promise.all(Array.from({ length: 12 }, () => tryPassword(aBrowser(undefined, from), email)));
  expect(all.filter(({ code }) => code === 'invalid')).toHaveLength(5);
});

test('neighbours in one network wait together; a day later all is forgotten', async () => {
  const { email } = await anOwner();
  await guess(email, 5, () => aBrowser(undefined, '203.0.113.5'));
  expect(await tryPassword(aBrowser(undefined, '203.0.113.77'), email)).toMatchObject({ code: 'quota_exceeded' });
  await guess(email, 5, () => aBrowser(undefined, '2001:db8:1:2::1'));
  expect(await tryPassword(aBrowser(undefined, '2001:db8:1:2:9::9'), email)).toMatchObject({ code: 'quota_exceeded' });
  house.clock.skippedMs += 25 * HOUR_MS;
  const later = await guess(email, 2, () => aBrowser(undefined, '203.0.113.5'));
  expect(later.map(({ code }) => code)).toEqual(['invalid', 'invalid']);
});

test('no made-up cookie, nor that of another account, is a way past the wait; a link by mail is', async () => {
  const { email } = await anOwner();
  const stranger = await anOwner();
  await guess(email, 20);
  expect(await tryPassword(stranger.browser, email)).toMatchObject({ code: 'quota_exceeded' });
  stranger.browser.jar.set('remixify.device', `${'A'.repeat(16)}.${'A'.repeat(32)}`);
  expect(await tryPassword(stranger.browser, email)).toMatchObject({ code: 'quota_exceeded' });

  const browser = newBrowser();
  await house.accounts.requestPasswordReset(browser.request(), { email });
  const token = tokenIn(await house.mailbox.mailTo(email, 2), 'reset-password');
  browser.take(await house.accounts.resetPassword(browser.request(), { token, newPassword: 'a wholly new one' }));
  expect(await tryPassword(browser, email, 'a wholly new one')).toBe(entered);
});

test('a client without cookies is told to wait too, and headers say how long', async () => {
  const { email, password } = await anOwner();
  const from = newAddress();
  await guess(email, 5, () => aBrowser(undefined, from));
  const scope = newScope();
  const input = { email, password, keepSignedIn: false };
  const login = runInScope(scope, () => house.accounts.signInForToken(aBrowser(undefined, from).request(), input));
  await expect(login).rejects.toMatchObject({ code: 'quota_exceeded', details: { retryAfterSeconds: 1 } });
  expect(Object.fromEntries(limitHeaders(scope.verdict!, Date.now()))).toMatchObject({ 'retry-after': '1' });
});

test('what is kept of guesses names no address', async () => {
  const { email } = await anOwner();
  await guess(email, 1);
  const keys = (await house.db.select().from(rateLimits))
    .map(({ key }) => key)
    .filter((key) => key.startsWith('guess:'));
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.join()).not.toContain(email);
});
