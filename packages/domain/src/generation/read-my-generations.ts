import { assets, generations, transactAs } from '@repo/db';
import { and, eq } from 'drizzle-orm';
import { viewPicture } from '../assets/view-picture.ts';
import type { UserContext } from '../context.ts';
import { readPage } from '../paging/read-page.ts';
import type { Page } from '../paging/schema.ts';
import type { GenerationSummary, MyGenerationsInput } from './ask-schema.ts';
import { labelOf } from './catalogue.ts';
import { explainFailure } from './explain-failure.ts';

/** Everything the asker asked models for, the newest first. */
export function readMyGenerations(
  ctx: UserContext,
  { kind, status, ...page }: MyGenerationsInput,
): Promise<Page<GenerationSummary>> {
  return transactAs(ctx.db, ctx.actor, async (tx) => {
    const { items: rows, ...rest } = await readPage(tx, ctx, {
      page,
      from: generations,
      where: and(
        eq(generations.ownerId, ctx.actor.userId),
        kind && eq(generations.kind, kind),
        status && eq(generations.status, status),
      ),
      by: [generations.createdAt, generations.id],
      select: ({ where, orderBy, limit }) =>
        tx
          .select({ generation: generations, asset: assets })
          .from(generations)
          .leftJoin(assets, eq(assets.id, generations.outputAssetId))
          .where(where)
          .orderBy(...orderBy)
          .limit(limit),
      keyOf: ({ generation: { createdAt, id } }) => ({ at: createdAt, id }),
    });
    const items = await Promise.all(
      rows.map(async ({ generation: row, asset }) => ({
        id: row.id,
        kind: row.kind,
        status: row.status,
        prompt: row.prompt,
        model: row.model,
        modelLabel: labelOf(ctx.models, row.model),
        quoted: row.quotedCredits,
        progress: row.progress,
        createdAt: row.createdAt,
        finishedAt: row.finishedAt,
        picture: asset && asset.kind !== 'sound' ? await viewPicture(ctx.store, asset) : null,
        failure: row.failure ? { reason: row.failure, ...explainFailure(row.failure, row.failureSentence) } : null,
      })),
    );
    return { items, ...rest };
  });
}
