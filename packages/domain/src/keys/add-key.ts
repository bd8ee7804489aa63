import { apiKeys, asOwner, type Tx } from '@repo/db';
import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import { recordEvent } from '../events/record-event.ts';
import { mustActFor, mustHaveAccount, readAbility } from '../permissions/read-asker.ts';
import { readKey } from './read-keys.ts';
import { MOST_KEYS, SAME_FORM_MS, scopesFor } from './rules.ts';
import type { KeyView, MakeKeyInput } from './schema.ts';
import { serviceUserOf } from './service-user.ts';

/** What is kept of a fresh key, and of the form that asked for it. */
export type MintedKey = { start: string; hash: string; formHash: string };

const DAY_MS = 86_400_000;

/**
 * Writes down a key that was minted for somebody or for a brand of theirs, in the caller's transaction. The same form
 * sent twice is one key (`isNew` false). Throws `sign_up_first`, `forbidden`, `not_found`, `invalid`, `conflict`.
 */
export async function addKey(
  tx: Tx,
  ctx: UserContext,
  input: MakeKeyInput,
  minted: MintedKey,
): Promise<{ key: KeyView; isNew: boolean }> {
  const { brandId, scopes } = input;
  const { userId } = ctx.actor;
  await mayMake(tx, ctx, brandId);
  const allowed = scopesFor(brandId !== null);
  const beyond = scopes.find((scope) => !allowed.includes(scope));
  if (beyond) throw new DomainError('invalid', `A brand’s key cannot have the scope ${beyond}.`, { field: 'scopes' });

  const now = ctx.now();
  const id = await asOwner(tx, async (owner) => {
    await owner.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`keys of ${brandId ?? userId}`}, 0))`);
    const [twin] = await owner
      .select({ id: apiKeys.id, createdAt: apiKeys.createdAt, revokedAt: apiKeys.revokedAt })
      .from(apiKeys)
      .where(and(eq(apiKeys.madeBy, userId), eq(apiKeys.formHash, minted.formHash)));
    if (twin) return sameForm(twin, now);

    await mustHaveRoom(owner, brandId, userId, now);
    const [row] = await owner
      .insert(apiKeys)
      .values({
        ...minted,
        userId: brandId ? await serviceUserOf(owner, brandId) : userId,
        brandId,
        madeBy: userId,
        name: input.name,
        scopes: [...new Set(scopes)],
        perMinute: input.perMinute,
        expiresAt: input.lifetime === 'never' ? null : new Date(now.getTime() + Number(input.lifetime) * DAY_MS),
        createdAt: now,
      })
      .returning({ id: apiKeys.id });
    await recordEvent(owner, ctx.actor, {
      noun: 'key',
      nounId: row!.id,
      verb: 'made',
      audienceId: userId,
      brandId,
      payload: { name: input.name, start: minted.start },
    });
    return { id: row!.id, isNew: true };
  });
  return { key: (await readKey(tx, id.id))!, isNew: id.isNew };
}

async function mayMake(tx: Tx, ctx: UserContext, brandId: string | null): Promise<void> {
  mustHaveAccount(ctx, 'hold_keys', 'Sign up to make keys. It is free.');
  if ((await readAbility(tx, ctx)).cannot('make', 'Key')) {
    const sentence = ctx.key
      ? 'A key cannot make keys. Sign in for that.'
      : 'Confirm your e-mail address first: keys are only for people whose address we know.';
    throw new DomainError('forbidden', sentence);
  }
  if (!brandId) return;
  await mustActFor(tx, ctx, brandId, 'manage_keys', 'Only the owners and admins of a brand may make keys for it.');
}

type Twin = { id: string; createdAt: Date; revokedAt: Date | null };

function sameForm(twin: Twin, now: Date): { id: string; isNew: false } {
  const isFresh = now.getTime() - twin.createdAt.getTime() < SAME_FORM_MS;
  if (isFresh && !twin.revokedAt) return { id: twin.id, isNew: false };
  throw new DomainError(
    'conflict',
    'This form was sent before, and a key is shown only once. Find it in the list: rotate it if you lost it.',
  );
}

async function mustHaveRoom(tx: Tx, brandId: string | null, userId: string, now: Date): Promise<void> {
  const theirs = brandId ? eq(apiKeys.brandId, brandId) : and(isNull(apiKeys.brandId), eq(apiKeys.userId, userId));
  const isLive = and(isNull(apiKeys.revokedAt), or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, now)));
  const live = await tx.$count(apiKeys, and(theirs, isLive));
  if (live < MOST_KEYS) return;
  const whose = brandId ? 'This brand has' : 'You have';
  throw new DomainError('conflict', `${whose} ${MOST_KEYS} keys already. Revoke one that is no longer needed.`);
}
