import { EventEmitter, once } from 'node:events';
import { createDb, type Db } from '@repo/db';
import { testDatabase } from '@repo/db/testing';
import type { Tools } from '@repo/domain/context';
import { createQueue } from '@repo/jobs';
import { type Accounts, accountMail, createAccounts, sendAccountMail } from '../src/accounts/index.server.ts';
import type { Mail } from '../src/mail/create-mailer.ts';
import { createSealer } from '../src/sealing/create-sealer.ts';

type Plan = { demo?: boolean; limits?: boolean; appUrl?: string; cookieDomain?: string; secret?: string };

export const HOUR_MS = 3_600_000;

/**
 * Accounts on a database of their own, with a worker that sends the mails and a mailbox that keeps them. `clock` can
 * be moved on or stopped; `redo` makes the accounts anew with other settings on the same database.
 */
export async function anAccountsHouse(plan: Plan = {}) {
  const database = await testDatabase();
  const authDb = createDb(database.url, { role: 'app_auth', max: 5, applicationName: 'test-accounts' });
  const queue = createQueue({ url: database.url, catalog: [accountMail], onError: () => {}, supervise: true });
  const clock = { skippedMs: 0, stoppedAt: null as number | null };
  const now = () => new Date((clock.stoppedAt ?? Date.now()) + clock.skippedMs);
  const unused = new Proxy({}, { get: (_, name) => fail(`accounts do not need ${String(name)}`) });
  const sealer = createSealer(new Map([[1, Buffer.alloc(32, 7)]]));
  const tools = {
    db: database.db,
    queue,
    store: unused,
    models: unused,
    sealer,
    guestPaid: false,
    now,
  } as unknown as Tools;
  const mailbox = aMailbox();
  const appUrl = plan.appUrl ?? 'http://localhost:3000';
  const lines: string[] = [];
  const secret = plan.secret ?? 'a-secret-of-the-tests-with-32-characters';
  const log = (line: string) => lines.push(line);
  const room = { appUrl, secret, db: authDb, mailer: { send: mailbox.receive }, now, log };
  await queue.work([sendAccountMail(room)], {});

  const redo = (changes: Plan & { toolsDb?: Db } = {}): Accounts => {
    const wanted = { ...plan, ...changes };
    const env = {
      APP_URL: appUrl,
      ADMIN_URL: appUrl.replace('3000', '3001'),
      COOKIE_DOMAIN: wanted.cookieDomain,
      SESSION_SECRET: wanted.secret ?? secret,
      DEMO: wanted.demo ?? true,
    };
    const theirTools = { ...tools, db: changes.toolsDb ?? tools.db };
    return createAccounts({ env, authDb, tools: theirTools, limits: wanted.limits ?? false, log: room.log });
  };
  return {
    accounts: redo(),
    redo,
    db: database.db,
    url: database.url,
    authDb,
    tools,
    clock,
    mailbox,
    lines,
    async close() {
      await queue.stop(0);
      await authDb.close();
      await database.close();
    },
  };
}
export type AccountsHouse = Awaited<ReturnType<typeof anAccountsHouse>>;

function fail(message: string): never {
  throw new Error(message);
}

function aMailbox() {
  const mails: Mail[] = [];
  const arrivals = new EventEmitter();
  return {
    mails,
    async receive(mail: Mail) {
      mails.push(mail);
      arrivals.emit('mail');
    },
    /** The `count`th mail to this address, as soon as it is there. */
    async mailTo(to: string, count = 1): Promise<Mail> {
      for (;;) {
        const found = mails.filter((mail) => mail.to === to)[count - 1];
        if (found) return found;
        await once(arrivals, 'mail');
      }
    },
  };
}

/** The token of the first link to `page` in a mail. */
export const tokenIn = (mail: Mail, page: 'verify-email' | 'reset-password'): string =>
  new RegExp(`/${page}\\?token=([\\w-]+)`).exec(mail.text)?.[1] ?? fail(`no link to ${page} in: ${mail.text}`);

/** Keeps cookies between requests, as a browser does. */
export function aBrowser(origin = 'http://localhost:3000', ip = '192.0.2.7') {
  const jar = new Map<string, string>();
  return {
    jar,
    request(headers: Record<string, string> = {}, method = 'POST'): Request {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      return new Request(`${origin}/somewhere`, {
        method,
        headers: { origin, 'user-agent': 'Test browser', 'x-client-ip': ip, ...(cookie ? { cookie } : {}), ...headers },
      });
    },
    /** Takes the cookies of an answer and hands the answer on. */
    take<Answer extends { setCookie: string[] }>(answer: Answer): Answer {
      for (const line of answer.setCookie) {
        const [pair = '', ...attributes] = line.split('; ');
        const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
        if (attributes.includes('Max-Age=0')) jar.delete(name);
        else jar.set(name, value);
      }
      return answer;
    },
  };
}
export type Browser = ReturnType<typeof aBrowser>;

let people = 0;
/** Somebody new, as the sign-up form sends them. */
export const aPerson = (
  changes: Partial<{ email: string; password: string; name: string; keepSignedIn: boolean }> = {},
) => ({
  name: 'Ann Example',
  email: `ann-${process.pid}-${++people}@example.com`,
  password: 'seven green kettles',
  keepSignedIn: false,
  ...changes,
});
