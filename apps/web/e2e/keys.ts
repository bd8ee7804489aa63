import { randomUUID } from 'node:crypto';
import { DEMO_ACCOUNTS } from '@repo/domain/demo/demo-accounts';
import { stack } from './visitor.ts';

/** A new API key of somebody of the demo, made by the forms as a browser without scripts sends them. */
export async function keyOf(account: keyof typeof DEMO_ACCOUNTS): Promise<string> {
  const { email, password } = DEMO_ACCOUNTS[account];
  const signedIn = await post('/sign-in', { email, password }, '');
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const fields = {
    intent: 'make',
    name: 'A program',
    owner: 'me',
    preset: 'all',
    lifetime: '30',
    formKey: randomUUID(),
  };
  const page = await (await post('/settings/keys', fields, cookie)).text();
  const key = /rk_[\w-]{43}/.exec(page)?.[0];
  if (!key) throw new Error(`The page of keys shows none: ${page.slice(0, 2_000)}`);
  return key;
}

const post = (path: string, fields: Record<string, string>, cookie: string): Promise<Response> =>
  fetch(`${stack().web}${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie },
    body: new URLSearchParams(fields),
  });
