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

/** Saves looking at so many passwords; concerns all addresses that were tried from such places. */
const asIfWrong = (count: number, places: string) =>
  house.db
    .update(rateLimits)
    .set({ count })
    .where(like(rateLimits.key, `guess:%:${places}`));

const waitOf = ({ code, details }: Refusal) => [code, details?.retryAfterSeconds ?? 0];

test('whoever guesses from everywhere does not stop the owner in a browser that knows them', async () => {
  const { browser, email, password } = await anOwner();
  browser.take(await house.accounts.signOut(browser.request()));

  expect((await guess(email, 2)).map(({ code }) => code)).toEqual(['invalid', 'invalid']);
  await asIfWrong(20, 'unknown');
  for (const refusal of await guess(email, 3)) expect(refusal).toMatchObject({ code: 'quota_exceeded' });
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
  for (let count = 0; count < 8; count++) {
    expect(await tryPassword(browser, email)).toMatchObject({ code: 'invalid' });
    if (count < 4) continue;
    const [early, again] = [await tryPassword(browser, email, password), await tryPassword(browser, email)];
    expect([early.code, again.code]).toEqual(['quota_exceeded', 'quota_exceeded']);
    waits.push(early.details.retryAfterSeconds);
    house.clock.skippedMs += early.details.retryAfterSeconds! * 1_000;
  }
  expect(waits).toEqual([1, 2, 4, 8]);
  expect(house.clock.skippedMs - stillClock).toBe(15_000);
  await asIfWrong(60, 'net:%');
  const { details } = await tryPassword(browser, email, password);
  // A quarter of an hour at most, of which some has passed since the last wrong one.
  expect(details.retryAfterSeconds).toBe(900 - 8);
  house.clock.skippedMs += 900_000;

  expect(await tryPassword(browser, email, password)).toBe(entered);
  // Known from now on: this browser begins anew.
  for (const refusal of await guess(email, 2, () => browser)) expect(refusal).toMatchObject({ code: 'invalid' });
});

test('an address of nobody is answered the same', async () => {
  const seen = async (email: string) => {
    const browser = newBrowser();
    const first = await guess(email, 1, () => browser);
    await asIfWrong(4, 'net:%');
    const all = [...first, ...(await guess(email, 3, () => browser))];
    return all.map((refusal) => [...waitOf(refusal), refusal.message]);
  };
  const { email } = await anOwner();
  const theirs = await seen(email);
  expect(theirs.map(([code]) => code)).toEqual(['invalid', 'invalid', 'quota_exceeded', 'quota_exceeded']);
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

test('browsers of second accounts wait for each other, and not the owner once the address is confirmed', async () => {
  const owner = await anOwner();
  const token = tokenIn(await house.mailbox.mailTo(owner.email), 'verify-email');
  owner.browser.take(await house.accounts.verifyEmail(owner.browser.request(), { token }));
  const [one, other] = [newBrowser(), newBrowser()];
  for (const [number, browser] of [one, other].entries()) {
    const decoy = aPerson({ email: owner.email, password: `a decoy of my own ${number}` });
    browser.take(await house.accounts.signUp(browser.request(), decoy));
  }
  expect(await tryPassword(one, owner.email)).toMatchObject({ code: 'invalid' });
  await asIfWrong(20, 'unconfirmed');
  expect(await tryPassword(other, owner.email)).toMatchObject({ code: 'quota_exceeded' });
  expect(await tryPassword(owner.browser, owner.email)).toMatchObject({ code: 'invalid' });
  expect(await tryPassword(owner.browser, owner.email, owner.password)).toBe(entered);
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
  expect(await attempt('some wrong guess')).toBe('entered');
  await asIfWrong(4, 'net:%');
  expect(await attempt('some other guess')).toBe('entered');
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
  await guess(email, 1, () => aBrowser(undefined, '203.0.113.5'));
  await asIfWrong(5, 'net:%');
  expect(await tryPassword(aBrowser(undefined, '203.0.113.77'), email)).toMatchObject({ code: 'quota_exceeded' });
  await guess(email, 1, () => aBrowser(undefined, '2001:db8:1:2::1'));
  await asIfWrong(5, 'net:%');
  expect(await tryPassword(aBrowser(undefined, '2001:db8:1:2:9::9'), email)).toMatchObject({ code: 'quota_exceeded' });
  house.clock.skippedMs += 25 * HOUR_MS;
  const later = await guess(email, 2, () => aBrowser(undefined, '203.0.113.5'));
  expect(later.map(({ code }) => code)).toEqual(['invalid', 'invalid']);
});

test('no made-up cookie, nor that of another account, is a way past the wait; a link by mail is', async () => {
  const { email } = await anOwner();
  const stranger = await anOwner();
  await guess(email, 1);
  await asIfWrong(20, 'unknown');
  expect(await tryPassword(stranger.browser, email)).toMatchObject({ code: 'quota_exceeded' });
  stranger.browser.jar.set('remixify.device', `${'A'.repeat(16)}.${'A'.repeat(16)}.c.zzzzzzzz.${'A'.repeat(32)}`);
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
  await guess(email, 1, () => aBrowser(undefined, from));
  await asIfWrong(5, 'net:%');
  const scope = newScope();
  const input = { email, password, keepSignedIn: false };
  const login = runInScope(scope, () => house.accounts.signInForToken(aBrowser(undefined, from).request(), input));
  await expect(login).rejects.toMatchObject({ code: 'quota_exceeded', details: { retryAfterSeconds: 1 } });
  expect(Object.fromEntries(limitHeaders(scope.verdict!, Date.now()))).toMatchObject({ 'retry-after': '1' });
});

test('what is kept of guesses and of mails names no address, of people or of networks', async () => {
  const { email } = await anOwner();
  await guess(email, 1);
  await house.mailbox.mailTo(email);
  const keys = (await house.db.select().from(rateLimits)).map(({ key }) => key);
  for (const kind of ['guess:', 'mailbox|']) expect(keys.filter((key) => key.startsWith(kind))).not.toHaveLength(0);
  expect(keys.join()).not.toContain('@');
  expect(keys.join()).not.toMatch(/\d+\.\d+\.\d+\.\d+/);
});

test('a stolen session does not find the password out, from however many networks, and stops nobody elsewhere', async () => {
  const { browser, email, password } = await anOwner();
  const elsewhere = newBrowser();
  expect(await tryPassword(elsewhere, email, password)).toBe(entered);
  const refusalOf = (work: Promise<unknown>) =>
    work.then(
      () => entered,
      (error: Refusal) => error,
    );
  const show = async (from: Browser, currentPassword: string) => {
    await forgetNetworks();
    const request = from.request();
    request.headers.set('x-client-ip', newAddress());
    return refusalOf(house.accounts.changePassword(request, { currentPassword, newPassword: 'a fresh and long one' }));
  };
  for (let count = 0; count < 2; count++)
    expect(await show(browser, `a guess ${count}`)).toMatchObject({ code: 'invalid' });
  await asIfWrong(5, 'session:%');
  const refusal = await show(browser, password);
  expect(refusal).toMatchObject({
    code: 'quota_exceeded',
    message: expect.stringContaining('Too many wrong passwords here.'),
  });
  const setUp = refusalOf(house.accounts.beginSecondFactor(browser.request(), { password }));
  expect(await setUp).toMatchObject({ code: 'quota_exceeded' });

  expect(await show(elsewhere, password)).toBe(entered);
});
