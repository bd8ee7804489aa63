import { apiKeys, profiles, type Tx, transactAs } from '@repo/db';
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import type { Scope } from '../permissions/rules.ts';
import { MOST_KEYS } from './rules.ts';
import type { KeyView } from './schema.ts';

/** The keys that were not revoked: the asker's own, and those of each brand whose keys they manage. The newest first. */
export const readKeys = (ctx: UserContext): Promise<KeyView[]> =>
  transactAs(ctx.db, ctx.actor, (tx) =>
    listKeys(tx)
      .limit(20 * MOST_KEYS)
      .then(viewsOf),
  );

export async function readKey(tx: Tx, id: string): Promise<KeyView | null> {
  const [row] = await listKeys(tx, id);
  return row ? viewsOf([row])[0]! : null;
}

/** Row security says whose are seen. */
const listKeys = (tx: Tx, id?: string) =>
  tx
    .select({
      id: apiKeys.id,
      brandId: apiKeys.brandId,
      name: apiKeys.name,
      start: apiKeys.start,
      scopes: apiKeys.scopes,
      perMinute: apiKeys.perMinute,
      madeBy: profiles.name,
      expiresAt: apiKeys.expiresAt,
      lastUsedAt: apiKeys.lastUsedAt,
      createdAt: apiKeys.createdAt,
    })
    .from(apiKeys)
    .leftJoin(profiles, eq(profiles.userId, apiKeys.madeBy))
    .where(and(isNull(apiKeys.revokedAt), id ? eq(apiKeys.id, id) : undefined))
    .orderBy(desc(apiKeys.id));

const viewsOf = (rows: Awaited<ReturnType<typeof listKeys>>): KeyView[] =>
  rows.map((row) => ({ ...row, scopes: row.scopes as Scope[] }));
