import { type Actor, brands, createDb, transactAs, users } from '@repo/db';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
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

    // That this browser is known stays: it opens nothing.
    expect([...browser.jar.keys()]).toEqual(['remixify.device']);
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
