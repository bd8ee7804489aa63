import { DomainError } from '@repo/domain/errors';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWait } from '../src/accounts/limiter.ts';
import { type AccountsHouse, aBrowser, anAccountsHouse, aPerson, type Browser, tokenIn } from './accounts-house.ts';

let house: AccountsHouse;
beforeAll(async () => {
  house = await anAccountsHouse({ limits: true });
});
afterAll(() => house.close());

let hosts = 0;
const newAddress = () => `198.51.100.${++hosts}`;
const MINUTE_MS = 60_000;
const unlessLimited = (error: { code: string }) => {
  if (error.code === 'quota_exceeded') throw error;
};
const wrong = { email: 'nobody@example.com', password: 'not the password', keepSignedIn: false };
/** At an address of its own: wrong passwords for one are counted besides. */
const wrongAnew = () => ({ ...wrong, email: aPerson().email });
/** Counted like any other try, but turned away before the costly look at a password. */
const malformed = { ...wrong, email: 'nobody' };

test('the eleventh sign-in within a quarter of an hour is refused, and says when to come back', {
  timeout: 60_000,
}, async () => {
  const ip = newAddress();
  const attempt = (from = ip) =>
    house.accounts.signIn(aBrowser(undefined, from).request(), wrongAnew()).catch((error) => error);
  for (let count = 0; count < 10; count++) expect(await attempt()).toMatchObject({ code: 'invalid' });

  const refusal: unknown = await attempt();

  expect(DomainError.is(refusal)).toBe(true);
  expect(refusal).toMatchObject({
    code: 'quota_exceeded',
    message: expect.stringMatching(/try again in 1[45] minutes\.$/),
  });
  expect(await attempt(newAddress())).toMatchObject({ code: 'invalid' });

  house.clock.skippedMs += 16 * MINUTE_MS;
  expect(await attempt()).toMatchObject({ code: 'invalid' });
});

test('of tries made at the same moment no more get through', async () => {
  const ip = newAddress();
  const attempts = Array.from({ length: 14 }, () =>
    house.accounts.signIn(aBrowser(undefined, ip).request(), malformed).catch((error: { code: string }) => error.code),
  );
  expect((await Promise.all(attempts)).filter((code) => code === 'invalid')).toHaveLength(10);
});

test('a browser that knows the account is let in, however often others in its network tried', async () => {
  const [browser, person] = [aBrowser(undefined, newAddress()), aPerson()];
  browser.take(await house.accounts.signUp(browser.request(), person));
  const token = tokenIn(await house.mailbox.mailTo(person.email), 'verify-email');
  browser.take(await house.accounts.verifyEmail(browser.request(), { token }));
  const [ip, kept] = [newAddress(), browser.jar.get('remixify.device')!];
  const attempt = (from: Browser, input: object = malformed) =>
    house.accounts.signIn(from.request(), input as typeof wrong).catch((error: { code: string }) => error.code);
  for (let count = 0; count < 11; count++) await attempt(aBrowser(undefined, ip));

  const known = aBrowser(undefined, ip);
  known.jar.set('remixify.device', kept);
  const { email, password } = person;
  expect(await attempt(aBrowser(undefined, ip), { email, password, keepSignedIn: false })).toBe('quota_exceeded');
  expect(await attempt(known, { ...wrong, email: aPerson().email })).toBe('quota_exceeded');
  expect(await attempt(known, { email, password, keepSignedIn: false })).toMatchObject({ userId: expect.any(String) });
});

test('somebody who tries now and then is never locked out', async () => {
  const ip = newAddress();
  for (let count = 0; count < 15; count++) {
    house.clock.skippedMs += 2 * MINUTE_MS;
    const attempt = house.accounts.signIn(aBrowser(undefined, ip).request(), malformed);
    await expect(attempt).rejects.toMatchObject({ code: 'invalid' });
  }
});

test.each([
  [
    'reset mails',
    5,
    (request: Request) => house.accounts.requestPasswordReset(request, { email: 'nobody@example.com' }),
  ],
  [
    'sign-ups',
    20,
    (request: Request) => house.accounts.signUp(request, aPerson({ password: 'password123' })).catch(unlessLimited),
  ],
])('%s are limited to %i', async (_, max, act) => {
  const request = () => aBrowser(undefined, ip).request();
  const ip = newAddress();
  for (let count = 0; count < max; count++) await act(request());
  await expect(act(request())).rejects.toMatchObject({ code: 'quota_exceeded' });
});

test('mails sent anew are limited too', async () => {
  const browser = aBrowser(undefined, newAddress());
  browser.take(await house.accounts.signUp(browser.request(), aPerson()));
  for (let count = 0; count < 5; count++) await house.accounts.resendVerification(browser.request());
  await expect(house.accounts.resendVerification(browser.request())).rejects.toMatchObject({ code: 'quota_exceeded' });
});

test('one mailbox gets six mails an hour, however many networks ask', async () => {
  const person = aPerson();
  await house.accounts.signUp(aBrowser(undefined, newAddress()).request(), person);
  for (let count = 0; count < 8; count++) {
    await house.accounts.requestPasswordReset(aBrowser(undefined, newAddress()).request(), person);
  }
  const marker = aPerson();
  await house.mailbox.mailTo(person.email, 6);
  await house.accounts.signUp(aBrowser(undefined, newAddress()).request(), marker);
  await house.mailbox.mailTo(marker.email);
  expect(house.mailbox.mails.filter((mail) => mail.to === person.email)).toHaveLength(6);
});

test.each([
  [1, 'in a second'],
  [8, 'in 8 seconds'],
  [20, 'in a minute'],
  [120, 'in 2 minutes'],
  [14.2 * 60, 'in 15 minutes'],
  [3_600, 'in an hour'],
  [7_200, 'in 2 hours'],
])('%i seconds are said as "%s"', (seconds, words) => {
  expect(describeWait(seconds)).toBe(words);
});
