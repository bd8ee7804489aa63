import { generations, type Tx, transactAs } from '@repo/db';
import { and, eq, isNull } from 'drizzle-orm';
import type { SystemContext } from '../context.ts';
import { recordEvent } from '../events/record-event.ts';
import { advanceGenerationJob } from '../job-definitions.ts';
import type { Answer } from './call-model.ts';
import { insist } from './insist.ts';
import { recordCall } from './record-call.ts';
import { MAX_ATTEMPTS } from './rules.ts';
import type { Run } from './run.ts';
import { settleFailed } from './settle-generation.ts';

const LONGEST_POLL_MS = 60_000;

/** Somebody else is at it: this run may write nothing more. */
export class LostClaim extends Error {
  override readonly name = 'LostClaim';
}

type Change = Partial<typeof generations.$inferInsert>;

export async function writeRecords(tx: Tx, { ctx, generation, records }: Run): Promise<void> {
  for (const record of records) await recordCall(tx, ctx, generation, record);
}

/** Changes the row if this run still holds it. False: it lost its claim and changed nothing. */
export async function changeOwn(tx: Tx, { generation }: Run, change: Change): Promise<boolean> {
  const changed = await tx
    .update(generations)
    .set(change)
    .where(and(eq(generations.id, generation.id), eq(generations.runToken, generation.runToken)))
    .returning({ id: generations.id });
  return changed.length > 0;
}

/** From now on the vendor may have it. Written before anything is sent. */
export async function markSubmitted(run: Run): Promise<void> {
  const { ctx } = run;
  const isOurs = await transactAs(ctx.db, ctx.actor, (tx) => changeOwn(tx, run, { submittedAt: ctx.now() }));
  if (!isOurs) throw new LostClaim();
}

/** The vendor is at it: its handle is stored before anything else happens. */
export async function waitForVendor(run: Run, answer: Extract<Answer, { state: 'pending' }>): Promise<Date | null> {
  const { ctx, generation, claim } = run;
  const now = ctx.now();
  const isNew = generation.operationRef !== answer.ref;
  const nextTryAt = new Date(now.getTime() + Math.min(LONGEST_POLL_MS, Math.max(0, answer.askAgainInMs)));
  const progress = Math.max(generation.progress, answer.fraction ?? 0);
  await claim.release();
  const isOurs = await insist(() =>
    transactAs(ctx.db, ctx.actor, async (tx) => {
      const isOurs = await changeOwn(tx, run, {
        status: 'running',
        operationRef: answer.ref,
        submittedAt: generation.submittedAt ?? now,
        runToken: null,
        nextTryAt,
        progress,
        lastError: null,
        doing: 'The model is at it',
      });
      // A row for the submit, and for what fails or ends; not for every look that found it still at work.
      if (isNew) await writeRecords(tx, run);
      if (!isOurs) {
        await leaveHandle(tx, run, answer.ref);
        return false;
      }
      if (isNew || progress > generation.progress) {
        await recordEvent(tx, ctx.actor, {
          noun: 'generation',
          nounId: generation.id,
          verb: 'progress',
          audienceId: generation.ownerId,
          brandId: generation.brandId,
          payload: { status: 'running', progress, doing: 'The model is at it' },
        });
      }
      await wakeAt(tx, ctx, generation.id, nextTryAt);
      return true;
    }),
  );
  return isOurs ? nextTryAt : null;
}

/** Whoever took over asks what became of it: the handle it lacks is worth more to them than to us. */
async function leaveHandle(tx: Tx, { generation, step }: Run, operationRef: string): Promise<void> {
  if (step !== 'start') return;
  await tx
    .update(generations)
    .set({ operationRef })
    .where(
      and(
        eq(generations.id, generation.id),
        eq(generations.status, 'checking'),
        eq(generations.model, generation.model),
        eq(generations.attempt, generation.attempt),
        isNull(generations.operationRef),
      ),
    );
}

/** Looks again later; what it waits for stays as it is. */
export async function askLater(run: Run, pauseMs: number, lastError: string | null): Promise<Date> {
  const { ctx, generation, claim } = run;
  const nextTryAt = new Date(ctx.now().getTime() + Math.min(LONGEST_POLL_MS, pauseMs));
  await claim.release();
  await insist(() =>
    transactAs(ctx.db, ctx.actor, async (tx) => {
      await writeRecords(tx, run);
      if (await changeOwn(tx, run, { runToken: null, nextTryAt, ...(lastError && { lastError }) })) {
        await wakeAt(tx, ctx, generation.id, nextTryAt);
      }
    }),
  );
  return nextTryAt;
}

/** The vendor says it never had it: it begins anew. */
export async function putBackAsNotTaken(run: Run): Promise<Date | null> {
  const { ctx, generation } = run;
  await run.claim.release();
  const isLast = generation.attempt >= MAX_ATTEMPTS;
  await insist(() =>
    transactAs(ctx.db, ctx.actor, async (tx) => {
      await writeRecords(tx, run);
      if (isLast) await settleFailed(tx, ctx, generation, { reason: 'unavailable' });
      else
        await changeStatus(tx, run, { status: 'queued', submittedAt: null, runToken: null, doing: null, progress: 0 });
    }),
  );
  return isLast ? null : ctx.now();
}

/** Changes the status and tells the owner; wakes a worker when there is something to do. */
export async function changeStatus(tx: Tx, run: Run, change: Change & { status: string }): Promise<boolean> {
  const { ctx, generation } = run;
  if (!(await changeOwn(tx, run, change))) return false;
  const { status, lastError } = change;
  await recordEvent(tx, ctx.actor, {
    noun: 'generation',
    nounId: generation.id,
    verb: status,
    audienceId: generation.ownerId,
    brandId: generation.brandId,
    payload: { status, attempt: change.attempt ?? generation.attempt, ...(lastError && { lastError }) },
  });
  await wakeAt(tx, ctx, generation.id, change.nextTryAt ?? null);
  return true;
}

const wakeAt = (tx: Tx, ctx: SystemContext, generationId: string, at: Date | null) =>
  ctx.queue.enqueue(tx, advanceGenerationJob, { generationId }, at ? { startAfter: at } : {});

export async function readOwnRow(ctx: SystemContext, id: string) {
  const [row] = await transactAs(ctx.db, ctx.actor, (tx) =>
    tx
      .select({ outputAssetId: generations.outputAssetId, runToken: generations.runToken })
      .from(generations)
      .where(eq(generations.id, id)),
  );
  return row;
}
