import { brands, profiles, transactAs, users } from '@repo/db';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AccountsHouse, aBrowser, anAccountsHouse, aPerson, type Browser, tokenIn } from './accounts-house.ts';

let house: AccountsHouse;
beforeAll(async () => {
  house = await anAccountsHouse();
});
afterAll(() => house.close());

const whoIs = (browser: Browser) => house.accounts.sessionFor(browser.request({}, 'GET'));
const theirOwn = 'a password of the owner';

/** An address with a holder, confirmed or not, and the browser the holder uses. */
async function aTakenAddress({ confirmed = true } = {}) {
  const [browser, person] = [aBrowser(), aPerson({ name: 'The Holder', password: theirOwn })];
  const { userId } = browser.take(await house.accounts.signUp(browser.request(), person));
  const mail = await house.mailbox.mailTo(person.email);
  if (confirmed) await house.accounts.verifyEmail(browser.request(), { token: tokenIn(mail, 'verify-email') });
  return { browser, userId: userId!, email: person.email };
}

async function signUp(email: string, password: string, browser = aBrowser()) {
  const { userId } = browser.take(await house.accounts.signUp(browser.request(), aPerson({ email, password })));
  return { browser, userId: userId! };
}

const signIn = async (email: string, password: string, browser = aBrowser()) => {
  const { userId } = browser.take(
    await house.accounts.signIn(browser.request(), { email, password, keepSignedIn: false }),
  );
  return { browser, userId: userId! };
};

async function makesBrand(userId: string) {
  const name = `Brand ${crypto.randomUUID()}`;
  const system = { kind: 'system', job: 'test' } as const;
  await transactAs(house.db, system, (tx) => tx.insert(brands).values({ name, slug: name, createdBy: userId }));
  return async () => (await house.db.select().from(brands).where(eq(brands.name, name)))[0]?.createdBy;
}

/** Everything that differs between any two answers: ids, secrets, times, and the address itself. */
const masked = (answer: unknown): string =>
  JSON.stringify(answer)
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replaceAll(/remixify\.device=[\w.~-]+/g, 'remixify.device=<secret>')
    .replaceAll(/session_token=[\w%.-]+/g, 'session_token=<secret>')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replaceAll(/ann-[\w-]+@example\.com/g, '<address>');

describe('a taken address and a free one', () => {
  test('cannot be told apart by the answer to a sign-up, nor by anything the new person sees later', async () => {
    const seen = async (email: string) => {
      const browser = aBrowser();
      const answer = browser.take(await house.accounts.signUp(browser.request(), aPerson({ email })));
      const resent = await house.accounts.resendVerification(browser.request());
      const renamed = await house.accounts.changeName(browser.request(), { name: 'Other' });
      const passwords = { currentPassword: 'seven green kettles', newPassword: 'eight green kettles' };
      const changed = await house.accounts.changePassword(browser.request(), passwords);
      const places = await house.accounts.listSessions(browser.request());
      const [profile] = await house.db.select().from(profiles).where(eq(profiles.userId, answer.userId!));
      const again = await house.accounts.signIn(aBrowser().request(), {
        ...aPerson({ email }),
        password: 'eight green kettles',
      });
      expect(again.userId).toBe(answer.userId);
      return masked([answer, await whoIs(browser), resent, renamed, changed, places, profile, again]);
    };
    const [confirmed, unconfirmed] = [await aTakenAddress(), await aTakenAddress({ confirmed: false })];

    const free = await seen(aPerson().email);

    expect(await seen(confirmed.email)).toBe(free);
    expect(await seen(unconfirmed.email)).toBe(free);
    expect(free).toContain('"email":"<address>","emailVerified":false,"isGuest":false');
  });

  test('get the same refusal for a wrong password as for an unknown address', async () => {
    const { email } = await aTakenAddress();
    const refusal = async (address: string) => {
      const error = await signIn(address, 'not the password').catch((caught: object) => caught);
      return JSON.stringify({ ...error, message: (error as Error).message });
    };
    expect(await refusal(email)).toBe(await refusal(aPerson().email));
    expect(await refusal(email)).toContain('The e-mail address or the password is wrong.');
  });

  test('get the same answer to a request for a reset', async () => {
    const { email } = await aTakenAddress();
    const ask = async (address: string) =>
      masked(await house.accounts.requestPasswordReset(aBrowser().request(), { email: address }));
    expect(await ask(email)).toBe(await ask(aPerson().email));
  });

  test('behave alike whatever strangers do with it', { timeout: 60_000 }, async () => {
    /** Who owns what after three sign-ups and the ways to sign in across, told by the order of the accounts. */
    const trace = async (email: string) => {
      const first = await signUp(email, 'the first of passwords');
      const second = await signUp(email, 'a second one, longer');
      const third = await signUp(email, 'yet another, the third');
      const names = new Map([first, second, third].map(({ userId }, index) => [userId, `account ${index + 1}`]));
      const told: unknown[] = [names.size];
      for (const { userId, browser, password } of [
        { ...third, password: 'a second one, longer' },
        { ...first, password: 'a second one, longer' },
        { ...second, password: 'the first of passwords' },
      ]) {
        const makerOf = await makesBrand(userId);
        const landed = await signIn(email, password, browser);
        told.push([names.get(landed.userId), names.get((await makerOf()) ?? '')]);
      }
      const entries = ['the first of passwords', 'a second one, longer', 'yet another, the third'];
      for (const password of entries) {
        told.push(
          await signIn(email, password).then(
            (found) => names.get(found.userId),
            (error: Error) => error.message,
          ),
        );
      }
      return told;
    };
    const free = await trace(aPerson().email);
    expect(await trace((await aTakenAddress()).email)).toEqual(free);
    expect(await trace((await aTakenAddress({ confirmed: false })).email)).toEqual(free);
    expect(free[0]).toBe(3);
  });

  test('let nobody learn from where their work goes whether their account is the real one', async () => {
    const other = aPerson();
    await house.accounts.signUp(aBrowser().request(), other);
    const staysBehind = async (email: string) => {
      const { browser, userId } = await signUp(email, 'seven green kettles');
      const makerOf = await makesBrand(userId);
      await signIn(other.email, other.password, browser);
      return (await makerOf()) === userId;
    };
    expect(await staysBehind(aPerson().email)).toBe(true);
    expect(await staysBehind((await aTakenAddress()).email)).toBe(true);
  });
});

describe('an account for a taken address', () => {
  test('is entered with its own password, and the holder with theirs', async () => {
    const holder = await aTakenAddress();
    const newcomer = await signUp(holder.email, 'seven green kettles');
    expect(newcomer.userId).not.toBe(holder.userId);
    expect((await signIn(holder.email, 'seven green kettles')).userId).toBe(newcomer.userId);
    expect((await signUp(holder.email, 'seven green kettles')).userId).toBe(newcomer.userId);
    expect((await signIn(holder.email, theirOwn)).userId).toBe(holder.userId);
  });

  test('tells the mailbox, and offers no confirmation when the holder has confirmed', async () => {
    const holder = await aTakenAddress();
    await signUp(holder.email, 'seven green kettles');
    const mail = await house.mailbox.mailTo(holder.email, 2);
    expect(mail.subject).toBe('You already have an account');
    expect(mail.text).toContain(
      'Somebody signed up with your address. You already have an account: sign in or reset your password',
    );
    expect(mail.text).toContain('http://localhost:3000/forgot-password');
    expect(mail.text).not.toContain('/verify-email');
  });

  test('brings its work along when its browser signs in to the real one, and then is no more', async () => {
    const holder = await aTakenAddress();
    const { browser, userId } = await signUp(holder.email, 'seven green kettles');
    const makerOf = await makesBrand(userId);
    const elsewhere = await signIn(holder.email, 'seven green kettles');

    expect((await signIn(holder.email, theirOwn, browser)).userId).toBe(holder.userId);

    expect(await makerOf()).toBe(holder.userId);
    expect((await whoIs(elsewhere.browser)).actor).toEqual({ kind: 'visitor' });
    await expect(signIn(holder.email, 'seven green kettles')).rejects.toMatchObject({ code: 'invalid' });
  });

  test("brings its work along through the holder's reset mail as well", async () => {
    const holder = await aTakenAddress();
    const { browser, userId } = await signUp(holder.email, 'seven green kettles');
    const makerOf = await makesBrand(userId);
    await house.accounts.requestPasswordReset(browser.request(), { email: holder.email });
    const token = tokenIn(await house.mailbox.mailTo(holder.email, 3), 'reset-password');
    browser.take(await house.accounts.resetPassword(browser.request(), { token, newPassword: 'a wholly new one' }));
    expect((await whoIs(browser)).user).toMatchObject({ id: holder.userId, emailVerified: true });
    expect(await makerOf()).toBe(holder.userId);
  });

  test("takes a guest's work in, as any new account does", async () => {
    const holder = await aTakenAddress();
    const browser = aBrowser();
    const guest = browser.take(await house.accounts.becomeGuest(browser.request()));
    const makerOf = await makesBrand(guest.user!.id);
    const { userId } = await signUp(holder.email, 'seven green kettles', browser);
    expect(await makerOf()).toBe(userId);
  });
});

describe('an address whose holder never confirmed it', () => {
  async function handedOver() {
    const squatter = await aTakenAddress({ confirmed: false });
    const owner = await signUp(squatter.email, 'seven green kettles');
    const mail = await house.mailbox.mailTo(squatter.email, 2);
    await house.accounts.verifyEmail(aBrowser().request(), { token: tokenIn(mail, 'verify-email') });
    return { squatter, owner };
  }

  test('goes to whoever reads its mail', async () => {
    const { squatter, owner } = await handedOver();
    expect((await whoIs(owner.browser)).user).toMatchObject({
      email: squatter.email,
      emailVerified: true,
      isGuest: false,
    });
    const [row] = await house.db.select().from(users).where(eq(users.email, squatter.email));
    expect(row).toMatchObject({ id: owner.userId, isAnonymous: false, claimedEmail: null, emailVerified: true });
    expect((await signIn(squatter.email, 'seven green kettles')).userId).toBe(owner.userId);
  });

  test('looks as before to its former holder, who cannot get it back by an old link', async () => {
    const squatter = await aTakenAddress({ confirmed: false });
    const oldLink = tokenIn(await house.mailbox.mailTo(squatter.email), 'verify-email');
    const before = masked((await whoIs(squatter.browser)).user);
    const owner = await signUp(squatter.email, 'seven green kettles');
    const token = tokenIn(await house.mailbox.mailTo(squatter.email, 2), 'verify-email');
    await house.accounts.verifyEmail(owner.browser.request(), { token });

    expect(masked((await whoIs(squatter.browser)).user)).toBe(before);
    expect((await signIn(squatter.email, theirOwn)).userId).toBe(squatter.userId);
    await expect(house.accounts.verifyEmail(aBrowser().request(), { token: oldLink })).rejects.toMatchObject({
      code: 'invalid',
    });
    expect((await whoIs(owner.browser)).user).toMatchObject({ email: squatter.email, emailVerified: true });
  });

  test('stays with its holder when the holder confirms first', async () => {
    const holder = await aTakenAddress({ confirmed: false });
    const newcomer = await signUp(holder.email, 'seven green kettles');
    const [first, second] = [await house.mailbox.mailTo(holder.email), await house.mailbox.mailTo(holder.email, 2)];
    await house.accounts.verifyEmail(holder.browser.request(), { token: tokenIn(first, 'verify-email') });
    const late = house.accounts.verifyEmail(newcomer.browser.request(), { token: tokenIn(second, 'verify-email') });
    await expect(late).rejects.toMatchObject({ code: 'invalid' });
    expect((await whoIs(holder.browser)).user).toMatchObject({ emailVerified: true });
    expect((await whoIs(newcomer.browser)).user).toMatchObject({ emailVerified: false });
  });

  test('has one holder when both confirm at the same moment', async () => {
    const holder = await aTakenAddress({ confirmed: false });
    await signUp(holder.email, 'seven green kettles');
    const mails = [await house.mailbox.mailTo(holder.email), await house.mailbox.mailTo(holder.email, 2)];
    const attempts = mails.map((mail) =>
      house.accounts.verifyEmail(aBrowser().request(), { token: tokenIn(mail, 'verify-email') }),
    );
    const results = await Promise.allSettled(attempts);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    const holders = await house.db.select().from(users).where(eq(users.email, holder.email));
    expect(holders).toMatchObject([{ isAnonymous: false, emailVerified: true }]);
  });
});
