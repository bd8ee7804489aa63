import { SITE_NAME } from '@repo/domain/accounts/rules';
import type { Mail } from './create-mailer.ts';

type Letter = {
  to: string;
  subject: string;
  /** Paragraphs; shown as they are, never read as markup. */
  lines: string[];
  buttons?: { label: string; url: string }[];
};

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.codePointAt(0)};`);

/** One letter as plain text and as simple HTML. */
export function composeMail({ to, subject, lines, buttons = [] }: Letter): Mail {
  const text = [...lines, ...buttons.map(({ label, url }) => `${label}:\n${url}`), `-- \n${SITE_NAME}`].join('\n\n');
  const paragraphs = lines.map((line) => `<p>${escapeHtml(line)}</p>`);
  const links = buttons.map(
    ({ label, url }) =>
      `<p><a href="${escapeHtml(url)}" style="color:#3730a3;font-weight:600">${escapeHtml(label)}</a><br>` +
      `<span style="color:#6b7280;font-size:13px;word-break:break-all">${escapeHtml(url)}</span></p>`,
  );
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="font:16px/1.5 system-ui,sans-serif;color:#111827;max-width:36rem;margin:2rem auto;padding:0 1rem">
${[...paragraphs, ...links].join('\n')}
<p style="color:#6b7280;font-size:13px">${SITE_NAME}</p>
</body></html>
`;
  return { to, subject, text: `${text}\n`, html };
}
