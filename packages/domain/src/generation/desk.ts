import { inSpan, log, runTold } from '@repo/telemetry';
import type { SystemContext } from '../context.ts';
import { type Claimed, claimDue, type Lane } from './claim-generations.ts';
import { runGeneration } from './run-generation.ts';

/** A worker looks by itself this often: a wake-up may be lost, and a dead worker calls nobody. */
const LOOK_EVERY_MS = 2_000;

/** How many requests of a provider this process works on at once; `default` is for those not named. */
export type Seats = { default: number } & Record<string, number>;

/**
 * Where one worker process does generations: takes as many as it has seats for, and another when one is done. The
 * queue only wakes it; who owns a generation is written on the generation itself, so that a worker may die at any
 * moment and the next one takes over.
 */
export type Desk = {
  /** Something may be due. */
  wake(): void;
  /** Generations this process is at. */
  busy(): number;
  /** Takes nothing more, asks every run to end, and resolves when all have. */
  stop(): Promise<void>;
};

export function openDesk(ctx: SystemContext, seats: Seats): Desk {
  const stopping = new AbortController();
  const atWork = new Map<string, number>();
  const runs = new Set<Promise<void>>();
  const alarms = new Set<ReturnType<typeof setTimeout>>();
  let looking: Promise<void> | null = null;
  let lookAgain = false;
  let wasAway = false;

  const lanes = (): Lane[] => {
    const providers = new Map<string, number>();
    for (const { provider, atOnce } of ctx.models.entries) {
      providers.set(provider, Math.max(atOnce, providers.get(provider) ?? 0));
    }
    return [...providers].map(([provider, atOnce]) => ({
      provider,
      atOnce,
      free: (seats[provider] ?? seats.default) - (atWork.get(provider) ?? 0),
    }));
  };

  const begin = (generation: Claimed) => {
    const { provider } = generation;
    atWork.set(provider, (atWork.get(provider) ?? 0) + 1);
    const { id, ownerId, brandId } = generation;
    const told = { job: 'generation.run', generationId: id, userId: ownerId, ...(brandId && { brandId }) };
    // Of the trace it was asked for in, and not of whatever woke this desk.
    const options = { kind: 'consumer', parent: generation.traceparent, facts: factsOf(generation) } as const;
    const run = runTold(told, () =>
      inSpan('generation.run', options, () => runGeneration(ctx, generation, stopping.signal)),
    )
      .then((goesOnAt) => goesOnAt && ring(goesOnAt))
      .catch((error: unknown) => log.error(`generation ${id}`, { error }))
      .then(() => {
        atWork.set(provider, atWork.get(provider)! - 1);
        runs.delete(run);
        wake();
      });
    runs.add(run);
  };

  const ring = (at: Date) => {
    if (stopping.signal.aborted) return;
    const alarm = setTimeout(
      () => {
        alarms.delete(alarm);
        wake();
      },
      Math.max(0, at.getTime() - ctx.now().getTime()),
    );
    alarms.add(alarm);
  };

  const look = async () => {
    do {
      lookAgain = false;
      const claimed = await claimDue(ctx, lanes());
      for (const generation of claimed) begin(generation);
      wasAway = false;
    } while (lookAgain && !stopping.signal.aborted);
  };

  function wake(): void {
    if (stopping.signal.aborted) return;
    if (looking) {
      lookAgain = true;
      return;
    }
    looking = look()
      .catch((error: unknown) => {
        // Once: a database that is away is away for every look.
        if (!wasAway) log.error('generations', { error });
        wasAway = true;
      })
      .finally(() => {
        looking = null;
        // Called between the last look and here.
        if (lookAgain && !wasAway) wake();
      });
  }

  const timer = setInterval(wake, LOOK_EVERY_MS);
  wake();

  return {
    wake,
    busy: () => runs.size,
    async stop() {
      stopping.abort(new Error('the worker stops'));
      clearInterval(timer);
      for (const alarm of alarms) clearTimeout(alarm);
      // What a look took just now is begun, sees that it must stop, and gives itself back.
      await looking;
      await Promise.allSettled(runs);
    },
  };
}

const factsOf = ({ id, kind, attempt }: Claimed) => ({
  'generation.id': id,
  'generation.kind': kind,
  'generation.attempt': attempt,
});
