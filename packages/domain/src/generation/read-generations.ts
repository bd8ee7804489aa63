import { asOwner, assets, embeddings, generations, type Tx, transactAs } from '@repo/db';
import { asc, eq, sql } from 'drizzle-orm';
import { viewFilm, viewSound } from '../assets/view-film.ts';
import { viewPicture } from '../assets/view-picture.ts';
import type { Tools, UserContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { entryOf, labelOf } from './catalogue.ts';
import { explainFailure } from './explain-failure.ts';
import type { GenerationRow } from './open-generation.ts';
import { expectedSeconds, isSettled, MAX_ATTEMPTS } from './rules.ts';
import type { GenerationOutput, GenerationView } from './schema.ts';

/** Further back than this, a place is only said to be at least this far. */
const COUNT_AHEAD_AT_MOST = 10_000;

export function readGeneration(ctx: UserContext, id: string): Promise<GenerationView> {
  return transactAs(ctx.db, ctx.actor, async (tx) => {
    const [generation] = await tx.select().from(generations).where(eq(generations.id, id));
    if (!generation) throw notFound('generation');
    return viewGeneration(tx, ctx, generation);
  });
}

/** A generation as its owner sees it, with its place and wait read at this moment. */
export async function viewGeneration(tx: Tx, tools: Tools, generation: GenerationRow): Promise<GenerationView> {
  const [asset] = generation.outputAssetId
    ? await tx.select().from(assets).where(eq(assets.id, generation.outputAssetId))
    : [];
  const isOpen = !isSettled(generation.status);
  const waiting = isOpen ? await asOwner(tx, (owner) => placeOf(owner, tools, generation)) : null;
  const { sentence, nextStep } = explainFailure(generation.failure ?? 'internal', generation.failureSentence);
  const { startedAt, finishedAt } = generation;
  return {
    id: generation.id,
    kind: generation.kind,
    status: generation.status,
    prompt: generation.prompt,
    model: generation.model,
    modelLabel: labelOf(tools.models, generation.model),
    choice: generation.choice,
    tried: generation.tried.map(({ model, reason }) => ({
      model,
      modelLabel: labelOf(tools.models, model),
      reason: explainFailure(reason).sentence,
    })),
    quoted: generation.quotedCredits,
    place: waiting?.place ?? null,
    expectedSeconds: waiting?.seconds ?? null,
    progress: generation.progress,
    doing: generation.doing,
    // A run whose worker died counts for itself, but to people it is the same try.
    attempt: Math.min(generation.attempt, MAX_ATTEMPTS),
    maxAttempts: MAX_ATTEMPTS,
    lastError: generation.lastError,
    nextTryAt: generation.nextTryAt,
    cancelRequested: generation.cancelRequested,
    failure: generation.failure ? { reason: generation.failure, sentence, nextStep } : null,
    said: generation.said,
    notes: generation.notes,
    reusedFrom: generation.reusedFromId,
    createdAt: generation.createdAt,
    startedAt,
    finishedAt,
    seconds: startedAt && finishedAt ? Math.max(0, (finishedAt.getTime() - startedAt.getTime()) / 1000) : null,
    picture: asset && asset.kind !== 'sound' ? await viewPicture(tools.store, asset) : null,
    output: generation.status === 'done' ? await outputOf(tx, tools, generation, asset) : null,
  };
}

type AssetRow = typeof assets.$inferSelect;

/** What it made, in the shape of its kind; null where the file was taken away since. */
async function outputOf(
  tx: Tx,
  tools: Tools,
  generation: GenerationRow,
  asset: AssetRow | undefined,
): Promise<GenerationOutput | null> {
  const { kind, output } = generation;
  switch (kind) {
    case 'image.edit':
    case 'image.create':
      return asset ? { kind, picture: await viewPicture(tools.store, asset) } : null;
    case 'video.create':
      return asset ? { kind, film: await viewFilm(tools.store, asset) } : null;
    case 'speech.create':
      return asset ? { kind, sound: await viewSound(tools.store, asset) } : null;
    case 'image.describe':
    case 'text.stream':
      return { kind, text: String(output?.['text'] ?? '') };
    case 'text.structured':
      return { kind, value: output?.['value'] };
    case 'text.embed': {
      const rows = await tx
        .select({ vector: embeddings.vector, dimensions: embeddings.dimensions })
        .from(embeddings)
        .where(eq(embeddings.generationId, generation.reusedFromId ?? generation.id))
        .orderBy(asc(embeddings.position));
      return { kind, dimensions: rows[0]?.dimensions ?? 0, vectors: rows.map(({ vector }) => vector) };
    }
    default:
      return kind satisfies never;
  }
}

async function placeOf(
  tx: Tx,
  tools: Tools,
  generation: GenerationRow,
): Promise<{ place: number | null; seconds: number }> {
  const { id, provider, model, kind, isBatch, turn, createdAt } = generation;
  const inLine = sql`other.status in ('queued', 'retrying') and other.provider = ${provider}`;
  const at = sql`${createdAt.toISOString()}::timestamptz`;
  const [row] = await tx.execute<{ ahead: number; running: number; p50: number | null }>(sql`
    select
      (select count(*)::int from (
        select from generation other
        where ${inLine} and other.is_batch = ${isBatch} and other.turn <= ${turn}
          and (other.turn, other.created_at, other.id) < (${turn}, ${at}, ${id}::uuid)
        limit ${COUNT_AHEAD_AT_MOST}) before)
      + (select count(*)::int from (
        select from generation other where ${inLine} and not other.is_batch and ${isBatch}
        limit ${COUNT_AHEAD_AT_MOST}) urgent) as ahead,
      (select count(*)::int from generation other
        where other.status in ('running', 'checking') and other.provider = ${provider} and other.id <> ${id}) as running,
      (select p50_ms / 1000.0 from model_health
        where provider = ${provider} and model = ${model} and operation = ${kind})::float8 as p50`);
  const { ahead, running, p50 } = row!;
  const entry = entryOf(tools.models, model);
  const secondsEach = p50 ?? entry?.typicalSeconds ?? 10;
  const waits = generation.status === 'queued' || generation.status === 'retrying';
  if (!waits) return { place: null, seconds: expectedSeconds(1, secondsEach, 1) };
  // While there is a line, as many run as can; where nobody waits, a seat is free.
  const atOnce = ahead > 0 ? Math.max(1, running) : Math.max(1, entry?.atOnce ?? 1);
  return { place: ahead + 1, seconds: expectedSeconds(ahead + running + 1, secondsEach, atOnce) };
}
