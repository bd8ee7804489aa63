import { secondFactors } from '@repo/db';
import { eq } from 'drizzle-orm';
import { Secret, TOTP } from 'otpauth';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { stepOfCode } from '../src/accounts/totp.ts';
import { type AccountsHouse, aBrowser, anAccountsHouse, aPerson, type Browser, tokenIn } from './accounts-house.ts';

let house: AccountsHouse;
beforeAll(async () => {
  house = await anAccountsHouse();
});
afterAll(() => house.close());
afterEach(() => {
  house.clock.skippedMs = 0;
});

const STEP_MS = 30_000;
const BACKUP_CODE = /^([0-9a-z]{4}-){3}[0-9a-z]{4}$/;
const SESSION = 'remixify.session_token';
const PENDING = 'remixify.second-step';

/** What an app shows, now or some steps away. */
const appFor = (secret: string) => {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  return { code: (steps = 0) => totp.generate({ timestamp: house.tools.now().getTime() + steps * STEP_MS }) };
};
const wait = (steps = 1) => {
  house.clock.skippedMs += steps * STEP_MS;
};
const wrong = (app: { code(steps?: number): string }) => {
  const right = [-2, -1, 0, 1, 2].map((steps) => app.code(steps));
  return ['111111', '222222', '333333', '444444', '555555', '666666'].find((code) => !right.includes(code))!;
};

/** Somebody whose address is theirs, with an app; the next step has begun, so the app's code is a fresh one. */
async function aCarefulPerson(changes: { email?: string; password?: string } = {}) {
  const [browser, person] = [aBrowser(), aPerson(changes)];
  const { userId } = browser.take(await house.accounts.signUp(browser.request(), person));
  const { password } = person;
  const { secret, uri, picture } = await house.accounts.beginSecondFactor(browser.request(), { password });
  const app = appFor(secret);
  const { codes } = await house.accounts.confirmSecondFactor(browser.request(), { code: app.code() });
  wait();
  return { browser, person, userId: userId!, secret, uri, picture, app, codes };
}

/** The first step in a browser of its own. */
async function firstStep(person: { email: string; password: string }, keepSignedIn = false) {
  const browser = aBrowser();
  const answer = browser.take(await house.accounts.signIn(browser.request(), { ...person, keepSignedIn }));
  return { browser, answer };
}
const finish = async (browser: Browser, code: string) =>
  browser.take(await house.accounts.finishSignIn(browser.request(), { code }));
const whoIs = async (browser: Browser) =>
  (await house.accounts.sessionFor(browser.request({}, 'GET'))).user?.id ?? null;
/** Resolves as soon as a mail with this subject came. */
async function mailed(to: string, subject: string) {
  for (let n = 1; (await house.mailbox.mailTo(to, n)).subject !== subject; n++);
}
const refused = { code: 'invalid' };

describe('turning it on', () => {
  test('needs the password, shows the secret in three ways, and keeps it sealed', async () => {
    const { userId, person, secret, uri, picture, codes, browser } = await aCarefulPerson();
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const address = new URL(uri);
    expect(address.protocol).toBe('otpauth:');
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      secret,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
    expect(decodeURIComponent(address.pathname)).toContain(person.email);
    expect(picture).toMatch(/^data:image\/svg\+xml,/);
    expect(codes).toHaveLength(10);
    for (const code of codes) expect(code).toMatch(BACKUP_CODE);
    const [row] = await house.db.select().from(secondFactors).where(eq(secondFactors.userId, userId));
    expect(row!.secret).toMatch(/^v1\./);
    const kept = JSON.stringify([row, await house.db.query.backupCodes.findMany()]);
    for (const shown of [secret, ...codes, ...codes.map((code) => code.replaceAll('-', ''))]) {
      expect(kept).not.toContain(shown);
    }
    const again = house.accounts.beginSecondFactor(browser.request(), { password: person.password });
    await expect(again).rejects.toMatchObject({ code: 'conflict' });
  });

  test('the wrong password, a visitor and a guest get no secret', async () => {
    const browser = aBrowser();
    browser.take(await house.accounts.signUp(browser.request(), aPerson()));
    const begin = (who: Browser) => house.accounts.beginSecondFactor(who.request(), { password: 'not the password' });
    await expect(begin(browser)).rejects.toMatchObject({ ...refused, details: { field: 'password' } });
    const guest = aBrowser();
    guest.take(await house.accounts.becomeGuest(guest.request()));
    for (const who of [guest, aBrowser()]) await expect(begin(who)).rejects.toMatchObject({ code: 'sign_up_first' });
  });

  test('counts for nothing until a code was right, and is forgotten after a quarter of an hour', async () => {
    const [browser, person] = [aBrowser(), aPerson()];
    browser.take(await house.accounts.signUp(browser.request(), person));
    const { secret } = await house.accounts.beginSecondFactor(browser.request(), person);
    const app = appFor(secret);
    const confirm = (code: string) => house.accounts.confirmSecondFactor(browser.request(), { code });
    await expect(confirm(wrong(app))).rejects.toMatchObject(refused);
    expect((await firstStep(person)).answer.needsCode).toBe(false);
    const state = () => house.accounts.readSecondFactor(browser.request());
    expect(await state()).toEqual({ state: 'started', backupCodesLeft: 0 });
    wait(31);
    expect(await state()).toEqual({ state: 'off', backupCodesLeft: 0 });
    await expect(confirm(app.code())).rejects.toMatchObject({ code: 'conflict' });
  });

  test('signs out everywhere else, and stays signed in here', async () => {
    const [browser, person] = [aBrowser(), aPerson()];
    const { userId } = browser.take(await house.accounts.signUp(browser.request(), person));
    const { browser: phone } = await firstStep(person);
    const { secret } = await house.accounts.beginSecondFactor(browser.request(), person);
    await house.accounts.confirmSecondFactor(browser.request(), { code: appFor(secret).code() });
    expect(await whoIs(phone)).toBeNull();
    expect(await whoIs(browser)).toBe(userId);
  });
});

describe('signing in', () => {
  test('the password alone opens nothing; the code of the app then does, for as long as was asked', async () => {
    const { person, userId, app } = await aCarefulPerson();
    const { browser, answer } = await firstStep(person, true);
    expect(answer).toMatchObject({ needsCode: true, userId: null });
    expect(answer.setCookie.join()).toMatch(
      /remixify\.second-step=[\w-]{32}; Max-Age=300; Path=\/; HttpOnly; SameSite=Lax/,
    );
    expect(browser.jar.has(SESSION)).toBe(false);
    expect(await whoIs(browser)).toBeNull();
    expect(await house.accounts.isCodeAwaited(browser.request())).toBe(true);
    expect((await finish(browser, app.code())).userId).toBe(userId);
    const { session } = await house.accounts.sessionFor(browser.request());
    expect(session).toMatchObject({ keepSignedIn: true });
    expect(browser.jar.has(PENDING)).toBe(false);
    expect(await house.accounts.isCodeAwaited(browser.request())).toBe(false);
  });

  test('the wrong password is told as ever, with a second factor or without', async () => {
    const { person } = await aCarefulPerson();
    const told = await Promise.all(
      [person.email, aPerson().email].map((email) =>
        firstStep({ email, password: 'not the password' }).catch((error: Error) => error.message),
      ),
    );
    expect(new Set(told)).toEqual(new Set(['The e-mail address or the password is wrong.']));
  });

  test('the sign-up form with the right password asks for the code too', async () => {
    const { person } = await aCarefulPerson();
    const browser = aBrowser();
    const answer = browser.take(await house.accounts.signUp(browser.request(), person));
    expect(answer).toMatchObject({ needsCode: true, userId: null });
    expect(await whoIs(browser)).toBeNull();
  });

  test('a new password by mail asks for the code too, and ends what the old one began', async () => {
    const { person, userId, app } = await aCarefulPerson();
    const { browser: begun } = await firstStep(person);
    await house.accounts.requestPasswordReset(aBrowser().request(), person);
    const token = tokenIn(await house.mailbox.mailTo(person.email, 2), 'reset-password');
    const browser = aBrowser();
    const newPassword = 'a fresh and long one';
    const answer = browser.take(await house.accounts.resetPassword(browser.request(), { token, newPassword }));
    expect(answer).toMatchObject({ needsCode: true, userId: null });
    expect(await whoIs(browser)).toBeNull();
    await expect(finish(begun, app.code())).rejects.toMatchObject(refused);
    expect((await finish(browser, app.code())).userId).toBe(userId);
  });

  test('the step before and the step after count, those beyond do not', () => {
    const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
    const now = new Date('2026-11-30T12:00:10Z');
    const step = Math.floor(now.getTime() / STEP_MS);
    const codeAt = (steps: number) =>
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now.getTime() + steps * STEP_MS });
    const found = [-2, -1, 0, 1, 2].map((steps) => stepOfCode(secret, codeAt(steps), now));
    expect(found).toEqual([null, step - 1, step, step + 1, null]);
  });

  test('no code works twice, not even at once, nor one from before the last', async () => {
    const { person, app } = await aCarefulPerson();
    wait(2);
    const [one, two] = [(await firstStep(person)).browser, (await firstStep(person)).browser];
    const code = app.code();
    const before = app.code(-1);
    const both = await Promise.allSettled([finish(one, code), finish(two, code)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { browser } = await firstStep(person);
    for (const used of [code, before]) await expect(finish(browser, used)).rejects.toMatchObject(refused);
    wait();
    await finish(browser, app.code());
  });

  test('a backup code works once, however it is typed, and its person is told', async () => {
    const { person, userId, codes, browser: home } = await aCarefulPerson();
    await house.db.$client`update "user" set email_verified = true where id = ${userId}`;
    const { browser } = await firstStep(person);
    await finish(browser, ` ${codes[0]!.toUpperCase().replaceAll('-', ' ')} `);
    expect(await whoIs(browser)).toBe(userId);
    await mailed(person.email, 'A backup code was used');
    expect(await house.accounts.readSecondFactor(home.request())).toEqual({ state: 'on', backupCodesLeft: 9 });
    const { browser: later } = await firstStep(person);
    await expect(finish(later, codes[0]!)).rejects.toMatchObject(refused);
    await finish(later, codes[1]!);
  });

  test('after five wrong codes the password is asked for again; at once they count as well', async () => {
    const { person, userId, app } = await aCarefulPerson();
    const { browser } = await firstStep(person);
    await Promise.allSettled(Array.from({ length: 5 }, () => finish(browser, wrong(app))));
    expect(await house.accounts.isCodeAwaited(browser.request())).toBe(false);
    await expect(finish(browser, app.code())).rejects.toMatchObject(refused);
    expect(await whoIs(browser)).toBeNull();
    expect((await finish((await firstStep(person)).browser, app.code())).userId).toBe(userId);
  });

  test('an account is tried thirty times an hour from elsewhere; its backup codes and its own browser go on', async () => {
    const [home, thief, person] = [aBrowser(), aBrowser(), aPerson()];
    const { userId } = home.take(await house.accounts.signUp(home.request(), person));
    // Entered with the password alone: that makes no browser one of theirs.
    thief.take(await house.accounts.signIn(thief.request(), person));
    const { secret } = await house.accounts.beginSecondFactor(home.request(), person);
    const app = appFor(secret);
    const { codes } = home.take(await house.accounts.confirmSecondFactor(home.request(), { code: app.code() }));
    wait();
    const counted = await house.db.$client`
      update rate_limit set count = 29 where key = ${`second-factor|${userId}`} and count = 1 returning key`;
    expect(counted).toHaveLength(1);
    await expect(finish((await firstStep(person)).browser, wrong(app))).rejects.toMatchObject(refused);
    const { browser } = await firstStep(person);
    thief.take(await house.accounts.signIn(thief.request(), person));
    for (const place of [browser, thief]) {
      await expect(finish(place, app.code())).rejects.toMatchObject({ code: 'quota_exceeded' });
    }
    await finish(browser, codes[0]!);
    home.take(await house.accounts.signIn(home.request(), person));
    await expect(finish(home, wrong(app))).rejects.toMatchObject(refused);
    expect((await finish(home, app.code())).userId).toBe(userId);
  });

  test('what waits for a code waits five minutes, in that browser, for that person', async () => {
    const [ann, bob] = [await aCarefulPerson(), await aCarefulPerson()];
    wait();
    const { browser: anns } = await firstStep(ann.person);
    await expect(finish(aBrowser(), ann.app.code())).rejects.toMatchObject(refused);
    const { browser: bobs } = await firstStep(bob.person);
    await expect(finish(bobs, ann.app.code())).rejects.toMatchObject(refused);
    await expect(finish(bobs, ann.codes[0]!)).rejects.toMatchObject(refused);
    const made = aBrowser();
    made.jar.set(PENDING, 'x'.repeat(32));
    await expect(finish(made, ann.app.code())).rejects.toMatchObject(refused);
    expect(JSON.stringify(await house.db.query.verifications.findMany())).not.toContain(anns.jar.get(PENDING)!);
    wait(11);
    await expect(finish(anns, ann.app.code())).rejects.toMatchObject(refused);
  });

  test('whoever waits can go back to the password', async () => {
    const { person, app } = await aCarefulPerson();
    const { browser } = await firstStep(person);
    const cookie = browser.jar.get(PENDING)!;
    browser.take(await house.accounts.dropSignIn(browser.request()));
    expect(browser.jar.has(PENDING)).toBe(false);
    browser.jar.set(PENDING, cookie);
    await expect(finish(browser, app.code())).rejects.toMatchObject(refused);
  });

  test('the work of a guest comes along, and another site cannot send the code', async () => {
    const { person, app, userId } = await aCarefulPerson();
    const browser = aBrowser();
    const { actor } = browser.take(await house.accounts.becomeGuest(browser.request()));
    browser.take(await house.accounts.signIn(browser.request(), { ...person }));
    const foreign = browser.request({ origin: 'https://evil.example' });
    await expect(house.accounts.finishSignIn(foreign, { code: app.code() })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await finish(browser, app.code());
    const guestId = actor.kind === 'user' ? actor.userId : '';
    const guest = await house.db.query.users.findFirst({ where: (row) => eq(row.id, guestId) });
    expect(guest?.mergedInto).toBe(userId);
  });
});

describe('turning it off, and new backup codes', () => {
  test('needs the password and a code; afterwards the password alone is enough', async () => {
    const { browser, person, app, userId } = await aCarefulPerson();
    const { password } = person;
    const off = (input: { password: string; code: string }) =>
      house.accounts.disableSecondFactor(browser.request(), input);
    const code = app.code();
    await expect(off({ password: 'not the password', code })).rejects.toMatchObject({ details: { field: 'password' } });
    await expect(off({ password, code: wrong(app) })).rejects.toMatchObject({ details: { field: 'code' } });
    expect((await firstStep(person)).answer.needsCode).toBe(true);
    await off({ password, code });
    expect((await firstStep(person)).answer).toMatchObject({ needsCode: false, userId });
    expect(await house.db.query.backupCodes.findMany({ where: (row) => eq(row.userId, userId) })).toEqual([]);
  });

  test('new backup codes replace all others, and are told of by mail', async () => {
    const { browser, person, app, codes: old, userId } = await aCarefulPerson();
    await house.db.$client`update "user" set email_verified = true where id = ${userId}`;
    const input = { password: person.password, code: app.code() };
    const { codes } = await house.accounts.newBackupCodes(browser.request(), input);
    expect(new Set([...codes, ...old]).size).toBe(20);
    await mailed(person.email, 'New backup codes');
    const { browser: elsewhere } = await firstStep(person);
    await expect(finish(elsewhere, old[0]!)).rejects.toMatchObject(refused);
    await finish(elsewhere, codes[9]!);
  });
});

test('an account that stands in for a taken address does all this just the same', async () => {
  const holder = await aCarefulPerson();
  const decoy = await aCarefulPerson({ email: holder.person.email, password: 'three purple umbrellas' });
  expect(decoy.userId).not.toBe(holder.userId);
  for (const { person, userId, app } of [holder, decoy]) {
    const { browser, answer } = await firstStep(person);
    expect(answer).toMatchObject({ needsCode: true, userId: null });
    wait();
    expect((await finish(browser, app.code())).userId).toBe(userId);
  }
});
