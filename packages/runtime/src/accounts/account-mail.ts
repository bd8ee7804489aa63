import { type Db, users } from '@repo/db';
import { defineJob, handleJob, type Job } from '@repo/jobs';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { addressTakenMail, confirmAddressMail, resetPasswordMail } from '../mail/account-letters.ts';
import type { Mail, Mailer } from '../mail/create-mailer.ts';
import { addressOf, findHolder, isDecoy, isGuest } from './find-person.ts';
import { createLimiter, MAILBOX_LIMIT } from './limiter.ts';
import { createToken } from './tokens.ts';

const AccountMail = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('confirm-address'), userId: z.uuid() }),
  z.object({ kind: z.literal('reset-password'), address: z.string() }),
]);
type AccountMail = z.infer<typeof AccountMail>;

/** Asks for a mail about an account. Carries no link: those are made when the mail is written, and kept nowhere else. */
export const accountMail = defineJob<AccountMail>({
  name: 'accounts.send-mail',
  input: AccountMail,
  concurrency: 2,
  expireInSeconds: 60,
  retries: 5,
  isInteractive: true,
});

export type MailRoom = {
  appUrl: string;
  /** The pool that reaches the account tables. */
  db: Db;
  mailer: Mailer;
  now(): Date;
  log(line: string): void;
};

/**
 * The job that writes and sends such mails. Who holds an address is looked up here and not where somebody waits for an
 * answer, so no answer can take longer for an address we know.
 */
export const sendAccountMail = (room: MailRoom): Job<unknown, AccountMail> =>
  handleJob(accountMail, async (_context, input) => {
    const isReset = input.kind === 'reset-password';
    const mail = await (isReset ? writeReset(room, input.address) : writeConfirm(room, input.userId));
    if (!mail) return;
    const verdict = await createLimiter(room.db, room.now).consume(`mailbox|${mail.to}`, MAILBOX_LIMIT);
    if (verdict.allowed) await room.mailer.send(mail);
    else room.log(`Mail “${mail.subject}” was not sent: its mailbox got ${MAILBOX_LIMIT.max} in the last hour.`);
  });

async function writeReset({ db, appUrl, now }: MailRoom, address: string): Promise<Mail | null> {
  const holder = await findHolder(db, address);
  if (!holder) return null;
  const token = await createToken(db, 'reset-password', holder.id, now());
  return resetPasswordMail({ to: address, name: holder.name, appUrl, token });
}

async function writeConfirm({ db, appUrl, now }: MailRoom, userId: string): Promise<Mail | null> {
  const [user] = await db.select().from(users).where(eq(users.id, userId));
  if (!user || user.emailVerified || isGuest(user) || user.mergedInto) return null;
  const to = addressOf(user);
  const newToken = () => createToken(db, 'verify-email', user.id, now());
  if (!isDecoy(user)) return confirmAddressMail({ to, name: user.name, appUrl, token: await newToken() });
  const holder = await findHolder(db, to);
  return addressTakenMail({ to, appUrl, token: holder?.emailVerified ? null : await newToken() });
}
