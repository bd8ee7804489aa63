import { secondFactors, type Tx } from '@repo/db';
import { DomainError } from '@repo/domain/errors';
import type { SealedPlace } from '@repo/domain/sealing/sealer';
import type { GenericEndpointContext } from 'better-auth';
import { and, eq, isNotNull, lt } from 'drizzle-orm';
import { accountMail } from './account-mail.ts';
import { spendBackupCode } from './backup-codes.ts';
import type { Desk } from './desk.ts';
import type { UserRow } from './find-person.ts';
import { deviceOf, type KnownDevice } from './known-device.ts';
import { describeWait, type Limit } from './limiter.ts';
import { DIGITS, stepOfCode } from './totp.ts';

/** Codes of an app that an account may be tried with from one place: three of a million are right at any time. */
const CODE_LIMIT: Limit = { window: 3_600, max: 30 };

export const placeOfSecret = (id: string): SealedPlace => ({ table: 'second_factor', column: 'secret', id });

export const wrongCode = (): DomainError =>
  new DomainError('invalid', 'This code is wrong or was used already. Wait for the next one, then try again.', {
    field: 'code',
  });

const isOfApp = (code: string) => new RegExp(`^\\d{${DIGITS}}$`).test(code.replaceAll(/\s/g, ''));

/**
 * Counts a try against the account, outside of any transaction. Backup codes do not count: nobody can guess them, and
 * so whoever knows the password cannot shut its owner out with wrong codes. Nor with those of the app, in a browser
 * that passed both steps before: it is counted by itself, all others together.
 * @throws DomainError `quota_exceeded`
 */
export async function countCode(desk: Desk, ctx: GenericEndpointContext, user: UserRow, code: string): Promise<void> {
  if (!isOfApp(code)) return;
  const known = await passedBefore(desk, ctx, user);
  const key = `second-factor|${user.id}${known ? `|${known.id}` : ''}`;
  const verdict = await desk.limiter.consume(key, CODE_LIMIT);
  if (verdict.allowed) return;
  const wait = describeWait(verdict.retryAfter ?? CODE_LIMIT.window);
  throw new DomainError('quota_exceeded', `Too many codes were tried. Use a backup code, or try again ${wait}.`, {
    retryAfterSeconds: verdict.retryAfter ?? CODE_LIMIT.window,
  });
}

/** Entered with the password alone, before there was a second factor, is not enough: a thief can have done that often. */
async function passedBefore(desk: Desk, ctx: GenericEndpointContext, user: UserRow): Promise<KnownDevice | null> {
  const device = deviceOf(desk, ctx, user);
  if (!device) return null;
  const isOn = and(eq(secondFactors.userId, user.id), isNotNull(secondFactors.confirmedAt));
  const [factor] = await desk.db.select({ since: secondFactors.confirmedAt }).from(secondFactors).where(isOn);
  return factor?.since && device.enteredAt >= factor.since.getTime() ? device : null;
}

/** Uses up a code of somebody's app, or one of their backup codes. False: it is wrong, or was used. */
export async function spendCode(desk: Desk, tx: Tx, userId: string, code: string): Promise<boolean> {
  if (isOfApp(code)) return spendAppCode(desk, tx, userId, code.replaceAll(/\s/g, ''));
  if (!(await spendBackupCode(tx, userId, code))) return false;
  await desk.tools.queue.enqueue(tx, accountMail, { kind: 'second-factor', userId, what: 'backup-code-used' });
  return true;
}

async function spendAppCode({ tools }: Desk, tx: Tx, userId: string, code: string): Promise<boolean> {
  const isOn = and(eq(secondFactors.userId, userId), isNotNull(secondFactors.confirmedAt));
  const [factor] = await tx.select().from(secondFactors).where(isOn);
  if (!factor) return false;
  const step = stepOfCode(tools.sealer.open(factor.secret, placeOfSecret(factor.id)), code, tools.now());
  if (step === null) return false;
  // Of two that come with the same code, one finds the step taken.
  const isUnused = and(eq(secondFactors.id, factor.id), lt(secondFactors.lastStep, step));
  const spent = await tx
    .update(secondFactors)
    .set({ lastStep: step })
    .where(isUnused)
    .returning({ id: secondFactors.id });
  return spent.length > 0;
}
