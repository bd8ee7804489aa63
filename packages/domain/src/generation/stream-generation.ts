import { randomUUID } from 'node:crypto';
import { ProviderError, type StreamRequest, type Usage } from '@repo/ai';
import { generations, transactAs } from '@repo/db';
import { log } from '@repo/telemetry';
import { and, eq, isNull } from 'drizzle-orm';
import type { SystemContext, UserContext } from '../context.ts';
import type { Claimed } from './claim-generations.ts';
import { endRun } from './end-run.ts';
import { admitCall } from './health/admit-call.ts';
import { insist } from './insist.ts';
import { keepClaim } from './keep-claim.ts';
import { openGeneration } from './open-generation.ts';
import { countTokens } from './price.ts';
import { readGeneration } from './read-generations.ts';
import { isSettled, WALL_CLOCK_MS } from './rules.ts';
import { modelIsPaid, type Run, watchCallOf } from './run.ts';
import type { RequestGeneration, StreamNews } from './schema.ts';
import { settleDone } from './settle-generation.ts';
import { storableText } from './storable.ts';
import { requestOf } from './stored-request.ts';
import { writeRecords } from './write-run.ts';

export type StreamInput = Extract<RequestGeneration, { kind: 'text.stream' }>;

const LOOK_AGAIN_MS = 250;

/** What this process is writing, for whoever asks with the same key meanwhile. */
const voices = new Map<string, Spoken>();

/**
 * Answers word by word, in this process, under the same hold and receipt as everything else. Whoever stops listening
 * changes nothing: the answer is written to its end and kept. The same key never asks twice: it listens to what runs,
 * or hears what was answered. Refusals are thrown before the first word: by the promise, not by what it resolves to.
 */
export async function streamGeneration(
  ctx: UserContext,
  input: StreamInput,
  listener: AbortSignal,
): Promise<AsyncGenerator<StreamNews>> {
  const opened = await transactAs(ctx.db, ctx.actor, (tx) => openGeneration(tx, ctx, input));
  const { id, status } = opened.generation;
  // Begun before the first word to whoever asked: they may be gone by then. One that was opened and never begun,
  // because its process died in between, is begun by whoever asks again.
  const claimed = status === 'queued' ? await begin(ctx, id) : null;
  if (claimed) {
    const spoken = new Spoken();
    voices.set(id, spoken);
    void write(ctx, claimed, spoken).finally(() => voices.delete(id));
  }
  return tell(ctx, id, voices.get(id), listener);
}

async function* tell(
  ctx: UserContext,
  id: string,
  spoken: Spoken | undefined,
  listener: AbortSignal,
): AsyncGenerator<StreamNews> {
  yield { type: 'opened', generationId: id };
  if (spoken) for await (const text of spoken.listen(listener)) yield { type: 'delta', text };
  else yield* listenFromAfar(ctx, id, listener);
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

/** Writes with the chosen model or, as long as nothing was taken and `auto` may, with the next. Never rejects. */
async function write(ctx: UserContext, claimed: Claimed, spoken: Spoken): Promise<void> {
  try {
    let current: Claimed | null = claimed;
    while (current) current = (await writeWith(asSystem(ctx), current, spoken)) ? await begin(ctx, claimed.id) : null;
  } catch (error) {
    // Nobody holds it any more: it is ended, and its hold given back, by whoever finds it.
    log.error(`generation ${claimed.id}`, { error });
  } finally {
    spoken.close();
  }
}

/** Resolves to true when another model shall write it. */
async function writeWith(system: SystemContext, claimed: Claimed, spoken: Spoken): Promise<boolean> {
  const never = new AbortController();
  const run: Run = {
    ctx: system,
    // It is answered here or not at all: nothing of it is tried again later.
    generation: { ...claimed, attempt: Number.MAX_SAFE_INTEGER },
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
    return false;
  } catch (error) {
    await run.claim.release();
    // What was said before it broke off is offered, free; asking again would pay again.
    const provider = ProviderError.is(error) ? error : null;
    const broken = new ProviderError(claimed.provider, provider?.reason ?? 'unavailable', {
      detail: provider?.detail ?? String(error),
      said: spoken.all() || provider?.said,
      isOver: spoken.all() !== '',
    });
    const isUntouched = provider !== null && !provider.maybeTaken && spoken.all() === '';
    const requestedModel = isUntouched ? claimed.requestedModel : claimed.model;
    return (await endRun({ ...run, generation: { ...run.generation, requestedModel } }, broken)) !== null;
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
    const counted = countTokens(usage, `${system ?? ''}${prompt}`, spoken.all());
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

/** What was said so far, for those who listen and may leave. */
class Spoken {
  readonly #pieces: string[] = [];
  readonly #waiting = new Set<() => void>();
  #isClosed = false;

  say(text: string): void {
    this.#pieces.push(text.replaceAll('\0', ''));
    this.#wakeAll();
  }

  close(): void {
    this.#isClosed = true;
    this.#wakeAll();
  }

  /** A character may come in two pieces: only whole is it sure to be one. */
  all(): string {
    return storableText(this.#pieces.join(''));
  }

  /** From the first word on, until it ends or the listener leaves. */
  async *listen(listener: AbortSignal): AsyncGenerator<string> {
    for (let at = 0; !listener.aborted; ) {
      while (at < this.#pieces.length) yield this.#pieces[at++]!;
      if (this.#isClosed || listener.aborted) return;
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#waiting.delete(wake);
          listener.removeEventListener('abort', wake);
          resolve();
        };
        this.#waiting.add(wake);
        listener.addEventListener('abort', wake);
      });
    }
  }

  #wakeAll(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}
