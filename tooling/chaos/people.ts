import { randomBytes, randomUUID } from 'node:crypto';
import type { SystemContext } from '@repo/domain/context';
import { adjustCredits, grantToBrand } from '@repo/domain/credits/adjust-credits';
import type { Sql } from 'postgres';
import { cookieNameFor, signSessionToken } from '../../packages/runtime/src/accounts/live-session.ts';

export type Person = {
  userId: string;
  /** As their browser sends it. */
  cookie: string;
  /** Whose credits they may spend besides their own. */
  brandId: string;
  /** Their picture; null until they have uploaded one. */
  assetId: string | null;
};

export type PeopleOptions = { sql: Sql; system: SystemContext; appUrl: string; secret: string; count: number };

const PLENTY = 20_000;

/**
 * People with accounts, signed in, and two brands. One of them has no more than the monthly allowance and one a tight
 * quota, so that some presses are refused in the middle of everything.
 */
export async function seatPeople({ sql, system, appUrl, secret, count }: PeopleOptions): Promise<Person[]> {
  const people: Person[] = [];
  const brandIds = [randomUUID(), randomUUID()];
  for (const [index, brandId] of brandIds.entries()) {
    await sql`insert into brand (id, name, slug) values (${brandId}, ${`Brand ${index}`}, ${`brand-${index}`})`;
    await grantToBrand(system, {
      brandId,
      amount: PLENTY,
      reason: 'For the chaos',
      idempotencyKey: `chaos-${brandId}`,
    });
  }
  for (let n = 0; n < count; n++) {
    const userId = randomUUID();
    const token = randomBytes(24).toString('hex');
    const brandId = brandIds[n % brandIds.length]!;
    await sql`insert into "user" (id, name, email, email_verified)
      values (${userId}, ${`Person ${n}`}, ${`chaos-${n}@example.test`}, true)`;
    await sql`insert into session (user_id, token, expires_at, keep_signed_in)
      values (${userId}, ${token}, now() + interval '30 days', true)`;
    await sql`insert into membership (brand_id, user_id, role) values (${brandId}, ${userId}, 'editor')`;
    if (n !== POOR) {
      const to = { userId };
      await adjustCredits(system, { to, amount: PLENTY, reason: 'For the chaos', idempotencyKey: `chaos-${userId}` });
    }
    if (n === LIMITED) await sql`insert into quota (user_id, metric, "limit") values (${userId}, 'images', 6)`;
    const cookie = `${cookieNameFor(appUrl)}=${signSessionToken(token, secret)}`;
    people.push({ userId, cookie, brandId, assetId: null });
  }
  return people;
}

const POOR = 0;
const LIMITED = 1;
