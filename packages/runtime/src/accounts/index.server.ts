export { accountMail, type MailRoom, sendAccountMail } from './account-mail.ts';
export { type Accounts, type AccountsOptions, createAccounts } from './create-accounts.ts';
export type { AccountsEnv } from './desk.ts';
export type { RequestSession } from './session-for.ts';
