import type { Person } from '@repo/domain/accounts/schema';
import { readBalance } from '@repo/domain/credits/read-credits';
import type { Balance } from '@repo/domain/credits/schema';
import { type PageRights, pageRightsOf } from '@repo/domain/permissions/rules';
import { log } from '@repo/telemetry';
import { isDatabaseAway } from '../database-away.ts';
import { scopeOf } from '../http/request-scope.ts';
import { toolbox } from '../tools.server.ts';
import { apiContextFor, sessionOf } from './request-session.ts';
import { readTheme, type Theme } from './theme.ts';

/** What every page shows of whoever looks at it. */
export type PageSession = {
  /** Null for a visitor: somebody who has not done anything yet. */
  person: Person | null;
  /** Null while it cannot be read. */
  balance: Balance | null;
  /** True: nobody can be recognised right now. */
  databaseAway: boolean;
  theme: Theme;
  /** Where each app is, without a slash at the end. */
  appUrl: string;
  adminUrl: string;
  /** What to show them. */
  may: PageRights;
};

/** For root loaders. Never throws: a page's frame must stand, whatever its content does. */
export async function pageSession(request: Request): Promise<PageSession> {
  const { env } = toolbox();
  const frame = { theme: readTheme(request), appUrl: env.APP_URL, adminUrl: env.ADMIN_URL };
  const mayOf = (person: Person | null) => pageRightsOf(person, { guestPaid: env.GUEST_PAID });
  try {
    const [{ user }, { tools, actor, addressHash }] = await Promise.all([sessionOf(request), apiContextFor(request)]);
    const balance = await readBalance({ ...tools, actor, addressHash });
    return { ...frame, person: user, may: mayOf(user), balance, databaseAway: false };
  } catch (error) {
    const databaseAway = isDatabaseAway(error);
    if (!databaseAway) log.error(`session of request ${scopeOf(request).requestId}`, { error });
    return { ...frame, person: null, may: mayOf(null), balance: null, databaseAway };
  }
}
