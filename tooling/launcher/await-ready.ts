import { setTimeout as wait } from 'node:timers/promises';

const PATIENCE = 90_000;

/** Resolves when `url` answers 200. @throws Error with the last answer after 90 s. */
export async function awaitReady(name: string, url: string, signal: AbortSignal): Promise<void> {
  let last = 'nothing';
  for (const until = Date.now() + PATIENCE; Date.now() < until; await wait(100, undefined, { signal })) {
    try {
      const answer = await fetch(url, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]),
        redirect: 'manual',
      });
      const text = await answer.text();
      if (answer.ok) return;
      last = `${answer.status} ${text.slice(0, 2000)}`;
    } catch (problem) {
      if (signal.aborted) throw problem;
    }
  }
  throw new Error(`The ${name} app did not become ready within ${PATIENCE / 1000} s. ${url} answered: ${last}`);
}

/** How this machine reaches a server of its own that listens on `host`. */
export function localAddress(host: string | undefined, port: number): string {
  const isEverywhere = !host || host === '0.0.0.0' || host === '::';
  const name = isEverywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
