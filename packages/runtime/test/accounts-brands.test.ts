import { brandInvitations, brands, memberships } from '@repo/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAuth } from '../src/accounts/auth.ts';
import { createLimiter } from '../src/accounts/limiter.ts';
import { type AccountsHouse, aBrowser, anAccountsHouse, aPerson } from './accounts-house.ts';

let house: AccountsHouse;
beforeAll(async () => {
  house = await anAccountsHouse();
});
afterAll(() => house.close());

async function callOrganization(cookie: string, path: string, body: object) {
  const env = {
    APP_URL: 'http://localhost:3000',
    ADMIN_URL: 'http://localhost:3001',
    DEMO: true,
    SESSION_SECRET: 'a-secret-of-the-tests-with-32-characters',
  };
  const desk = {
    env,
    db: house.authDb,
    tools: house.tools,
    limiter: createLimiter(house.authDb, () => new Date()),
    slowsGuesses: false,
  };
  const headers = { cookie, origin: env.APP_URL, 'content-type': 'application/json' };
  const url = `${env.APP_URL}/api/auth/organization/${path}`;
  const request = new Request(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return createAuth(desk, { limits: false, log: () => {} }).handler(request);
}

test("the library's organizations are brands, their members memberships, with our four roles", async () => {
  const browser = aBrowser();
  const { userId } = browser.take(await house.accounts.signUp(browser.request(), aPerson()));
  const cookie = browser.request().headers.get('cookie')!;

  const made = await callOrganization(cookie, 'create', { name: 'Acme', slug: 'acme' });
  const { id: organizationId } = (await made.json()) as { id: string };
  const invite = (role: string) =>
    callOrganization(cookie, 'invite-member', { email: `${role}@example.com`, role, organizationId });

  expect(await house.db.select().from(brands)).toMatchObject([{ id: organizationId, name: 'Acme', slug: 'acme' }]);
  expect(await house.db.select().from(memberships)).toMatchObject([{ brandId: organizationId, userId, role: 'owner' }]);
  expect((await invite('analyst')).status).toBe(200);
  expect((await invite('editor')).status).toBe(200);
  expect((await invite('emperor')).status).toBe(400);
  expect(await house.db.select().from(brandInvitations)).toMatchObject([{ role: 'analyst' }, { role: 'editor' }]);
});
