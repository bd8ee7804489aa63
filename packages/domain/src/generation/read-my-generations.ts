import { assets, generations, transactAs } from '@repo/db';
import { and, desc, eq, sql } from 'drizzle-orm';
import { viewPicture } from '../assets/view-picture.ts';
import type { UserContext } from '../context.ts';
import { cursorOf, readCursor } from '../paging/cursor.ts';
import type { Page } from '../paging/schema.ts';
import type { GenerationSummary, MyGenerationsInput } from './ask-schema.ts';
import { labelOf } from './catalogue.ts';
import { explainFailure } from './explain-failure.ts';

/** Everything the asker asked models for, the newest first. */
export function readMyGenerations(
  ctx: UserContext,
  { cursor, limit, kind, status }: MyGenerationsInput,
): Promise<Page<GenerationSummary>> {
  return transactAs(ctx.db, ctx.actor, async (tx) => {
    const after = readCursor(cursor);
    const rows = await tx
      .select({ generation: generations, asset: assets })
      .from(generations)
      .leftJoin(assets, eq(assets.id, generations.outputAssetId))
      .where(
        and(
          eq(generations.ownerId, ctx.actor.userId),
          kind && eq(generations.kind, kind),
          status && eq(generations.status, status),
          after
            ? sql`(${generations.createdAt}, ${generations.id}) < (${after.at}::timestamptz, ${after.id}::uuid)`
            : undefined,
        ),
      )
      .orderBy(desc(generations.createdAt), desc(generations.id))
      .limit(limit + 1);
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1)?.generation : undefined;
    const items = await Promise.all(
      shown.map(async ({ generation: row, asset }) => ({
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
    return { items, nextCursor: last ? cursorOf({ at: last.createdAt, id: last.id }) : null };
  });
}
