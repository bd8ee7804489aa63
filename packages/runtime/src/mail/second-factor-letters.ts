import { composeMail } from './compose-mail.ts';
import type { Mail } from './create-mailer.ts';

const LETTERS = {
  on: {
    subject: 'Two-step sign-in is on',
    line: 'from now on your account asks for a code of your app besides the password. You were signed out everywhere else.',
  },
  off: {
    subject: 'Two-step sign-in is off',
    line: 'your account asks for no code any more: the password alone opens it.',
  },
  'backup-code-used': {
    subject: 'A backup code was used',
    line: 'one of the backup codes of your account was just used. It does not work again.',
  },
  'new-backup-codes': {
    subject: 'New backup codes',
    line: 'new backup codes were just made for your account. The old ones do not work any more.',
  },
};

type About = { to: string; name: string; appUrl: string; what: keyof typeof LETTERS };

/** What somebody else did with a stolen password, its person learns by this. */
export function secondFactorMail({ to, name, appUrl, what }: About): Mail {
  const { subject, line } = LETTERS[what];
  return composeMail({
    to,
    subject,
    lines: [`Hello ${name},`, line, 'If it was not you, change your password and look at where you are signed in.'],
    buttons: [{ label: 'See the settings', url: `${appUrl}/settings/security` }],
  });
}
