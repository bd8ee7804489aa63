import { AsyncLocalStorage } from 'node:async_hooks';

/** Whose work is being done: on every line, span and report. */
export type Told = {
  requestId?: string;
  userId?: string;
  brandId?: string;
  job?: string;
  jobId?: string;
  generationId?: string;
  traceId?: string;
};

// On globalThis, here and in the neighbours: a dev server reloads modules, and all copies must see the same.
const KEY = Symbol.for('@repo/telemetry/told');
const holder = globalThis as { [KEY]?: AsyncLocalStorage<Told> };
holder[KEY] ??= new AsyncLocalStorage<Told>();
const storage = holder[KEY];

/** `work` and everything it starts are told of as these; what is learned on the way is added to the same object. */
export const runTold = <T>(facts: Told, work: () => T): T => storage.run(facts, work);

export const told = (): Told | undefined => storage.getStore();

/** Adds what was learned just now, such as who is asking. Outside of any work it does nothing. */
export function tell(facts: Told): void {
  const current = storage.getStore();
  if (current) Object.assign(current, facts);
}
