import type { RequestHandler } from 'express';

/** Resolves when a thing works, rejects when it does not. */
export type Check = () => Promise<void>;
export type Checks = Record<'database' | 'storage' | 'queue', Check>;

/** How the models' vendors do. One that is away makes us slower or poorer, never unready. */
export type AiServices = Record<string, 'up' | 'degraded' | 'down'>;

type State = { state: 'up' | 'down'; ms: number };

const CHECK_MAX_MS = 3_000;

/** `GET /healthz`: the process lives. Asks nothing of anything else, so that nobody restarts us for another's fault. */
export const healthz: RequestHandler = (_, response) => {
  response.set('cache-control', 'no-store').json({ state: 'up' });
};

export type ReadyOptions = {
  maxMs?: number /** Once aborted, the process is about to end. */;
  draining?: AbortSignal | undefined;
  aiServices?: (() => Promise<AiServices>) | undefined;
};

/** `GET /readyz`: whether requests can be served, and what each thing they need says; 503 when one is down. */
export function readyz(
  checks: Checks,
  { maxMs = CHECK_MAX_MS, draining, aiServices = async () => ({}) }: ReadyOptions = {},
): RequestHandler {
  return async (_, response) => {
    if (draining?.aborted) {
      response.status(503).set('cache-control', 'no-store').json({ state: 'stopping' });
      return;
    }
    const names = Object.keys(checks) as (keyof Checks)[];
    const states = await Promise.all(names.map((name) => stateOf(checks[name], maxMs)));
    const isReady = states.every(({ state }) => state === 'up');
    // What cannot be asked is not told: the database's own state says why.
    const services = isReady ? await aiServices().catch(() => ({})) : {};
    const isWhole = Object.values(services).every((state) => state === 'up');
    response
      .status(isReady ? 200 : 503)
      .set('cache-control', 'no-store')
      .json({
        state: isReady ? (isWhole ? 'up' : 'degraded') : 'down',
        ...Object.fromEntries(names.map((name, n) => [name, states[n]])),
        ...(isReady && { aiServices: services }),
      });
  };
}

async function stateOf(check: Check, maxMs: number): Promise<State> {
  const since = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), maxMs);
  });
  const state = await Promise.race([check(), late]).then(
    () => 'up' as const,
    () => 'down' as const,
  );
  clearTimeout(timer);
  return { state, ms: Math.round(performance.now() - since) };
}

/** The same check, but asked at most every `forMs`; in between, its last answer stands. */
export function remembered(check: Check, forMs: number): Check {
  let last: { at: number; answer: Promise<void> } | null = null;
  return () => {
    if (!last || performance.now() - last.at > forMs) last = { at: performance.now(), answer: check() };
    return last.answer;
  };
}
