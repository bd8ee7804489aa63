import type { Person } from '@repo/domain/accounts/schema';
import type { Balance } from '@repo/domain/credits/schema';
import { toolbox } from '../tools.server.ts';
import { readTheme, type Theme } from './theme.ts';

/** What every page shows of whoever looks at it. */
export type PageSession = {
  /** Null for a visitor: somebody who has not done anything yet. */
  person: Person | null;
  /** Null while the database is away. */
  balance: Balance | null;
  /** True: nobody can be recognised right now. */
  databaseAway: boolean;
  theme: Theme;
  /** Where each app is, without a slash at the end. */
  appUrl: string;
  adminUrl: string;
};

export async function pageSession(request: Request): Promise<PageSession> {
  const { env } = toolbox();
  return {
    person: null,
    balance: null,
    databaseAway: false,
    theme: readTheme(request),
    appUrl: env.APP_URL,
    adminUrl: env.ADMIN_URL,
  };
}
