import { ads, assets, remixes, type Tx, transactAs } from '@repo/db';
import type { ObjectStore } from '@repo/storage';
import { and, eq, sql } from 'drizzle-orm';
import type { Tools } from '../context.ts';
import { assetFolder, variantKey } from './keys.ts';
import { VARIANTS } from './rules.ts';

/** Copies an asset's variants to where everybody may read them. Before the transaction that says so; safe to repeat. */
export async function copyToPublic(store: ObjectStore, assetId: string): Promise<void> {
  await Promise.all(
    VARIANTS.map((variant) => store.copy(variantKey(assetId, variant, false), variantKey(assetId, variant, true))),
  );
}

/** Marks the copies as there. Wants the owner's rights. */
export const markPublic = (tx: Tx, assetId: string) =>
  tx.update(assets).set({ isPublic: true }).where(eq(assets.id, assetId));

/** Takes the public copies away when nothing published shows them any more. */
export async function withdrawIfUnused(tools: Tools, assetId: string): Promise<void> {
  const isUnused = await transactAs(tools.db, { kind: 'system', job: 'asset.withdraw' }, async (tx) => {
    // Locked, so that a publishing at the same moment waits for the answer.
    await tx.select({ id: assets.id }).from(assets).where(eq(assets.id, assetId)).for('update');
    const [used] = await tx.execute<{ used: boolean }>(sql`
      select exists (select from ${ads} where asset_id = ${assetId} and status = 'published')
          or exists (select from ${remixes} where asset_id = ${assetId} and status = 'published') as used`);
    if (used!.used) return false;
    await tx
      .update(assets)
      .set({ isPublic: false })
      .where(and(eq(assets.id, assetId)));
    return true;
  });
  if (isUnused) await tools.store.removeAll(assetFolder(assetId, true));
}
