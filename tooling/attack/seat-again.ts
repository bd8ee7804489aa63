import { randomBytes, randomUUID } from 'node:crypto';
import { ask } from './ask.ts';
import type { Report } from './report.ts';
import type { Target } from './target.ts';

/** Session fixation: a cookie that was there before signing up or in is not the one that is signed in afterwards. */
export async function seatAgain(target: Target, report: Report): Promise<void> {
  const name = target.people.author.headers['cookie']!.split('=')[0]!;
  const planted = `${name}=${randomBytes(24).toString('hex')}.${randomBytes(32).toString('base64')}`;
  const person = {
    name: 'Fixed',
    email: `fixed-${randomUUID()}@attack.test`,
    password: randomBytes(12).toString('hex'),
  };
  for (const path of ['/sign-up', '/sign-in']) {
    const said = await ask(target, path, {
      method: 'POST',
      headers: { cookie: planted },
      body: new URLSearchParams(person),
    });
    const set = said.headers.getSetCookie().find((line) => line.startsWith(`${name}=`));
    report.tried(set ? null : `${path} with a planted cookie sets no new one (${said.status})`);
    report.tried(set?.startsWith(`${planted};`) ? `${path} signs in the cookie that was planted` : null);
    report.tried(
      /; HttpOnly/i.test(set ?? '') && /; SameSite=Lax/i.test(set ?? '')
        ? null
        : `the cookie of ${path} is open to scripts or sites`,
    );
  }
}
