import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { addressTakenMail, confirmAddressMail, resetPasswordMail } from '../src/mail/account-letters.ts';
import { composeMail } from '../src/mail/compose-mail.ts';
import { createMailer } from '../src/mail/create-mailer.ts';

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

const appUrl = 'https://remixify.example';
const aMail = (to = 'ann@example.com', name = 'Ann') =>
  resetPasswordMail({ to, name, appUrl, token: 'tok_1234567890abcdefghij' });

describe('without a mail server', () => {
  async function aFolder() {
    const dataDir = await mkdtemp(join(tmpdir(), 'mail-'));
    cleanUps.push(() => rm(dataDir, { recursive: true }));
    const lines: string[] = [];
    const mailer = createMailer({
      from: 'Remixify <hello@remixify.example>',
      dataDir,
      log: (line) => lines.push(line),
    });
    return { mailer, lines, folder: join(dataDir, 'mail') };
  }

  test('a mail is a file anybody can open, with its link in one piece, and the log names it', async () => {
    const { mailer, lines, folder } = await aFolder();
    await mailer.send(aMail());
    const files = await readdir(folder);
    const plain = files.find((file) => file.endsWith('.txt'))!;
    expect(plain).toMatch(/^\d{4}-\d\d-\d\dT[\d-]+\.\d+Z_ann@example\.com_Reset-your-password\.txt$/);
    const content = await readFile(join(folder, plain), 'utf8');
    expect(content).toContain(
      'From: Remixify <hello@remixify.example>\nTo: ann@example.com\nSubject: Reset your password\n',
    );
    expect(content).toContain('\nhttps://remixify.example/reset-password?token=tok_1234567890abcdefghij\n');
    const page = await readFile(join(folder, plain.replace('.txt', '.html')), 'utf8');
    expect(page).toContain('href="https://remixify.example/reset-password?token=tok_1234567890abcdefghij"');
    expect(lines).toEqual([`Mail to ann@example.com (“Reset your password”) is in ${join(folder, plain)}`]);
  });

  test.each(['../../../etc/x@example.com', 'a/b\\c@example.com', '..@example.com', `${'x'.repeat(300)}@example.com`])(
    'the address %s cannot lead out of the folder',
    async (to) => {
      const { mailer, folder } = await aFolder();
      await mailer.send(aMail(to));
      expect(await readdir(folder)).toHaveLength(2);
      expect(await readdir(join(folder, '..'))).toEqual(['mail']);
    },
  );
});

describe('with a mail server', () => {
  async function aServer(options: { refuses?: boolean } = {}) {
    const received: { from: string; to: string[]; raw: string }[] = [];
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onRcptTo: (_address, _session, done) => done(options.refuses ? new Error('mailbox full') : null),
      async onData(stream, session, done) {
        const raw = await text(stream);
        const { mailFrom, rcptTo } = session.envelope;
        received.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map((each) => each.address), raw });
        done();
      },
    });
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    cleanUps.push(() => new Promise((resolve) => server.close(() => resolve(null))));
    const smtpUrl = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
    const mailer = createMailer({ smtpUrl, from: 'Remixify <hello@remixify.example>', dataDir: '', log: () => {} });
    return { mailer, received };
  }

  test('a mail goes out as text and HTML from MAIL_FROM', async () => {
    const { mailer, received } = await aServer();
    await mailer.send(aMail());
    expect(received).toMatchObject([{ from: 'hello@remixify.example', to: ['ann@example.com'] }]);
    expect(received[0]!.raw).toContain('Subject: Reset your password');
    expect(received[0]!.raw).toContain('Content-Type: text/plain');
    expect(received[0]!.raw).toContain('Content-Type: text/html');
    expect(received[0]!.raw.replaceAll(/=\r\n/g, '').replaceAll('=3D', '=')).toContain(
      '/reset-password?token=tok_1234567890abcdefghij',
    );
  });

  test('an address cannot smuggle in a second recipient or a header', async () => {
    const { mailer, received } = await aServer();
    for (const to of ['a@example.com, b@example.com', 'a@example.com\r\nBcc: b@example.com']) {
      await mailer.send(aMail(to)).catch(() => {});
    }
    expect(received.flatMap((mail) => mail.to)).not.toContain('b@example.com');
    expect(received.map((mail) => mail.raw).join()).not.toMatch(/^Bcc:/im);
  });

  test('a refusal is thrown, so that the job tries again', async () => {
    const { mailer } = await aServer({ refuses: true });
    await expect(mailer.send(aMail())).rejects.toThrow(/mailbox full/);
  });
});

describe('the letters', () => {
  test('show names as text, never as markup', () => {
    const { html, text: plain } = confirmAddressMail({
      to: 'a@b.example',
      name: '<img src=x onerror="alert(1)">',
      appUrl,
      token: 't',
    });
    expect(html).not.toContain('<img');
    expect(html).toContain('&#60;img src=x onerror=&#34;alert(1)&#34;&#62;');
    expect(plain).toContain('Hello <img src=x onerror="alert(1)">,');
  });

  test('escape what stands in links too', () => {
    const { html } = composeMail({
      to: 'a@b.example',
      subject: 'S',
      lines: [],
      buttons: [{ label: 'L', url: 'https://x.example/?a="><script>' }],
    });
    expect(html).not.toContain('<script>');
  });

  test('never name the person who signed up in the mail to the holder', () => {
    expect(addressTakenMail({ to: 'a@b.example', appUrl, token: null }).text).toMatch(
      /^Somebody signed up with your address\./,
    );
  });
});
