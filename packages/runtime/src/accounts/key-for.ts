import type { KeyInHand } from '@repo/api';
import { apiKeys, memberships, transactAs, users } from '@repo/db';
import type { UserActor } from '@repo/domain/context';
import { recordEvent } from '@repo/domain/events/record-event';
import { NOTE_USE_EVERY_MS } from '@repo/domain/keys/rules';
import { SCOPE_NAMES, type Scope } from '@repo/domain/permissions/rules';
import { and, eq, gt, isNull, lt, or } from 'drizzle-orm';
import type { Desk } from './desk.ts';
import { isGuest } from './find-person.ts';
import { hashOfKey } from './mint-key.ts';

export type KeyHolder = { actor: UserActor; key: KeyInHand };

/**
 * Whom a key acts for and what it leaves of their rights; null for a key that opens nothing, for whatever reason.
 * One query, by digest. Guests that went to an account and brands that lost their service user open nothing.
 */
export async function keyFor(desk: Desk, key: string): Promise<KeyHolder | null> {
  const now = desk.tools.now();
  const [row] = await desk.db
    .select({ key: apiKeys, user: users, membershipId: memberships.id })
    .from(apiKeys)
    .innerJoin(users, and(eq(users.id, apiKeys.userId), isNull(users.mergedInto)))
    .leftJoin(memberships, and(eq(memberships.userId, apiKeys.userId), eq(memberships.brandId, apiKeys.brandId)))
    .where(
      and(
        eq(apiKeys.hash, await hashOfKey(key)),
        isNull(apiKeys.revokedAt),
        or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, now)),
      ),
    );
  if (!row || isGuest(row.user) || (row.key.brandId && !row.membershipId)) return null;
  const { id, userId, brandId, scopes, perMinute, lastUsedAt } = row.key;
  if (!lastUsedAt || now.getTime() - lastUsedAt.getTime() >= NOTE_USE_EVERY_MS) void noteUse(desk, row.key, now);
  // A scope that a later version took away opens nothing.
  const known = scopes.filter((scope): scope is Scope => SCOPE_NAMES.includes(scope as Scope));
  return { actor: { kind: 'user', userId, isGuest: false }, key: { id, scopes: known, brandId, perMinute } };
}

type KeyRow = typeof apiKeys.$inferSelect;

/** Behind the answer's back: nobody waits for it, and of many requests at once one writes. Never throws. */
async function noteUse({ db, tools }: Desk, { id, userId, brandId, madeBy, lastUsedAt }: KeyRow, now: Date) {
  try {
    const isStale = or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, new Date(now.getTime() - NOTE_USE_EVERY_MS)));
    const [noted] = await db
      .update(apiKeys)
      .set({ lastUsedAt: now, updatedAt: now })
      .where(and(eq(apiKeys.id, id), isStale))
      .returning({ id: apiKeys.id });
    if (!noted || lastUsedAt) return;
    const event = { noun: 'key', nounId: id, verb: 'first_used', audienceId: madeBy ?? userId, brandId } as const;
    await transactAs(tools.db, { kind: 'system', job: 'accounts.note-key' }, (tx) =>
      recordEvent(tx, { kind: 'user', userId, isGuest: false }, event),
    );
  } catch {
    // The next request notes it.
  }
}
