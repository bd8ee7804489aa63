import { randomUUID } from 'node:crypto';
import { ProviderError, type StreamRequest, type Usage } from '@repo/ai';
import { generations, transactAs } from '@repo/db';
import { and, eq, isNull } from 'drizzle-orm';
import type { SystemContext, UserContext } from '../context.ts';
import type { Claimed } from './claim-generations.ts';
import { endRun } from './end-run.ts';
import { admitCall } from './health/admit-call.ts';
import { insist } from './insist.ts';
import { keepClaim } from './keep-claim.ts';
import { openGeneration } from './open-generation.ts';
import { tokensOf } from './price.ts';
import { readGeneration } from './read-generations.ts';
import { modelIsPaid, type Run, watchCallOf } from './run.ts';
import { isSettled, WALL_CLOCK_MS } from './rules.ts';
import type { RequestGeneration, StreamNews } from './schema.ts';
import { settleDone } from './settle-generation.ts';
import { requestOf } from './stored-request.ts';
import { writeRecords } from './write-run.ts';

export type StreamInput = Extract<RequestGeneration, { kind: 'text.stream' }>;

const LOOK_AGAIN_MS = 250;

/**
 * Answers word by word, in this process, under the same hold and receipt as everything else. Whoever stops listening
 * changes nothing: the answer is written to its end and kept. The same key never asks twice: it listens to what runs,
 * or hears what was answered.
 */
export async function* streamGeneration(
  ctx: UserContext,
  input: StreamInput,
  listener: AbortSignal,
): AsyncGenerator<StreamNews> {
  const opened = await transactAs(ctx.db, ctx.actor, (tx) => openGeneration(tx, ctx, input));
  const { id } = opened.generation;
  yield { type: 'opened', generationId: id };
  const claimed = opened.isNew ? await begin(ctx, id) : null;
  if (claimed) {
    const spoken = new Spoken();
    const writing = write(ctx, claimed, spoken);
    for await (const text of spoken.listen(listener)) yield { type: 'delta', text };
    await writing;
  } else yield* listenFromAfar(ctx, id, listener);
  if (!listener.aborted) yield { type: 'end', generation: await readGeneration(ctx, id) };
}

/** Takes the claim for this process. Null: somebody else has it, or it is over. */
async function begin(ctx: UserContext, id: string): Promise<Claimed | null> {
  const system = asSystem(ctx);
  const now = ctx.now();
  const [claimed] = await transactAs(ctx.db, system.actor, (tx) =>
    tx
      .update(generations)
      .set({
        status: 'running',
        attempt: 1,
        runToken: randomUUID(),
        heartbeatAt: now,
        startedAt: now,
        submittedAt: now,
        doing: 'Writing',
      })
      .where(and(eq(generations.id, id), eq(generations.status, 'queued'), isNull(generations.runToken)))
      .returning(),
  );
  return (claimed as Claimed | undefined) ?? null;
}

const asSystem = (ctx: UserContext): SystemContext => ({ ...ctx, actor: { kind: 'system', job: 'generation.stream' } });

async function write(ctx: UserContext, claimed: Claimed, spoken: Spoken): Promise<void> {
  const system = asSystem(ctx);
  const never = new AbortController();
  const run: Run = {
    ctx: system,
    // It is answered here or not at all: nothing of it may be put into the queue.
    generation: { ...claimed, attempt: Number.MAX_SAFE_INTEGER, requestedModel: claimed.model },
    step: 'start',
    isPaid: modelIsPaid(system, claimed),
    isSubmitted: true,
    records: [],
    down: null,
    claim: keepClaim(system, claimed, {
      deadlineMs: WALL_CLOCK_MS['text.stream'],
      workerSignal: never.signal,
      maySwitchWorker: () => false,
    }),
  };
  try {
    const usage = await speak(run, spoken);
    await run.claim.release();
    const kept = { output: { text: spoken.all() } };
    await insist(() =>
      transactAs(system.db, system.actor, async (tx) => {
        await writeRecords(tx, run);
        await settleDone(tx, system, claimed, { kept, notes: [], usage });
      }),
    );
  } catch (error) {
    await run.claim.release();
    // What was said before it broke off is offered, free; asking again would pay again.
    const provider = ProviderError.is(error) ? error : null;
    const broken = new ProviderError(claimed.provider, provider?.reason ?? 'unavailable', {
      detail: provider?.detail ?? String(error),
      said: spoken.all() || provider?.said,
    });
    await endRun(run, broken).catch((cause: unknown) => console.error(`generation ${claimed.id}:`, cause));
  } finally {
    spoken.close();
  }
}

async function speak(run: Run, spoken: Spoken): Promise<Usage> {
  const { ctx, generation, claim } = run;
  const model = ctx.models.streamOf?.(generation.model);
  if (!model) throw new ProviderError(generation.provider, 'misconfigured', { detail: `no ${generation.model} here` });
  const admission = await admitCall(ctx, generation);
  if (!admission.admitted) {
    run.down = admission;
    throw new ProviderError(generation.provider, 'unavailable', { detail: 'its breaker is open' });
  }
  const request = requestOf({ ...generation, attempt: 1 });
  if (request.kind !== 'text.stream') throw new ProviderError(generation.provider, 'invalid');
  const { kind, prompt, system, maxOutputTokens } = request;
  const asked: StreamRequest = { kind, prompt, maxOutputTokens, ...(system && { system }) };
  const told = await watchCallOf(run, admission.isProbe, async () => {
    let usage: Usage | undefined;
    for await (const piece of model.stream(asked, { signal: claim.signal, idempotencyKey: generation.id })) {
      if (piece.type === 'delta') spoken.say(piece.text);
      else usage = piece.usage;
    }
    if (!usage) throw new ProviderError(generation.provider, 'unavailable', { detail: 'cut off', maybeTaken: true });
    if (spoken.all().trim() === '') throw new ProviderError(generation.provider, 'empty');
    // A vendor that tells nothing is charged by what was said.
    const isTold = (usage.inputTokens ?? 0) + (usage.outputTokens ?? 0) > 0;
    const counted = isTold ? usage : { inputTokens: tokensOf(prompt), outputTokens: tokensOf(spoken.all()) };
    return { state: 'done', type: 'words', output: {}, notes: [], usage: counted } as const;
  });
  return told.usage;
}

/** The same key again, while another process or connection is at it: waits for the end and tells it whole. */
async function* listenFromAfar(ctx: UserContext, id: string, listener: AbortSignal): AsyncGenerator<StreamNews> {
  let view = await readGeneration(ctx, id);
  while (!isSettled(view.status) && !listener.aborted) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    view = await readGeneration(ctx, id);
  }
  if (view.output?.kind === 'text.stream') yield { type: 'delta', text: view.output.text };
}

/** What was said so far, for one who listens and may leave. */
class Spoken {
  readonly #pieces: string[] = [];
  #isClosed = false;
  #wake: () => void = () => {};

  say(text: string): void {
    this.#pieces.push(text);
    this.#wake();
  }

  close(): void {
    this.#isClosed = true;
    this.#wake();
  }

  all(): string {
    return this.#pieces.join('');
  }

  async *listen(listener: AbortSignal): AsyncGenerator<string> {
    listener.addEventListener('abort', () => this.#wake(), { once: true });
    for (let at = 0; !listener.aborted; ) {
      while (at < this.#pieces.length) yield this.#pieces[at++]!;
      if (this.#isClosed || listener.aborted) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
