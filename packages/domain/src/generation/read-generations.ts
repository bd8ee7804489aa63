import { asOwner, assets, generations, type Tx, transactAs } from '@repo/db';
import { eq, sql } from 'drizzle-orm';
import { viewPicture } from '../assets/view-picture.ts';
import type { Tools, UserContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { entryOf, labelOf } from './catalogue.ts';
import { explainFailure } from './explain-failure.ts';
import type { GenerationRow } from './open-generation.ts';
import { expectedSeconds, isSettled, MAX_ATTEMPTS } from './rules.ts';
import type { GenerationView } from './schema.ts';

/** How many of these the workers run at once, for the wait that is told. */
const AT_ONCE = 2;
const MEASURED_RUNS = 50;

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
  return {
    id: generation.id,
    kind: generation.kind,
    status: generation.status,
    prompt: generation.prompt,
    model: generation.model,
    modelLabel: labelOf(tools.models, generation.model),
    quoted: generation.quotedCredits,
    place: waiting?.place ?? null,
    expectedSeconds: waiting?.seconds ?? null,
    progress: generation.progress,
    doing: generation.doing,
    attempt: generation.attempt,
    maxAttempts: MAX_ATTEMPTS,
    lastError: generation.lastError,
    nextTryAt: generation.nextTryAt,
    cancelRequested: generation.cancelRequested,
    failure: generation.failure ? { reason: generation.failure, sentence, nextStep } : null,
    notes: generation.notes,
    createdAt: generation.createdAt,
    startedAt: generation.startedAt,
    finishedAt: generation.finishedAt,
    seconds:
      generation.startedAt && generation.finishedAt
        ? (generation.finishedAt.getTime() - generation.startedAt.getTime()) / 1000
        : null,
    picture: asset ? await viewPicture(tools.store, asset) : null,
  };
}

async function placeOf(
  tx: Tx,
  tools: Tools,
  generation: GenerationRow,
): Promise<{ place: number | null; seconds: number }> {
  const [row] = await tx.execute<{ ahead: number; p50: number | null }>(sql`
    select
      (select count(*)::int from generation other
        where other.status in ('queued', 'running', 'retrying', 'checking')
          and (other.created_at, other.id) < (${generation.createdAt.toISOString()}::timestamptz, ${generation.id}::uuid)) as ahead,
      (select percentile_cont(0.5) within group (order by seconds) from (
        select extract(epoch from finished_at - started_at)::float8 as seconds from generation
        where status = 'done' and model = ${generation.model} order by finished_at desc limit ${MEASURED_RUNS}) measured) as p50`);
  const secondsEach = row!.p50 ?? entryOf(tools.models, generation.model)?.typicalSeconds ?? 10;
  const waits = generation.status === 'queued' || generation.status === 'retrying';
  const place = waits ? row!.ahead + 1 : null;
  return { place, seconds: expectedSeconds(place ?? 1, secondsEach, AT_ONCE) };
}
