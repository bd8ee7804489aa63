import type { AppRouter } from './router.js';
import type { inferRouterOutputs } from '@trpc/server';
import type { Wire } from './wire.js';
export type GenerationState = inferRouterOutputs<AppRouter>['generation']['byId'];
export type WatchOptions = {
    signal?: AbortSignal;
};
/** True when nothing more will happen to a generation. */
export declare const isSettled: ({ status }: Pick<GenerationState, "status">) => boolean;
/**
 * Every change of a generation, the present state first and its end last. Asks more seldom the longer it takes; a
 * lost connection is waited out, since asking again changes nothing.
 */
export declare function watchGeneration(wire: Wire, id: string, { signal }?: WatchOptions): AsyncGenerator<GenerationState, void>;
/** The last state of a generation, once it has one. */
export declare function whenSettled(wire: Wire, id: string, options?: WatchOptions): Promise<GenerationState>;
