import { users } from '@repo/db';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type AccountsHouse, aBrowser, anAccountsHouse, aPerson, HOUR_MS, tokenIn } from './accounts-house.ts';

let house: AccountsHouse;
beforeAll(async () => {
  house = await anAccountsHouse();
});
afterAll(() => house.close());
afterEach(() => {
  house.clock.skippedMs = 0;
});

async function aMember() {
  const [browser, person] = [aBrowser(), aPerson()];
  const { userId } = browser.take(await house.accounts.signUp(browser.request(), person));
  const confirmation = await house.mailbox.mailTo(person.email);
  const enter = (password: string) => house.accounts.signIn(aBrowser().request(), { ...person, password });
  const who = () => house.accounts.sessionFor(browser.request({}, 'GET'));
  return { browser, person, userId: userId!, confirmation, enter, who };
}

describe('confirming an address', () => {
  test('the link of the first mail does it, once', async () => {
    const { browser, who, confirmation } = await aMember();
    const token = tokenIn(confirmation, 'verify-email');
    await house.accounts.verifyEmail(browser.request(), { token });
    expect((await who()).user?.emailVerified).toBe(true);
    await expect(house.accounts.verifyEmail(browser.request(), { token })).rejects.toMatchObject({ code: 'invalid' });
  });

  test('a new link can be had until it is done, and an old one dies after three days', async () => {
    const { browser, person, confirmation } = await aMember();
    house.clock.skippedMs = 2 * HOUR_MS;
    await house.accounts.resendVerification(browser.request());
    const second = await house.mailbox.mailTo(person.email, 2);
    house.clock.skippedMs = 73 * HOUR_MS;
    const verify = (token: string) => house.accounts.verifyEmail(aBrowser().request(), { token });
    await expect(verify(tokenIn(confirmation, 'verify-email'))).rejects.toMatchObject({ code: 'invalid' });
    await verify(tokenIn(second, 'verify-email'));
    house.clock.skippedMs = 0;
    await expect(house.accounts.resendVerification(browser.request())).rejects.toMatchObject({ code: 'conflict' });
  });

  test.each(['made-up-but-of-a-good-shape-42', '../../etc/passwd?x=1234567890'])(
    'the token %s does nothing',
    async (token) => {
      await expect(house.accounts.verifyEmail(aBrowser().request(), { token })).rejects.toMatchObject({
        code: 'invalid',
      });
    },
  );
});

describe('a forgotten password', () => {
  async function resetToken(email: string) {
    await house.accounts.requestPasswordReset(aBrowser().request(), { email });
    return tokenIn(await house.mailbox.mailTo(email, 2), 'reset-password');
  }
  const reset = (token: string, newPassword: string, browser = aBrowser()) =>
    house.accounts.resetPassword(browser.request(), { token, newPassword });

  test('is replaced through the mail; every session ends but the new one, and the address counts as confirmed', async () => {
    const { person, userId, enter, who } = await aMember();
    const browser = aBrowser();
    browser.take(await reset(await resetToken(person.email), 'a fresh and long one', browser));

    const now = await house.accounts.sessionFor(browser.request());
    expect(now.user).toMatchObject({ id: userId, emailVerified: true });
    expect((await who()).actor).toEqual({ kind: 'visitor' });
    expect((await enter('a fresh and long one')).userId).toBe(userId);
    await expect(enter(person.password)).rejects.toMatchObject({ code: 'invalid' });
  });

  test('its link works once, and for an hour', async () => {
    const { person } = await aMember();
    const token = await resetToken(person.email);
    house.clock.skippedMs = HOUR_MS + 60_000;
    await expect(reset(token, 'a fresh and long one')).rejects.toMatchObject({ code: 'invalid' });
    house.clock.skippedMs = 0;
    const twice = await Promise.allSettled([
      reset(token, 'a fresh and long one'),
      reset(token, 'another long one, too'),
    ]);
    expect(twice.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  });

  test('a weak replacement is refused and leaves the link usable', async () => {
    const { person, userId } = await aMember();
    const token = await resetToken(person.email);
    for (const weak of ['password123', `${person.email.split('@')[0]}1`]) {
      await expect(reset(token, weak)).rejects.toMatchObject({ code: 'invalid', details: { field: 'newPassword' } });
    }
    expect((await reset(token, 'a fresh and long one')).userId).toBe(userId);
  });

  test('an unknown address gets no mail', async () => {
    const [unknown, marker] = [aPerson().email, aPerson()];
    await house.accounts.requestPasswordReset(aBrowser().request(), { email: unknown });
    await house.accounts.signUp(aBrowser().request(), marker);
    await house.mailbox.mailTo(marker.email);
    expect(house.mailbox.mails.filter((mail) => mail.to === unknown)).toEqual([]);
  });

  test('the table of links is of no use to a thief', async () => {
    const { person } = await aMember();
    const token = await resetToken(person.email);
    const dump = JSON.stringify(await house.db.query.verifications.findMany());
    expect(dump).toContain('reset-password:');
    expect(dump).not.toContain(token);
  });
});

describe('settings', () => {
  test('a changed password ends all other sessions and keeps the present one', async () => {
    const { browser, person, userId, enter, who } = await aMember();
    const phone = aBrowser();
    phone.take(await house.accounts.signIn(phone.request(), person));
    const change = { currentPassword: person.password, newPassword: 'a fresh and long one' };
    await house.accounts.changePassword(browser.request(), change);
    expect((await who()).user?.id).toBe(userId);
    expect((await house.accounts.sessionFor(phone.request())).actor).toEqual({ kind: 'visitor' });
    expect((await enter('a fresh and long one')).userId).toBe(userId);
    await expect(enter(person.password)).rejects.toMatchObject({ code: 'invalid' });
  });

  test('a changed password ends reset links that are still about, but not the link that confirms the address', async () => {
    const { browser, person, confirmation, who } = await aMember();
    await house.accounts.requestPasswordReset(aBrowser().request(), person);
    const token = tokenIn(await house.mailbox.mailTo(person.email, 2), 'reset-password');
    const change = { currentPassword: person.password, newPassword: 'a fresh and long one' };
    await house.accounts.changePassword(browser.request(), change);
    const reset = house.accounts.resetPassword(aBrowser().request(), { token, newPassword: 'of somebody else, maybe' });
    await expect(reset).rejects.toMatchObject({ code: 'invalid' });
    await house.accounts.verifyEmail(browser.request(), { token: tokenIn(confirmation, 'verify-email') });
    expect((await who()).user?.emailVerified).toBe(true);
  });

  test('the wrong current password is told on its field and changes nothing', async () => {
    const { browser, person, enter, userId } = await aMember();
    const change = { currentPassword: 'not the password', newPassword: 'a fresh and long one' };
    const attempt = house.accounts.changePassword(browser.request(), change);
    await expect(attempt).rejects.toMatchObject({ code: 'invalid', details: { field: 'currentPassword' } });
    expect((await enter(person.password)).userId).toBe(userId);
  });

  test('a new name shows at once, markup and all', async () => {
    const { browser, userId, who } = await aMember();
    await house.accounts.changeName(browser.request(), { name: '<b>Zoë</b> & Söhne 🦦' });
    expect((await who()).user?.name).toBe('<b>Zoë</b> & Söhne 🦦');
    const profile = await house.db.query.profiles.findFirst({ where: (row) => eq(row.userId, userId) });
    expect(profile?.name).toBe('<b>Zoë</b> & Söhne 🦦');
  });

  test('visitors can change nothing', async () => {
    const request = () => aBrowser().request();
    const attempts = [
      house.accounts.changeName(request(), { name: 'X' }),
      house.accounts.changePassword(request(), { currentPassword: 'x', newPassword: 'a fresh and long one' }),
      house.accounts.resendVerification(request()),
    ];
    for (const attempt of attempts) await expect(attempt).rejects.toMatchObject({ code: 'sign_up_first' });
  });
});

describe('an installation without demo data', () => {
  test('belongs to the first person alone, even when several sign up at once, and never to a guest', async () => {
    const empty = await anAccountsHouse({ demo: false });
    try {
      await empty.accounts.becomeGuest(aBrowser().request());
      const people = Array.from({ length: 3 }, () => empty.accounts.signUp(aBrowser().request(), aPerson()));
      await Promise.all(people);
      await empty.accounts.signUp(aBrowser().request(), aPerson());
      const rows = await empty.db.select().from(users);
      expect(rows.filter((row) => row.platformRole === 'staff')).toMatchObject([{ isAnonymous: false }]);
      expect(rows).toHaveLength(5);
    } finally {
      await empty.close();
    }
  });

  test('with demo data nobody is staff by being first', async () => {
    const { who } = await aMember();
    expect((await who()).user?.isStaff).toBe(false);
  });
});
