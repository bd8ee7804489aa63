import { brands, createDb, memberships, sessions, users } from '@repo/db';
import { DomainError } from '@repo/domain/errors';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AccountsHouse, aBrowser, anAccountsHouse, aPerson, HOUR_MS } from './accounts-house.ts';

let house: AccountsHouse;
beforeAll(async () => {
  house = await anAccountsHouse();
});
afterAll(() => house.close());

async function signedUp(changes = {}) {
  const [browser, person] = [aBrowser(), aPerson(changes)];
  const { userId } = browser.take(await house.accounts.signUp(browser.request(), person));
  return { browser, person, userId };
}

test('somebody who signs up is signed in at once, unconfirmed, and no guest', async () => {
  const { browser, person, userId } = await signedUp();

  const { actor, user, session } = await house.accounts.sessionFor(browser.request());

  expect(actor).toEqual({ kind: 'user', userId, isGuest: false });
  expect(user).toEqual({
    id: userId,
    name: person.name,
    email: person.email,
    emailVerified: false,
    isGuest: false,
    isStaff: false,
  });
  expect(session?.keepSignedIn).toBe(false);
});
