import { passkeys, users, verifications } from '@repo/db';
import { MOST_PASSKEYS } from '@repo/domain/passkeys/rules';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type AccountsHouse, aBrowser, anAccountsHouse, aPerson, type Browser, tokenIn } from './accounts-house.ts';
import { aSoftwareAuthenticator, type Plan } from './software-authenticator.ts';

let house: AccountsHouse;
beforeAll(async () => {
  house = await anAccountsHouse();
});
afterAll(() => house.close());
afterEach(() => {
  house.clock.skippedMs = 0;
});

const MINUTE_MS = 60_000;
type Device = ReturnType<typeof aSoftwareAuthenticator>;

async function signedUp(changes = {}) {
  const browser = aBrowser();
  const person = aPerson(changes);
  const { userId } = browser.take(await house.accounts.signUp(browser.request(), person));
  return { browser, person, userId: userId! };
}

const optionsFor = async (browser: Browser, input = {}) =>
  browser.take(await house.accounts.passkeyOptions(browser.request(), input)).options;

async function adds(browser: Browser, device = aSoftwareAuthenticator(), plan: Plan = {}, name = 'Laptop') {
  const passkey = device.make((await optionsFor(browser)) as never, plan);
  browser.take(await house.accounts.addPasskey(browser.request(), { name, passkey }));
  return device;
}

const asksToSignIn = async (browser: Browser) =>
  browser.take(await house.accounts.passkeySignInOptions(browser.request())).options;

async function signsIn(device: Device, plan: Plan = {}, browser = aBrowser()) {
  const passkey = device.use(await asksToSignIn(browser), plan);
  return browser.take(await house.accounts.signInByPasskey(browser.request(), { passkey, keepSignedIn: true }));
}

const NOT_HERE = 'This passkey does not work here. Sign in with your password.';
const TOO_LATE = 'This took too long or was sent before. Try again.';
const NOT_CHECKED = /could not be checked/;

describe('adding a passkey', () => {
  test('it is made in the device, by somebody who proved themselves to it, and is listed', async () => {
    const { browser, person, userId } = await signedUp();
    const options = await optionsFor(browser);
    expect(options).toMatchObject({ rp: { id: 'localhost' }, user: { name: person.email }, attestation: 'none' });
    expect(options.authenticatorSelection).toMatchObject({ residentKey: 'required', userVerification: 'required' });
    expect(Buffer.from(options.user.id, 'base64url').toString('hex')).toBe(userId.replaceAll('-', ''));

    const device = await adds(browser);

    const { passkeys: listed } = await house.accounts.listPasskeys(browser.request());
    expect(listed).toMatchObject([{ name: 'Laptop', lastUsedAt: null, isBackedUp: false }]);
    expect((await optionsFor(browser)).excludeCredentials).toMatchObject([{ id: device.id }]);
    expect(JSON.stringify(await house.db.select().from(verifications))).not.toContain(options.challenge);
  });

  test('the wrong origin, a made-up challenge and a device that verified nobody are refused', async () => {
    const { browser } = await signedUp();
    const device = aSoftwareAuthenticator();
    await expect(adds(browser, device, { origin: 'https://evil.example' })).rejects.toThrow(NOT_CHECKED);
    await expect(adds(browser, device, { isVerified: false })).rejects.toThrow(NOT_CHECKED);
    await expect(adds(browser, device, { challenge: 'bWFkZS11cA' })).rejects.toThrow(TOO_LATE);
    expect((await house.accounts.listPasskeys(browser.request())).passkeys).toEqual([]);
  });

  test('ten minutes after signing in it asks for the password, and takes the right one', async () => {
    const { browser, person } = await signedUp();
    house.clock.skippedMs = 11 * MINUTE_MS;
    expect((await house.accounts.listPasskeys(browser.request())).asksForPassword).toBe(true);
    await expect(optionsFor(browser)).rejects.toThrow('Enter your password first');
    await expect(optionsFor(browser, { password: 'not this one' })).rejects.toThrow(
      'This is not your current password.',
    );
    await expect(optionsFor(browser, { password: person.password })).resolves.toHaveProperty('challenge');
  });

  test('visitors, guests and keys cannot; a challenge of one person is of no use to another', async () => {
    const visitor = aBrowser();
    await expect(optionsFor(visitor)).rejects.toMatchObject({ code: 'sign_up_first' });
    visitor.take(await house.accounts.becomeGuest(visitor.request()));
    await expect(optionsFor(visitor)).rejects.toMatchObject({ code: 'sign_up_first' });
    const byKey = aBrowser().request({ 'x-api-key': 'rk_anything' });
    await expect(house.accounts.passkeyOptions(byKey, {})).rejects.toMatchObject({ code: 'sign_up_first' });

    const [ann, eve] = [await signedUp(), await signedUp()];
    const passkey = aSoftwareAuthenticator().make((await optionsFor(ann.browser)) as never);
    await optionsFor(eve.browser);
    const stolen = house.accounts.addPasskey(eve.browser.request(), { name: 'Eve', passkey });
    await expect(stolen).rejects.toThrow(TOO_LATE);
  });

  test('a person has at most twenty', async () => {
    const { browser, userId } = await signedUp();
    const row = (n: number) => ({
      ...{ userId, name: `Key ${n}`, credentialId: `${userId}-${n}` },
      ...{ publicKey: '', isBackedUp: false },
    });
    const rows = Array.from({ length: MOST_PASSKEYS }, (_, n) => row(n));
    await house.db.insert(passkeys).values(rows);
    await expect(optionsFor(browser)).rejects.toThrow('20 passkeys');
  });

  test('one that stands in for a taken address adds and uses a passkey as any new account does', async () => {
    const { person } = await signedUp();
    const stranger = await signedUp({ email: person.email, password: 'nine purple ladders' });
    const device = await adds(stranger.browser);
    await expect(signsIn(device)).resolves.toMatchObject({ userId: stranger.userId });
  });
});

describe('signing in with a passkey', () => {
  test('it leads to its account without naming one, and is noted', async () => {
    const { browser, userId } = await signedUp();
    const device = await adds(browser);
    const phone = aBrowser();
    const options = await asksToSignIn(phone);
    expect(options.allowCredentials ?? []).toEqual([]);
    expect(options.userVerification).toBe('required');

    await expect(signsIn(device, {}, phone)).resolves.toMatchObject({ userId });

    expect((await house.accounts.sessionFor(phone.request())).user?.id).toBe(userId);
    const { passkeys: listed } = await house.accounts.listPasskeys(phone.request());
    expect(listed[0]?.lastUsedAt).toBeInstanceOf(Date);
    await expect(signsIn(device, { origin: 'http://localhost:3001' })).resolves.toMatchObject({ userId });
  });

  test('another origin, an unverified holder and a counter that goes back are refused', async () => {
    const device = await adds((await signedUp()).browser);
    await signsIn(device);
    await expect(signsIn(device, { origin: 'https://evil.example' })).rejects.toThrow(NOT_HERE);
    await expect(signsIn(device, { isVerified: false })).rejects.toThrow(NOT_HERE);
    await signsIn(device);
    device.counter = 1;
    await expect(signsIn(device)).rejects.toThrow(NOT_HERE);
  });

  test('a challenge works once, for five minutes, in the browser that asked, and only if it is ours', async () => {
    const device = await adds((await signedUp()).browser);
    const browser = aBrowser();
    const passkey = device.use(await asksToSignIn(browser));
    const send = (from: Browser) => house.accounts.signInByPasskey(from.request(), { passkey, keepSignedIn: false });
    const other = aBrowser();
    await asksToSignIn(other);
    await expect(send(other)).rejects.toThrow(TOO_LATE);
    await expect(send(aBrowser())).rejects.toThrow(TOO_LATE);
    await send(browser);
    await expect(send(browser)).rejects.toThrow(TOO_LATE);
    await expect(signsIn(device, { challenge: 'bWFkZS11cA' })).rejects.toThrow(TOO_LATE);

    const late = aBrowser();
    const slow = device.use(await asksToSignIn(late));
    house.clock.skippedMs = 6 * MINUTE_MS;
    const sent = house.accounts.signInByPasskey(late.request(), { passkey: slow, keepSignedIn: false });
    await expect(sent).rejects.toThrow(TOO_LATE);
  });

  test('a key that was removed, one nobody added, and the answer of another’s key are refused alike', async () => {
    const [ann, eve] = [await signedUp(), await signedUp()];
    const [annsDevice, evesDevice] = [await adds(ann.browser), await adds(eve.browser)];
    evesDevice.id = annsDevice.id;
    evesDevice.userHandle = annsDevice.userHandle;
    await expect(signsIn(evesDevice)).rejects.toThrow(NOT_HERE);
    await expect(signsIn(aSoftwareAuthenticator())).rejects.toThrow(NOT_HERE);

    const { passkeys: listed } = await house.accounts.listPasskeys(ann.browser.request());
    const passkeyId = listed[0]!.id;
    await expect(house.accounts.removePasskey(eve.browser.request(), { passkeyId })).rejects.toThrow(/passkey/);
    await house.accounts.renamePasskey(ann.browser.request(), { passkeyId, name: 'Phone' });
    expect((await house.accounts.listPasskeys(ann.browser.request())).passkeys[0]?.name).toBe('Phone');
    await house.accounts.removePasskey(ann.browser.request(), { passkeyId });
    await expect(signsIn(annsDevice)).rejects.toThrow(NOT_HERE);
  });
});

test('whoever confirmed an address learns there of a passkey that came or went', async () => {
  const { browser, person, userId } = await signedUp();
  await house.db.update(users).set({ emailVerified: true }).where(eq(users.id, userId));
  await adds(browser);
  const { passkeys: listed } = await house.accounts.listPasskeys(browser.request());
  await house.accounts.removePasskey(browser.request(), { passkeyId: listed[0]!.id });
  await house.mailbox.mailTo(person.email, 2);
  const subjects = () => house.mailbox.mails.filter(({ to }) => to === person.email).map(({ subject }) => subject);
  await expect.poll(subjects).toContain('A passkey was added to your account');
  await expect.poll(subjects).toContain('A passkey was removed from your account');
});

test('whoever takes an unconfirmed account over by mail is rid of the passkeys of whoever made it', async () => {
  const { browser, person } = await signedUp();
  const device = await adds(browser);
  await house.accounts.requestPasswordReset(aBrowser().request(), { email: person.email });
  await house.mailbox.mailTo(person.email, 2);
  const mail = house.mailbox.mails.find(({ to, subject }) => to === person.email && /Reset/.test(subject))!;
  const owner = aBrowser();
  const token = tokenIn(mail, 'reset-password');
  await house.accounts.resetPassword(owner.request(), { token, newPassword: 'eleven amber lanterns' });
  await expect(signsIn(device)).rejects.toThrow(NOT_HERE);
});
