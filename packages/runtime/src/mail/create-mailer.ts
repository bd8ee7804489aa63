import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';

export type Mail = { to: string; subject: string; text: string; html: string };

/** Resolves once the mail is out of our hands; throws when it is not, and may then be asked again. */
export type Mailer = { send(mail: Mail): Promise<void> };

export type MailerOptions = {
  smtpUrl?: string | undefined;
  from: string;
  dataDir: string;
  log(line: string): void;
};

/** Sends by SMTP where a server is named; else writes files a person can open, so that every link can be followed. */
export function createMailer(options: MailerOptions): Mailer {
  return options.smtpUrl ? smtpMailer(options.smtpUrl, options.from) : fileMailer(options);
}

const PATIENCE_MS = 15_000;

function smtpMailer(smtpUrl: string, from: string): Mailer {
  const transport = createTransport(
    { url: smtpUrl, connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS },
    { from, disableFileAccess: true, disableUrlAccess: true },
  );
  return {
    async send({ to, subject, text, html }) {
      // As an object, the address is never parsed as a list of several.
      await transport.sendMail({ to: { name: '', address: to }, subject, text, html });
    },
  };
}

function fileMailer({ from, dataDir, log }: MailerOptions): Mailer {
  const folder = join(dataDir, 'mail');
  return {
    async send({ to, subject, text, html }) {
      await mkdir(folder, { recursive: true });
      const date = new Date();
      const name = [date.toISOString().replaceAll(':', '-'), plain(to), plain(subject)].join('_').slice(0, 160);
      const head = [`From: ${from}`, `To: ${to}`, `Subject: ${subject}`, `Date: ${date.toUTCString()}`];
      await writeFile(join(folder, `${name}.html`), html, { mode: 0o600 });
      const file = join(folder, `${name}.txt`);
      await writeFile(file, `${head.join('\n')}\n\n${text}`, { mode: 0o600 });
      log(`Mail to ${to} (“${subject}”) is in ${file}`);
    },
  };
}

/** Only what every file system takes, whatever somebody calls themselves. */
const plain = (text: string) =>
  text
    .replace(/[^\w@.+-]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 60);
