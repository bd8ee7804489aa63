/** Something countable that happened. Names and outcomes are of closed sets: never an id, never what somebody typed. */
export type Signal =
  | { type: 'job'; job: string; outcome: 'done' | 'failed'; ms: number }
  | {
      type: 'provider_call';
      provider: string;
      model: string;
      kind: string;
      outcome: string;
      ms: number;
      costMicroUsd: number;
    }
  | { type: 'generation'; feature: string; kind: string; model: string; status: string }
  | { type: 'procedure'; procedure: string; outcome: string; ms: number }
  /** A cache had what was asked for, or had not. */
  | { type: 'cache'; cache: string; hit: boolean }
  /** Somebody was told to slow down: a 429. `limit` is the class of the limit. */
  | { type: 'limited'; limit: string }
  | { type: 'stream'; change: 1 | -1 };

type Listener = (signal: Signal) => void;

const KEY = Symbol.for('@repo/telemetry/signals');
const holder = globalThis as { [KEY]?: Set<Listener> };
holder[KEY] ??= new Set();
const listeners = holder[KEY];

/** Tells whoever counts. Costs nothing where nobody does. */
export function signal(what: Signal): void {
  for (const listener of listeners) listener(what);
}

/** Returns how to stop listening. A listener must not throw. */
export function onSignal(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
