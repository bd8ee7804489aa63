import { ads, asOwner, generations, remixes, type Tx, transactAs } from '@repo/db';
import { and, eq } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { DomainError, notFound } from '../errors.ts';
import { recordEvent } from '../events/record-event.ts';
import { openGeneration } from '../generation/open-generation.ts';
import type { RequestRemixInput } from './schema.ts';

/**
 * Asks for a remix. The draft, its generation, its hold and its job are written together or not at all;
 * the same key is the same remix, however often the button was pressed. Resolves to the remix's id.
 */
export function requestRemix(ctx: UserContext, input: RequestRemixInput): Promise<{ remixId: string }> {
  return transactAs(ctx.db, ctx.actor, async (tx) => {
    const assetId = await sourceOf(tx, ctx, input);
    const { generation, isNew } = await openGeneration(tx, ctx, {
      kind: 'image.edit',
      assetId,
      prompt: input.prompt,
      model: input.model,
      idempotencyKey: input.idempotencyKey,
    });
    if (!isNew) {
      const [made] = await tx.select({ id: remixes.id }).from(remixes).where(eq(remixes.generationId, generation.id));
      if (!made) throw new DomainError('conflict', 'This key was used for something else. Nothing was charged.');
      return { remixId: made.id };
    }
    const [remix] = await tx
      .insert(remixes)
      .values({
        adId: input.adId,
        parentId: input.parentId ?? null,
        authorId: ctx.actor.userId,
        generationId: generation.id,
        prompt: input.prompt,
        createdAt: ctx.now(),
      })
      .returning({ id: remixes.id });
    await asOwner(tx, (owner) =>
      recordEvent(owner, ctx.actor, {
        noun: 'remix',
        nounId: remix!.id,
        verb: 'requested',
        audienceId: ctx.actor.userId,
      }),
    );
    return { remixId: remix!.id };
  });
}

/** The picture that is to be remixed. Row security hides what the asker may not see, so it looks missing. */
async function sourceOf(tx: Tx, ctx: UserContext, { adId, parentId }: RequestRemixInput): Promise<string> {
  const [ad] = await tx.select({ assetId: ads.assetId, status: ads.status }).from(ads).where(eq(ads.id, adId));
  if (!ad || ad.status === 'deleted') throw notFound('ad');
  if (!parentId) {
    if (ad.status !== 'published') throw notFound('ad');
    return ad.assetId;
  }
  const [parent] = await tx
    .select({ assetId: remixes.assetId, output: generations.outputAssetId, status: remixes.status })
    .from(remixes)
    .leftJoin(generations, and(eq(generations.id, remixes.generationId), eq(generations.ownerId, ctx.actor.userId)))
    .where(and(eq(remixes.id, parentId), eq(remixes.adId, adId)));
  if (!parent || parent.status === 'deleted' || parent.status === 'hidden') throw notFound('remix');
  const assetId = parent.assetId ?? parent.output;
  if (!assetId) throw new DomainError('conflict', 'This remix is still being made. Remix it when it is done.');
  return assetId;
}
