import { type Actor, brands, createDb, sessions, transactAs, users } from '@repo/db';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { trustedOrigins } from '../src/accounts/auth.ts';
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

/** Something only its maker may have written, to see whether it comes along. */
async function makesBrand(userId: string) {
  const name = `Brand ${crypto.randomUUID()}`;
  const actor: Actor = { kind: 'system', job: 'test' };
  await transactAs(house.db, actor, (tx) => tx.insert(brands).values({ name, slug: name, createdBy: userId }));
  return async () => (await house.db.select().from(brands).where(eq(brands.name, name)))[0]?.createdBy;
}

describe('signing up, in and out', () => {
  test('somebody who signs up is signed in at once, unconfirmed, and no guest', async () => {
    const { browser, person, userId } = await signedUp();

    const { actor, user, session, lapsed } = await whoIs(browser);

    expect(actor).toEqual({ kind: 'user', userId, isGuest: false });
    expect(user).toEqual({
      id: userId,
      name: 'Ann Example',
      email: person.email,
      emailVerified: false,
      isGuest: false,
      isStaff: false,
    });
    expect(session?.keepSignedIn).toBe(false);
    expect(lapsed).toBe(false);
  });

  test('signing in leads to the same account from another browser, whatever the case of the address', async () => {
    const { person, userId } = await signedUp();
    const phone = aBrowser();

    const answer = phone.take(await house.accounts.signIn(phone.request(), { ...person, email: person.email }));

    expect(answer.userId).toBe(userId);
    expect((await whoIs(phone)).user?.id).toBe(userId);
  });

  test('signing up again with the right password signs in', async () => {
    const { person, userId } = await signedUp();
    const phone = aBrowser();
    expect((await house.accounts.signUp(phone.request(), { ...person, name: 'Another' })).userId).toBe(userId);
  });

  test('a form sent twice at once makes one account', async () => {
    const [browser, person] = [aBrowser(), aPerson()];
    const sent = Array.from({ length: 4 }, () => house.accounts.signUp(browser.request(), person));
    expect(new Set((await Promise.all(sent)).map((answer) => answer.userId)).size).toBe(1);
  });

  test('signing out ends the session and takes the cookie back', async () => {
    const { browser } = await signedUp();
    const stolen = browser.request({}, 'GET');

    browser.take(await house.accounts.signOut(browser.request()));

    expect(browser.jar.size).toBe(0);
    expect((await whoIs(browser)).actor).toEqual({ kind: 'visitor' });
    expect((await house.accounts.sessionFor(stolen)).actor).toEqual({ kind: 'visitor' });
  });

  test('a common password is refused on its field, and no account is made', async () => {
    const person = aPerson({ password: 'Password123!' });
    await expect(house.accounts.signUp(aBrowser().request(), person)).rejects.toMatchObject({
      code: 'invalid',
      details: { field: 'password' },
    });
    expect(await house.db.select().from(users).where(eq(users.email, person.email))).toEqual([]);
  });

  test('a change of the secret ends sessions, not passwords', async () => {
    const { browser, person, userId } = await signedUp();
    const renewed = house.redo({ secret: 'another secret, also of 32 letters or more' });
    expect((await renewed.sessionFor(browser.request())).actor).toEqual({ kind: 'visitor' });
    for (const _ of ['the old salt', 'the new salt']) {
      expect((await renewed.signIn(aBrowser().request(), person)).userId).toBe(userId);
    }
  });
});

describe('cookies', () => {
  test('the session cookie is out of reach of scripts and other sites, and shared by both apps of a host', async () => {
    const { setCookie } = await house.accounts.signUp(aBrowser().request(), aPerson());
    const session = setCookie.find((line) => line.includes('session_token'));
    expect(session).toMatch(/^remixify\.session_token=/);
    expect(session).toContain('HttpOnly');
    expect(session).toContain('SameSite=Lax');
    expect(session).toContain('Path=/');
    expect(session).not.toMatch(/Secure|Domain/);
  });

  test('behind HTTPS it is Secure, and with COOKIE_DOMAIN it spans the hosts', async () => {
    const secure = await anAccountsHouse({ appUrl: 'https://app.remixify.example', cookieDomain: 'remixify.example' });
    try {
      const browser = aBrowser('https://app.remixify.example');
      const { setCookie, userId } = browser.take(await secure.accounts.signUp(browser.request(), aPerson()));
      const session = setCookie.find((line) => line.includes('session_token'));
      expect(session).toMatch(/^__Secure-remixify\.session_token=.*Domain=remixify\.example/);
      expect(session).toContain('Secure');

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
    const endOf = async () => (await house.db.select().from(sessions).where(eq(sessions.userId, userId)))[0]!.expiresAt;
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

describe('guests', () => {
  test('looking at pages makes nobody a guest; the first write does', async () => {
    const before = await house.db.$count(users);
    const browser = aBrowser();
    expect(await whoIs(browser)).toMatchObject({ actor: { kind: 'visitor' }, session: null, lapsed: false });
    expect(await house.db.$count(users)).toBe(before);

    const guest = browser.take(await house.accounts.becomeGuest(browser.request()));

    expect(guest.user).toMatchObject({ isGuest: true, email: '', name: expect.stringMatching(/^Guest [a-z]+ \d{3}$/) });
    expect(await house.db.$count(users)).toBe(before + 1);
    expect((await whoIs(browser)).actor).toEqual({ kind: 'user', userId: guest.user!.id, isGuest: true });
  });

  test('a guest and a person keep who they are', async () => {
    const browser = aBrowser();
    const first = browser.take(await house.accounts.becomeGuest(browser.request()));
    expect((await house.accounts.becomeGuest(browser.request())).user?.id).toBe(first.user?.id);
    const { browser: theirs, userId } = await signedUp();
    expect((await house.accounts.becomeGuest(theirs.request())).user?.id).toBe(userId);
  });

  test('the requests of one press get one guest between them', async () => {
    const pressKey = crypto.randomUUID();
    const enter = (ip?: string) => house.accounts.becomeGuest(aBrowser(undefined, ip).request(), { pressKey });
    const guests = await Promise.all([enter(), enter(), enter()]);
    expect(new Set(guests.map((guest) => guest.user?.id)).size).toBe(1);
    expect((await enter('198.51.100.9')).user?.id).not.toBe(guests[0]!.user?.id);

    house.clock.skippedMs = 11 * MINUTE_MS;
    await expect(enter()).rejects.toThrow();
  });

  test('a guest is kept for 30 days, and then is a plain visitor', async () => {
    const browser = aBrowser();
    browser.take(await house.accounts.becomeGuest(browser.request()));
    house.clock.skippedMs = 29 * 24 * HOUR_MS;
    expect((await whoIs(browser)).user?.isGuest).toBe(true);
    house.clock.skippedMs = 61 * 24 * HOUR_MS;
    expect(await whoIs(browser)).toMatchObject({ actor: { kind: 'visitor' }, lapsed: false });
  });

  test("what a guest made comes along to a new account, and the guest's session ends", async () => {
    const browser = aBrowser();
    const guest = browser.take(await house.accounts.becomeGuest(browser.request()));
    const makerOf = await makesBrand(guest.user!.id);
    const asGuest = browser.request({}, 'GET');

    const { userId } = await signedUp({}, browser);

    expect(await makerOf()).toBe(userId);
    expect((await whoIs(browser)).user?.id).toBe(userId);
    expect((await house.accounts.sessionFor(asGuest)).actor).toEqual({ kind: 'visitor' });
  });

  test('it comes along to an old account as well', async () => {
    const { person, userId } = await signedUp();
    const browser = aBrowser();
    const guest = browser.take(await house.accounts.becomeGuest(browser.request()));
    const makerOf = await makesBrand(guest.user!.id);
    browser.take(await house.accounts.signIn(browser.request(), person));
    expect(await makerOf()).toBe(userId);
  });

  test('when the work cannot be brought along, nobody is signed in, and the next try does it all', async () => {
    const { person, userId } = await signedUp();
    const browser = aBrowser();
    const guest = browser.take(await house.accounts.becomeGuest(browser.request()));
    const makerOf = await makesBrand(guest.user!.id);
    const closed = createDb(house.url);
    await closed.close();

    await expect(house.redo({ toolsDb: closed }).signIn(browser.request(), person)).rejects.toThrow();
    expect((await whoIs(browser)).user?.id).toBe(guest.user!.id);
    expect(await makerOf()).toBe(guest.user!.id);

    browser.take(await house.accounts.signIn(browser.request(), person));
    expect(await makerOf()).toBe(userId);
  });

  test('a session of a guest whose work went to an account counts no more', async () => {
    const { userId } = await signedUp();
    const browser = aBrowser();
    const guest = browser.take(await house.accounts.becomeGuest(browser.request()));
    await house.db.update(users).set({ mergedInto: userId }).where(eq(users.id, guest.user!.id));
    expect(await whoIs(browser)).toMatchObject({ actor: { kind: 'visitor' }, lapsed: true });
  });
});

describe('sessions elsewhere', () => {
  async function withTwoPlaces() {
    const { browser, person, userId } = await signedUp();
    const phone = aBrowser();
    phone.take(await house.accounts.signIn(phone.request({ 'user-agent': 'Phone' }), person));
    return { browser, phone, person, userId };
  }

  test('all places are listed, the present one marked, without their secret', async () => {
    const { browser } = await withTwoPlaces();
    const places = await house.accounts.listSessions(browser.request());
    expect(places.map(({ userAgent, isCurrent }) => ({ userAgent, isCurrent }))).toEqual(
      expect.arrayContaining([
        { userAgent: 'Phone', isCurrent: false },
        { userAgent: 'Test browser', isCurrent: true },
      ]),
    );
    expect(places).toHaveLength(2);
    expect(JSON.stringify(places)).not.toContain([...browser.jar.values()][0]!.slice(0, 20));
    expect(places[0]?.ipAddress).toBe('192.0.2.7');
  });

  test('ending one place works at once, there and only there', async () => {
    const { browser, phone, userId } = await withTwoPlaces();
    const other = (await house.accounts.listSessions(browser.request())).find((place) => !place.isCurrent)!;
    await house.accounts.revokeSession(browser.request(), { sessionId: other.id });
    expect(await whoIs(phone)).toMatchObject({ actor: { kind: 'visitor' }, lapsed: true });
    expect((await whoIs(browser)).user?.id).toBe(userId);
  });

  test("somebody else's place looks like a missing one", async () => {
    const [mine, theirs] = [await signedUp(), await signedUp()];
    const [place] = await house.accounts.listSessions(theirs.browser.request());
    const attempt = house.accounts.revokeSession(mine.browser.request(), { sessionId: place!.id });
    await expect(attempt).rejects.toMatchObject({ code: 'not_found' });
    expect((await whoIs(theirs.browser)).user?.id).toBe(theirs.userId);
  });

  test('"everywhere else" ends all but the present place', async () => {
    const { browser, phone, userId } = await withTwoPlaces();
    expect((await house.accounts.revokeOtherSessions(browser.request())).ended).toBe(1);
    expect((await whoIs(phone)).actor).toEqual({ kind: 'visitor' });
    expect((await whoIs(browser)).user?.id).toBe(userId);
  });

  test('visitors and guests are asked to sign in', async () => {
    const guest = aBrowser();
    guest.take(await house.accounts.becomeGuest(guest.request()));
    for (const browser of [aBrowser(), guest]) {
      await expect(house.accounts.listSessions(browser.request())).rejects.toMatchObject({ code: 'sign_up_first' });
      await expect(house.accounts.revokeOtherSessions(browser.request())).rejects.toMatchObject({
        code: 'sign_up_first',
      });
    }
  });

  test('signing in somewhere already signed in replaces that session', async () => {
    const { browser, person } = await signedUp();
    const before = browser.request({}, 'GET');
    browser.take(await house.accounts.signIn(browser.request(), person));
    expect((await house.accounts.sessionFor(before)).actor).toEqual({ kind: 'visitor' });
    expect(await house.accounts.listSessions(browser.request())).toHaveLength(1);
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
