import { SITE_NAME } from '@repo/domain/accounts/rules';
import { composeMail } from './compose-mail.ts';
import type { Mail } from './create-mailer.ts';

type To = { to: string; name: string; appUrl: string };

const verifyLink = (appUrl: string, token: string) => `${appUrl}/verify-email?token=${token}`;

export function confirmAddressMail({ to, name, appUrl, token }: To & { token: string }): Mail {
  return composeMail({
    to,
    subject: 'Confirm your e-mail address',
    lines: [
      `Hello ${name},`,
      `please confirm that this address is yours. The link works once, for three days.`,
      `If you did not sign up at ${SITE_NAME}, ignore this mail: nobody gets anything with your address.`,
    ],
    buttons: [{ label: 'Confirm this address', url: verifyLink(appUrl, token) }],
  });
}

/** To the mailbox of an address that somebody signed up with although an account holds it. */
export function addressTakenMail({ to, appUrl, token }: Omit<To, 'name'> & { token: string | null }): Mail {
  const lines = [
    'Somebody signed up with your address. You already have an account: sign in or reset your password; what was made there comes along when you sign in from the same browser.',
    'If it was not you, you need not do anything. Nobody was told that you have an account.',
  ];
  const buttons = [
    { label: 'Sign in', url: `${appUrl}/sign-in` },
    { label: 'Reset your password', url: `${appUrl}/forgot-password` },
  ];
  if (token === null) return composeMail({ to, subject: 'You already have an account', lines, buttons });
  return composeMail({
    to,
    subject: 'You already have an account',
    lines: [
      ...lines,
      'The account that holds your address never confirmed it. If it is not yours, and it was you who signed up just now, confirm the address: it then belongs to the new account. The link works once, for three days.',
    ],
    buttons: [...buttons, { label: 'Confirm this address for the new account', url: verifyLink(appUrl, token) }],
  });
}

export function resetPasswordMail({ to, name, appUrl, token }: To & { token: string }): Mail {
  return composeMail({
    to,
    subject: 'Reset your password',
    lines: [
      `Hello ${name},`,
      'choose a new password with this link. It works once, for one hour.',
      'If you did not ask for it, ignore this mail: your password stays as it is.',
    ],
    buttons: [{ label: 'Choose a new password', url: `${appUrl}/reset-password?token=${token}` }],
  });
}

type MadeKey = { name: string; start: string; brand: string | null };

export function keyMadeMail({ to, name, appUrl, key }: To & { key: MadeKey }): Mail {
  const whose = key.brand ? `for ${key.brand}` : 'for your account';
  return composeMail({
    to,
    subject: `A new API key ${whose}`,
    lines: [
      `Hello ${name},`,
      `the key “${key.name}” (it begins with ${key.start}) was just made ${whose}. Programs that hold it can act ${key.brand ? 'for the brand' : 'as you'}, within what it was allowed.`,
      'If it was not you, revoke the key and change your password.',
    ],
    buttons: [{ label: 'See the keys', url: `${appUrl}/settings/keys` }],
  });
}

type PasskeyNews = { change: 'added' | 'removed'; passkey: string };

export function passkeyChangedMail({ to, name, appUrl, change, passkey }: To & PasskeyNews): Mail {
  const wasAdded = change === 'added';
  return composeMail({
    to,
    subject: wasAdded ? 'A passkey was added to your account' : 'A passkey was removed from your account',
    lines: [
      `Hello ${name},`,
      wasAdded
        ? `the passkey “${passkey}” was just added. Whoever holds its device, and can unlock it, can sign in as you.`
        : `the passkey “${passkey}” was just removed. It signs nobody in any more.`,
      wasAdded
        ? 'If it was not you, remove the passkey and change your password.'
        : 'If it was not you, change your password.',
    ],
    buttons: [{ label: 'See your passkeys', url: `${appUrl}/settings/passkeys` }],
  });
}
