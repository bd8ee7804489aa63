import type { ActionFunctionArgs } from '@remix-run/node';
import { testDatabase } from '@repo/db/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as forgotPassword from '#app/routes/forgot-password/route.tsx';
import * as settings from '#app/routes/settings/route.tsx';
import * as signIn from '#app/routes/sign-in/route.tsx';
import * as signUp from '#app/routes/sign-up/route.tsx';

/** Where the runtime keeps what a process works with. */
const KEY = Symbol.for('@repo/runtime/tools');

let close: () => Promise<void>;
beforeAll(async () => {
  const database = await testDatabase();
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    SESSION_SECRET: 'a-secret-of-the-tests-with-32-characters',
    ENCRYPTION_KEYS: '1:dGhlLWtleS1vZi10aGUtdGVzdHMtMzItYnl0ZXMtISE=',
  });
  close = async () => {
    const opened = (globalThis as { [KEY]?: { close(): Promise<void> } })[KEY];
    await opened?.close();
    await database.close();
  };
});
afterAll(() => close());

let hosts = 0;
/** A form as a browser without scripts sends it. Each comes from a network of its own, so that no limit interferes. */
function posted(
  page: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): ActionFunctionArgs {
  const ip = `198.51.100.${++hosts}`;
  const request = new Request(`http://localhost:3000${page}`, {
    method: 'POST',
    headers: { origin: 'http://localhost:3000', 'x-client-ip': ip, ...headers },
    body: new URLSearchParams(fields),
  });
  return { request, params: {}, context: {} };
}

const aPerson = () => ({
  name: 'Ann <b>Example</b>',
  email: `ann-${crypto.randomUUID()}@example.com`,
  password: 'seven green kettles',
});

/** Everything of an answer that reaches a browser, without the address that was typed. */
async function seenOf(answer: unknown): Promise<string> {
  const text =
    answer instanceof Response
      ? JSON.stringify([answer.status, [...answer.headers], await answer.text()])
      : JSON.stringify(answer);
  return text.replaceAll(/ann-[\w-]+@example\.com/g, '<address>');
}

describe('signing up', () => {
  test('leads back to where it began, and only ever to a page of ours', async () => {
    const answer = await signUp.action(posted('/sign-up?to=%2Fads%2F1%3Fa%3Db', aPerson()));
    expect(answer).toMatchObject({ status: 302 });
    expect((answer as Response).headers.get('location')).toBe('/ads/1?a=b');
    const lured = await signUp.action(posted('/sign-up?to=%2F%2Fevil.example', aPerson()));
    // Nothing is published in this house yet: a newcomer is led through the first brand and ad.
    expect((lured as Response).headers.get('location')).toBe('/welcome');
  });

  test('is answered alike for a free and a taken address, byte by byte', async () => {
    const taken = aPerson();
    await signUp.action(posted('/sign-up', taken));
    const free = await seenOf(await signUp.action(posted('/sign-up', aPerson())));
    expect(await seenOf(await signUp.action(posted('/sign-up', { ...taken, password: 'a stranger types this' })))).toBe(
      free,
    );
  });

  test('gives a refused form back with what was typed, but without the password', async () => {
    const answer = await signUp.action(posted('/sign-up', { ...aPerson(), password: 'Password123!' }));
    expect(answer).toMatchObject({
      init: { status: 400 },
      data: {
        fields: { password: [expect.stringContaining('guessed first')] },
        values: { name: 'Ann <b>Example</b>' },
      },
    });
    expect(JSON.stringify(answer)).not.toContain('Password123!');
  });
});

test('a wrong password and an unknown address are answered alike', async () => {
  const known = aPerson();
  await signUp.action(posted('/sign-up', known));
  const attempt = async (email: string) =>
    seenOf(await signIn.action(posted('/sign-in', { email, password: 'not the password' })));
  expect(await attempt(known.email)).toBe(await attempt(aPerson().email));
});

test('a request for a reset is answered alike for everybody', async () => {
  const known = aPerson();
  await signUp.action(posted('/sign-up', known));
  const ask = async (email: string) => seenOf(await forgotPassword.action(posted('/forgot-password', { email })));
  expect(await ask(known.email)).toBe(await ask(aPerson().email));
  expect(await ask(known.email)).toContain('"isAsked":true');
});

test('a form sent by another site is refused', async () => {
  const answer = await signIn.action(posted('/sign-in', aPerson(), { origin: 'https://evil.example' }));
  expect(answer).toMatchObject({ init: { status: 403 } });
});

test('the settings of a visitor lead to the sign-in page and back', async () => {
  const { request } = posted('/settings', {});
  const answer = await settings.loader({ request, params: {}, context: {} }).catch((thrown: Response) => thrown);
  expect((answer as Response).headers.get('location')).toBe('/sign-in?to=%2Fsettings');
});
