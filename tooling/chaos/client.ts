import { setTimeout as wait } from 'node:timers/promises';
import { chanceOf } from './seeded.ts';

/** A browser: its cookies, and how often it had to try. */
export type Browser = { cookie: string };

export type Refusal = { status: number; code: string; message: string };
export type Answer = { ok: true; value: Record<string, unknown>; text: string } | { ok: false; refusal: Refusal };

export type ClientCounts = {
  sent: number;
  answered: number;
  refused: number;
  /** What came instead of an answer, and how often. */
  unanswered: Record<string, number>;
};

export type Client = {
  counts: ClientCounts;
  /** Sends it again and again, as it is, until it is answered. Rejects when `giveUp` fires first. */
  mutate(browser: Browser, path: string, input: object): Promise<Answer>;
  query(browser: Browser, path: string, input: object): Promise<Answer>;
  /** The same for what is answered word by word. */
  stream(browser: Browser, input: object): Promise<Answer>;
};

export type ClientOptions = {
  /** Asked each time: a server that comes back may be elsewhere. */
  origin: string;
  seed: number;
  giveUp: AbortSignal;
  /** Told of answers that say "our fault", which an outage does not excuse. */
  onOurFault(path: string, text: string): void;
};

const PATIENCE_MS = 15_000;

/** People's browsers: whatever breaks on the way, they send the same press again with the same key. */
export function createClient({ origin, seed, giveUp, onOurFault }: ClientOptions): Client {
  const counts: ClientCounts = { sent: 0, answered: 0, refused: 0, unanswered: {} };
  const pauses = chanceOf(seed, 'pauses');

  const miss = (what: string) => {
    counts.unanswered[what] = (counts.unanswered[what] ?? 0) + 1;
  };

  async function until(path: string, send: () => Promise<Response>, read: (text: string) => Answer | null) {
    for (;;) {
      giveUp.throwIfAborted();
      counts.sent += 1;
      try {
        const response = await send();
        const text = await response.text();
        const answer = response.status < 500 ? read(text) : null;
        if (answer) {
          counts[answer.ok ? 'answered' : 'refused'] += 1;
          return answer;
        }
        if (response.status === 500) onOurFault(path, text);
        miss(response.ok ? 'cut off' : String(response.status));
      } catch (error) {
        if (giveUp.aborted) throw error;
        miss(nameOf(error));
      }
      await wait(pauses.int(40, 500), undefined, { signal: giveUp });
    }
  }

  const send = async (browser: Browser, address: string, init: RequestInit = {}) => {
    const response = await fetch(`${origin}/api/trpc/${address}`, {
      ...init,
      headers: { 'content-type': 'application/json', cookie: browser.cookie, ...init.headers },
      signal: AbortSignal.any([giveUp, AbortSignal.timeout(PATIENCE_MS)]),
    });
    const [fresh] = response.headers.getSetCookie();
    if (fresh) browser.cookie = fresh.split(';')[0]!;
    return response;
  };

  return {
    counts,
    mutate: (browser, path, input) =>
      until(path, () => send(browser, path, { method: 'POST', body: JSON.stringify({ json: input }) }), readJson),
    query: (browser, path, input) =>
      until(
        path,
        () => send(browser, `${path}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`),
        readJson,
      ),
    stream: (browser, input) =>
      until(
        'generation.stream',
        () =>
          send(browser, 'generation.stream?batch=1', {
            method: 'POST',
            body: JSON.stringify({ 0: { json: input } }),
            headers: { 'trpc-accept': 'application/jsonl' },
          }),
        readStream,
      ),
  };
}

/** fetch says only "fetch failed"; the code lies below. */
function nameOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return 'nothing';
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
}

type Wire = {
  result?: { data: { json: Record<string, unknown> } };
  error?: { json: { message: string; data: { httpStatus: number; domain: { code: string } | null } } };
};

/** Null for what is no answer of ours, or says that it was our fault: both are asked again. */
function readJson(text: string): Answer | null {
  let body: Wire;
  try {
    body = JSON.parse(text) as Wire;
  } catch {
    return null;
  }
  if (body.result) return { ok: true, value: body.result.data.json, text };
  const error = body.error?.json;
  if (!error || error.data.httpStatus >= 500) return null;
  return {
    ok: false,
    refusal: { status: error.data.httpStatus, code: error.data.domain?.code ?? '', message: error.message },
  };
}

/** An answer in pieces counts when its end has arrived. */
function readStream(text: string): Answer | null {
  const status = Number(/"httpStatus":(\d+)/.exec(text)?.[1]);
  if (status >= 500) return null;
  if (status) {
    const code = /"domain":\{"code":"(\w+)"/.exec(text)?.[1] ?? '';
    return {
      ok: false,
      refusal: { status, code, message: /"message":"([^"]*)"/.exec(text)?.[1] ?? text.slice(0, 200) },
    };
  }
  const id = /"type":"opened","generationId":"([\w-]{36})"/.exec(text)?.[1];
  const end = /"type":"end".*?"status":"(\w+)"/s.exec(text)?.[1];
  return id && end ? { ok: true, value: { id, status: end }, text } : null;
}
