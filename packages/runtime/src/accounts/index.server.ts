export { accountMail, type MailRoom, sendAccountMail } from './account-mail.ts';
export { type Accounts, type AccountsOptions, createAccounts } from './create-accounts.ts';
export type { AccountsEnv } from './desk.ts';
export type { KeyHolder } from './key-for.ts';
export type { FreshKey } from './keys.ts';
export { readKeyHeader } from './read-key-header.ts';
export type { RequestSession } from './session-for.ts';
