import { randomUUID } from 'node:crypto';
import { backupCodes, secondFactors, sessions, type Tx } from '@repo/db';
import { DomainError } from '@repo/domain/errors';
import {
  CodeInput,
  OwnPasswordInput,
  PasswordAndCodeInput,
  type SecondFactorSetup,
  type SecondFactorState,
} from '@repo/domain/second-factor/schema';
import type { GenericEndpointContext } from 'better-auth';
import { createAuthEndpoint, formCsrfMiddleware } from 'better-auth/api';
import { and, count, eq, isNull, ne } from 'drizzle-orm';
import { toString as drawQr } from 'qrcode';
import { type AccountMail, accountMail } from './account-mail.ts';
import { replaceBackupCodes } from './backup-codes.ts';
import type { Desk } from './desk.ts';
import { addressOf } from './find-person.ts';
import { rememberDevice } from './known-device.ts';
import { type LiveSession, requirePerson } from './live-session.ts';
import { demandPassword } from './passwords.ts';
import { dropPendingOf } from './pending-sign-in.ts';
import { countCode, placeOfSecret, spendCode, wrongCode } from './spend-code.ts';
import { newTotpSecret, stepOfCode, totpUri } from './totp.ts';

/** How long a secret that was shown waits for its first code. */
const START_MS = 15 * 60_000;
const use = [formCsrfMiddleware];

const isOnAlready = () => new DomainError('conflict', 'Two-step sign-in is on already.');
const startOver = () => new DomainError('conflict', 'This was begun too long ago. Begin again with your password.');

/** Shows a new secret for an app. It counts for nothing until a code proves that the app took it. */
export const beginSecondFactorEndpoint = (desk: Desk) =>
  createAuthEndpoint('/people/begin-second-factor', { method: 'POST', body: OwnPasswordInput, use }, async (ctx) => {
    const live = await requirePerson(desk, ctx.headers);
    const { user } = live;
    await demandPassword(desk, live, { password: ctx.body.password, field: 'password' });
    const [id, secret] = [randomUUID(), newTotpSecret()];
    await desk.db.transaction(async (tx) => {
      await tx.delete(secondFactors).where(and(eq(secondFactors.userId, user.id), isNull(secondFactors.confirmedAt)));
      const sealed = desk.tools.sealer.seal(secret, placeOfSecret(id));
      const row = { id, userId: user.id, secret: sealed, createdAt: desk.tools.now() };
      const made = await tx.insert(secondFactors).values(row).onConflictDoNothing().returning({ id: secondFactors.id });
      if (made.length === 0) throw isOnAlready();
    });
    const uri = totpUri(secret, addressOf(user));
    const picture = `data:image/svg+xml,${encodeURIComponent(await drawQr(uri, { type: 'svg', margin: 2 }))}`;
    return ctx.json({ secret, uri, picture } satisfies SecondFactorSetup);
  });

/** Switches it on with the app's first code, gives backup codes, and signs out all other places. */
export const confirmSecondFactorEndpoint = (desk: Desk) =>
  createAuthEndpoint('/people/confirm-second-factor', { method: 'POST', body: CodeInput, use }, async (ctx) => {
    const { user, session } = await requirePerson(desk, ctx.headers);
    await countCode(desk, ctx, user, ctx.body.code);
    const codes = await desk.db.transaction(async (tx) => {
      const [factor] = await tx.select().from(secondFactors).where(eq(secondFactors.userId, user.id)).for('update');
      if (factor?.confirmedAt) throw isOnAlready();
      if (!factor || isTooOld(desk, factor.createdAt)) throw startOver();
      const secret = desk.tools.sealer.open(factor.secret, placeOfSecret(factor.id));
      const lastStep = stepOfCode(secret, ctx.body.code.replaceAll(/\s/g, ''), desk.tools.now());
      if (lastStep === null) throw wrongCode();
      const on = { confirmedAt: desk.tools.now(), lastStep };
      await tx.update(secondFactors).set(on).where(eq(secondFactors.id, factor.id));
      await tx.delete(sessions).where(and(eq(sessions.userId, user.id), ne(sessions.id, session.id)));
      await tell(desk, tx, user.id, 'on');
      return replaceBackupCodes(tx, user.id);
    });
    rememberDevice(desk, ctx, user);
    return ctx.json({ codes });
  });

export const disableSecondFactorEndpoint = (desk: Desk) =>
  createAuthEndpoint(
    '/people/disable-second-factor',
    { method: 'POST', body: PasswordAndCodeInput, use },
    async (ctx) => {
      const live = await requirePerson(desk, ctx.headers);
      const { user } = live;
      await withBoth(desk, ctx, { ...ctx.body, live }, async (tx) => {
        await tx.delete(secondFactors).where(eq(secondFactors.userId, user.id));
        await tx.delete(backupCodes).where(eq(backupCodes.userId, user.id));
        await dropPendingOf(tx, user.id);
        await tell(desk, tx, user.id, 'off');
      });
      return ctx.json({ ok: true });
    },
  );

/** Ten others; those that were left open nothing any more. */
export const newBackupCodesEndpoint = (desk: Desk) =>
  createAuthEndpoint('/people/new-backup-codes', { method: 'POST', body: PasswordAndCodeInput, use }, async (ctx) => {
    const live = await requirePerson(desk, ctx.headers);
    const { user } = live;
    const codes = await withBoth(desk, ctx, { ...ctx.body, live }, async (tx) => {
      await tell(desk, tx, user.id, 'new-backup-codes');
      return replaceBackupCodes(tx, user.id);
    });
    return ctx.json({ codes });
  });

/** How whoever asks stands with it. */
export async function readSecondFactor(desk: Desk, headers: Headers): Promise<SecondFactorState> {
  const { user } = await requirePerson(desk, headers);
  const [factor] = await desk.db.select().from(secondFactors).where(eq(secondFactors.userId, user.id));
  if (!factor || (!factor.confirmedAt && isTooOld(desk, factor.createdAt))) return { state: 'off', backupCodesLeft: 0 };
  if (!factor.confirmedAt) return { state: 'started', backupCodesLeft: 0 };
  const [left] = await desk.db.select({ n: count() }).from(backupCodes).where(eq(backupCodes.userId, user.id));
  return { state: 'on', backupCodesLeft: left?.n ?? 0 };
}

/** Does `work` for whoever knows the password and shows a code; the code is used up together with it. */
async function withBoth<Result>(
  desk: Desk,
  ctx: GenericEndpointContext,
  { live, password, code }: PasswordAndCodeInput & { live: LiveSession },
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  const { user } = live;
  await demandPassword(desk, live, { password, field: 'password' });
  await countCode(desk, ctx, user, code);
  return desk.db.transaction(async (tx) => {
    if (!(await spendCode(desk, tx, user.id, code))) throw wrongCode();
    return work(tx);
  });
}

const isTooOld = ({ tools }: Desk, begun: Date) => begun.getTime() + START_MS < tools.now().getTime();

type What = Extract<AccountMail, { kind: 'second-factor' }>['what'];
const tell = ({ tools }: Desk, tx: Tx, userId: string, what: What) =>
  tools.queue.enqueue(tx, accountMail, { kind: 'second-factor', userId, what });
