import { apiKeys, brands, type Db, users } from '@repo/db';
import { defineJob, handleJob, type Job } from '@repo/jobs';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import {
  addressTakenMail,
  confirmAddressMail,
  keyMadeMail,
  passkeyChangedMail,
  resetPasswordMail,
} from '../mail/account-letters.ts';
import type { Mail, Mailer } from '../mail/create-mailer.ts';
import { secondFactorMail } from '../mail/second-factor-letters.ts';
import { addressOf, findHolder, isDecoy, isGuest } from './find-person.ts';
import { keyedDigest } from './keyed-digest.ts';
import { createLimiter, MAILBOX_LIMIT } from './limiter.ts';
import { createToken } from './tokens.ts';

const AccountMail = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('confirm-address'), userId: z.uuid() }),
  z.object({ kind: z.literal('reset-password'), address: z.string() }),
  z.object({ kind: z.literal('key-made'), userId: z.uuid(), keyId: z.uuid() }),
  z.object({
    kind: z.literal('second-factor'),
    userId: z.uuid(),
    what: z.enum(['on', 'off', 'backup-code-used', 'new-backup-codes']),
  }),
  z.object({
    kind: z.literal('passkey-changed'),
    userId: z.uuid(),
    change: z.enum(['added', 'removed']),
    name: z.string(),
  }),
]);
export type AccountMail = z.infer<typeof AccountMail>;

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
  /** The table of limits names no mailbox in clear. */
  secret: string;
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
    const mail = await write(room, input);
    if (!mail) return;
    const mailbox = `mailbox|${keyedDigest(room.secret, `mailbox:${mail.to}`)}`;
    const verdict = await createLimiter(room.db, room.now).consume(mailbox, MAILBOX_LIMIT);
    if (verdict.allowed) await room.mailer.send(mail);
    else room.log(`Mail “${mail.subject}” was not sent: its mailbox got ${MAILBOX_LIMIT.max} in the last hour.`);
  });

function write(room: MailRoom, input: AccountMail): Promise<Mail | null> {
  switch (input.kind) {
    case 'confirm-address':
      return writeConfirm(room, input.userId);
    case 'reset-password':
      return writeReset(room, input.address);
    case 'key-made':
      return writeKeyMade(room, input);
    case 'second-factor':
      return writeSecondFactor(room, input);
    case 'passkey-changed':
      return writePasskeyChanged(room, input);
  }
}

/** What somebody else made with a stolen session, its person learns by this. */
async function writeKeyMade(
  { db, appUrl }: MailRoom,
  { userId, keyId }: { userId: string; keyId: string },
): Promise<Mail | null> {
  const [made] = await db
    .select({ user: users, name: apiKeys.name, start: apiKeys.start, brand: brands.name })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, userId))
    .leftJoin(brands, eq(brands.id, apiKeys.brandId))
    .where(eq(apiKeys.id, keyId));
  if (!made?.user.emailVerified) return null;
  const { user, ...key } = made;
  return keyMadeMail({ to: addressOf(user), name: user.name, appUrl, key });
}

/** Of an address that was never confirmed we do not know whose mailbox it is: nothing is told there. */
async function writeSecondFactor(
  { db, appUrl }: MailRoom,
  { userId, what }: Extract<AccountMail, { kind: 'second-factor' }>,
): Promise<Mail | null> {
  const [user] = await db.select().from(users).where(eq(users.id, userId));
  return user?.emailVerified ? secondFactorMail({ to: addressOf(user), name: user.name, appUrl, what }) : null;
}

/** Nobody is told at an address they never confirmed: it may be somebody else's, as that of a decoy always is. */
async function writePasskeyChanged(
  { db, appUrl }: MailRoom,
  { userId, change, name }: Extract<AccountMail, { kind: 'passkey-changed' }>,
): Promise<Mail | null> {
  const [user] = await db.select().from(users).where(eq(users.id, userId));
  if (!user?.emailVerified) return null;
  return passkeyChangedMail({ to: addressOf(user), name: user.name, appUrl, change, passkey: name });
}

async function writeReset({ db, appUrl, now }: MailRoom, address: string): Promise<Mail | null> {
  const holder = await findHolder(db, address);
  if (!holder || holder.serviceOf) return null;
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
