import type { AppRouter } from '@repo/api';
import type { inferRouterOutputs } from '@trpc/server';
import type { Wire } from './wire.ts';

export type GenerationState = inferRouterOutputs<AppRouter>['generation']['byId'];

export type WatchOptions = { signal?: AbortSignal };

const SETTLED = new Set(['done', 'failed', 'cancelled']);
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 3_000;

/** True when nothing more will happen to a generation. */
export const isSettled = ({ status }: Pick<GenerationState, 'status'>): boolean => SETTLED.has(status);

/**
 * Every change of a generation, the present state first and its end last. Asks more seldom the longer it takes; a
 * lost connection is waited out, since asking again changes nothing.
 */
export async function* watchGeneration(
  wire: Wire,
  id: string,
  { signal }: WatchOptions = {},
): AsyncGenerator<GenerationState, void> {
  let last = '';
  let wait = FIRST_PAUSE_MS;
  for (;;) {
    const state = await wire.api.generation.byId.query({ id }, signal ? { signal } : {});
    const seen = JSON.stringify([
      state.status,
      state.place,
      state.progress,
      state.doing,
      state.attempt,
      state.lastError,
    ]);
    if (seen !== last) {
      yield state;
      last = seen;
      wait = FIRST_PAUSE_MS;
    }
    if (isSettled(state)) return;
    await wire.pause(wait, signal);
    wait = Math.min(LONGEST_PAUSE_MS, wait * 1.5);
  }
}

/** The last state of a generation, once it has one. */
export async function whenSettled(wire: Wire, id: string, options?: WatchOptions): Promise<GenerationState> {
  let last: GenerationState | null = null;
  for await (const state of watchGeneration(wire, id, options)) last = state;
  return last!;
}
