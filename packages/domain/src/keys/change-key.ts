import { apiKeys, asOwner, type Tx, transactAs } from '@repo/db';
import { and, eq, isNull } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { DomainError, notFound } from '../errors.ts';
import { recordEvent } from '../events/record-event.ts';
import type { MintedKey } from './add-key.ts';
import { readKey } from './read-keys.ts';
import type { KeyView, RenameKeyInput, RevokeKeyInput } from './schema.ts';

/** From this moment on it opens nothing. Revoking twice is the same as once for whoever may see it; else `not_found`. */
export const revokeKey = (ctx: UserContext, { keyId }: RevokeKeyInput): Promise<void> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    mustBeSignedIn(ctx);
    const [seen] = await tx.select({ revokedAt: apiKeys.revokedAt }).from(apiKeys).where(eq(apiKeys.id, keyId));
    if (!seen) throw notFound('key');
    if (seen.revokedAt === null) await change(tx, ctx, keyId, { revokedAt: ctx.now() }, 'revoked');
  });

export const renameKey = (ctx: UserContext, { keyId, name }: RenameKeyInput): Promise<void> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    await mustManage(tx, ctx, keyId);
    await change(tx, ctx, keyId, { name }, 'renamed');
  });

/** Puts another secret in the place of a key's: its name and scopes stay, and the old one stops at once. */
export const rotateKey = (ctx: UserContext, keyId: string, minted: MintedKey): Promise<KeyView> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    await mustManage(tx, ctx, keyId);
    await change(tx, ctx, keyId, { ...minted, rotatedAt: ctx.now(), lastUsedAt: null }, 'rotated');
    return (await readKey(tx, keyId))!;
  });

/** Row security shows a key to those who manage it, and to nobody else. */
async function mustManage(tx: Tx, ctx: UserContext, keyId: string): Promise<void> {
  mustBeSignedIn(ctx);
  if (!(await readKey(tx, keyId))) throw notFound('key');
}

function mustBeSignedIn({ key }: UserContext): void {
  if (key) throw new DomainError('forbidden', 'A key cannot change keys. Sign in for that.');
}

type Change = Partial<typeof apiKeys.$inferInsert>;

const change = (tx: Tx, ctx: UserContext, keyId: string, set: Change, verb: string): Promise<void> =>
  asOwner(tx, async (owner) => {
    const [changed] = await owner
      .update(apiKeys)
      .set({ ...set, updatedAt: ctx.now() })
      .where(and(eq(apiKeys.id, keyId), isNull(apiKeys.revokedAt)))
      .returning({ name: apiKeys.name, start: apiKeys.start, brandId: apiKeys.brandId });
    if (!changed) throw notFound('key');
    await recordEvent(owner, ctx.actor, {
      noun: 'key',
      nounId: keyId,
      verb,
      audienceId: ctx.actor.userId,
      brandId: changed.brandId,
      payload: { name: changed.name, start: changed.start },
    });
  });
