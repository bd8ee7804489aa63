import { assets, transactAs } from '@repo/db';
import { and, eq, or } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { openGeneration } from './open-generation.ts';
import { readGeneration } from './read-generations.ts';
import type { GenerationView, RequestGenerationInput } from './schema.ts';

/** Asks a model for a picture. The generation, its hold and its job are written together or not at all. */
export async function requestGeneration(ctx: UserContext, input: RequestGenerationInput): Promise<GenerationView> {
  const id = await transactAs(ctx.db, ctx.actor, async (tx) => {
    if (input.kind === 'image.edit') {
      const [picture] = await tx
        .select({ id: assets.id })
        .from(assets)
        .where(
          and(
            eq(assets.id, input.assetId),
            eq(assets.status, 'usable'),
            or(assets.isPublic, eq(assets.ownerId, ctx.actor.userId)),
          ),
        );
      if (!picture) throw notFound('picture');
    }
    return (await openGeneration(tx, ctx, input)).generation.id;
  });
  return readGeneration(ctx, id);
}
