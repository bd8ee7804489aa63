import { sessions } from '@repo/db';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { trustedOrigins } from '../src/accounts/trusted-origins.ts';
import { type AccountsHouse, aBrowser, anAccountsHouse, aPerson, type Browser, HOUR_MS } from './accounts-house.ts';

let house: AccountsHouse;
beforeAll(async () => {
  house = await anAccountsHouse();
});
afterAll(() => house.close());
afterEach(() => {
  house.clock.skippedMs = 0;
});

const MINUTE_MS = 60_000;
const whoIs = (browser: Browser) => house.accounts.sessionFor(browser.request({}, 'GET'));

async function signedUp(changes = {}, browser = aBrowser()) {
  const person = aPerson(changes);
  const { userId } = browser.take(await house.accounts.signUp(browser.request(), person));
  return { browser, person, userId };
}

describe('cookies', () => {
  test('the session cookie is out of reach of scripts and other sites, and shared by both apps of a host', async () => {
    const { setCookie } = await house.accounts.signUp(aBrowser().request(), aPerson());
    const session = setCookie.find((line) => line.includes('session_token'));
    expect(session).toMatch(/^remixify\.session_token=/);
    expect(session).toContain('HttpOnly');
    expect(session).toContain('SameSite=Lax');
    expect(session).toContain('Path=/');
    expect(session).not.toMatch(/Secure|Domain/);
    // So is the one by which a browser is known when passwords are guessed, which stays after signing out.
    const device = setCookie.find((line) => line.startsWith('remixify.device='));
    expect(device).toMatch(/Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  test('behind HTTPS it is Secure, and with COOKIE_DOMAIN it spans the hosts', async () => {
    const secure = await anAccountsHouse({ appUrl: 'https://app.remixify.example', cookieDomain: 'remixify.example' });
    try {
      const browser = aBrowser('https://app.remixify.example');
      const { setCookie, userId } = browser.take(await secure.accounts.signUp(browser.request(), aPerson()));
      const session = setCookie.find((line) => line.includes('session_token'));
      expect(session).toMatch(/^__Secure-remixify\.session_token=.*Domain=remixify\.example/);
      expect(session).toContain('Secure');
      expect(setCookie.join('\n')).toMatch(/^__Secure-remixify\.device=.*Domain=remixify\.example.*; Secure/m);

      secure.clock.skippedMs = HOUR_MS;
      const later = await secure.accounts.sessionFor(browser.request());
      expect(later.actor).toMatchObject({ userId });
      const attributes = (line = '') => new Set(line.split('; ').slice(1));
      expect(attributes(later.setCookie[0])).toEqual(attributes(session));
    } finally {
      await secure.close();
    }
  });

  test('a session of the web app holds in the admin app of the same machine', async () => {
    const { browser, userId } = await signedUp();
    const atAdmin = new Request('http://localhost:3001/', {
      headers: { cookie: browser.request().headers.get('cookie')! },
    });
    expect((await house.accounts.sessionFor(atAdmin)).actor).toMatchObject({ userId });
  });

  test.each([
    ['without a signature', (value: string) => value.split('.')[0]!],
    ['with another signature', (value: string) => `${value.slice(0, -8)}AAAAAAA%3D`],
    ['with a broken escape', () => '%E0%A4%A'],
    ['that is empty', () => ''],
  ])('a cookie %s is nobody', async (_, change) => {
    const { browser } = await signedUp();
    const [[name, value] = ['', '']] = [...browser.jar];
    browser.jar.set(name, change(value));
    expect(await whoIs(browser)).toMatchObject({ actor: { kind: 'visitor' }, user: null, lapsed: false });
  });
});

describe('how long a session lasts', () => {
  test('eight hours of silence end it; the person is a visitor who should sign in again', async () => {
    const { browser } = await signedUp();
    house.clock.skippedMs = 8 * HOUR_MS + MINUTE_MS;
    expect(await whoIs(browser)).toMatchObject({ actor: { kind: 'visitor' }, user: null, session: null, lapsed: true });
  });

  test('use moves its end on, and the cookie with it', async () => {
    const { browser, userId } = await signedUp();
    for (const hours of [7, 14, 21]) {
      house.clock.skippedMs = hours * HOUR_MS;
      const { actor, session, setCookie } = await whoIs(browser);
      expect(actor).toMatchObject({ userId });
      expect(session!.expiresAt.getTime()).toBeGreaterThan(Date.now() + (hours + 7.9) * HOUR_MS);
      expect(setCookie).toEqual([expect.stringMatching(/^remixify\.session_token=.*Max-Age=2592000/)]);
      expect(setCookie[0]!.split(/[=;]/)[1]).toBe([...browser.jar.values()][0]);
    }
  });

  test('its end is written at most every 15 minutes', async () => {
    const { browser, userId } = await signedUp();
    const endOf = async () =>
      (await house.db.select().from(sessions).where(eq(sessions.userId, userId!)))[0]!.expiresAt;
    const first = await endOf();

    house.clock.skippedMs = 14 * MINUTE_MS;
    expect((await whoIs(browser)).setCookie).toEqual([]);
    expect(await endOf()).toEqual(first);

    house.clock.skippedMs = 16 * MINUTE_MS;
    const answers = await Promise.all([whoIs(browser), whoIs(browser), whoIs(browser)]);
    expect(answers.flatMap((answer) => answer.setCookie)).toHaveLength(1);
    expect(answers.every((answer) => answer.user?.id === userId)).toBe(true);
    expect((await endOf()).getTime()).toBeGreaterThan(first.getTime());
  });

  test('kept signed in, it lasts 30 days after the last use', async () => {
    const { browser, userId } = await signedUp({ keepSignedIn: true });
    house.clock.skippedMs = 29 * 24 * HOUR_MS;
    expect((await whoIs(browser)).session?.keepSignedIn).toBe(true);
    house.clock.skippedMs = 58 * 24 * HOUR_MS;
    expect((await whoIs(browser)).actor).toMatchObject({ userId });
    house.clock.skippedMs = 89 * 24 * HOUR_MS;
    expect((await whoIs(browser)).actor).toEqual({ kind: 'visitor' });
  });
});

describe('other sites', () => {
  const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };

  test.each([
    ['signing up', (request: Request) => house.accounts.signUp(request, aPerson())],
    ['signing in', (request: Request) => house.accounts.signIn(request, aPerson())],
    ['asking for a reset', (request: Request) => house.accounts.requestPasswordReset(request, aPerson())],
  ])('%s from a page of another site is refused, with and without cookies', async (_, act) => {
    const { browser } = await signedUp();
    const only = { origin: foreign.origin };
    for (const request of [
      browser.request(foreign),
      browser.request(only),
      aBrowser().request(foreign),
      aBrowser().request(only),
    ]) {
      await expect(act(request)).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  test('a page of another site can neither sign somebody out nor end their sessions', async () => {
    const { browser, userId } = await signedUp();
    await expect(house.accounts.signOut(browser.request(foreign))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(house.accounts.revokeOtherSessions(browser.request(foreign))).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect((await whoIs(browser)).user?.id).toBe(userId);
  });

  test('the admin app, another name of this machine, and forms without a referrer are our own', async () => {
    const ours: Record<string, string>[] = [
      { origin: 'http://localhost:3001' },
      { origin: 'http://127.0.0.1:3001' },
      { origin: 'null', 'sec-fetch-site': 'same-origin' },
    ];
    for (const headers of ours) {
      await expect(house.accounts.signUp(aBrowser().request(headers), aPerson())).resolves.toHaveProperty('userId');
    }
    const byAddress = aBrowser('http://192.168.1.20:3000');
    await expect(house.accounts.signUp(byAddress.request(), aPerson())).resolves.toHaveProperty('userId');
    expect(trustedOrigins('https://a.example', 'http://localhost:3001')).toEqual([
      'https://a.example',
      'http://localhost:3001',
      'http://127.0.0.1:3001',
    ]);
  });
});
