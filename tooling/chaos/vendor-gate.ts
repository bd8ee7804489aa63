import { once } from 'node:events';
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type Door, type Mood, moodFor, type Vendor } from './moods.ts';
import type { ChaosKind } from './plan.ts';
import { chanceOf } from './seeded.ts';

/** What arrived at a vendor, and what it made of it. */
export type Arrival = {
  vendor: Vendor;
  door: Door;
  token: string;
  /** As it was sent along, where this vendor knows such keys. */
  idempotencyKey: string | null;
  mood: Mood;
};

export type VendorGate = {
  origin: string;
  stop(): Promise<void>;
};

export type GateOptions = {
  vendor: Vendor;
  /** Where the vendor's wire itself listens. */
  origin: string;
  /** Tells the wire how to answer its next request, and resolves when that has arrived. */
  script(door: Door, behaviour: string): Promise<unknown>;
  seed: number;
  kindOf(token: string): ChaosKind | undefined;
  isCalm(): boolean;
  slowestMs: number;
  /** How long an answer that stalls is left to stall. */
  stallMs: number;
  arrivals: Arrival[];
  problems: string[];
};

/**
 * Stands before a vendor's wire and decides what it does: by the request's token and how often it has come, so that
 * the same seed brings the same answers in whatever order requests arrive.
 */
export async function openGate(options: GateOptions): Promise<VendorGate> {
  const { vendor, seed, arrivals, problems } = options;
  const seen = new Map<string, number>();
  /** Veo's operations have no prompt: they belong to the submit that named them. */
  const operations = new Map<string, string>();
  let turn: Promise<unknown> = Promise.resolve();

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      problems.push(`the gate of ${vendor}: ${String(error)}`);
      response.destroy();
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      // Its sender was killed while it wrote: nothing of it has arrived.
      return;
    }
    const body = Buffer.concat(chunks);
    const found = tokenOf(request, body);
    if (!found) return void forward(request, body, response, false);
    const { door, token } = found;
    const kind = options.kindOf(token);
    if (!kind) throw new Error(`nobody pressed ${token}`);
    const nth = (seen.get(`${door} ${token}`) ?? 0) + 1;
    seen.set(`${door} ${token}`, nth);
    const chance = chanceOf(seed, vendor, door, token, nth);
    const mood = moodFor(vendor, door, kind, chance, { slowestMs: options.slowestMs, isCalm: options.isCalm() });
    const key = request.headers['idempotency-key'];
    arrivals.push({ vendor, door, token, idempotencyKey: typeof key === 'string' ? key : null, mood });

    await wait(mood.delayMs);
    // One at a time, or two requests would swap what was scripted for them.
    turn = turn.then(async () => {
      const arrived = options.script(door, mood.behaviour);
      const forwarded = forward(request, body, response, mood.behaviour.startsWith('stall'), (text) => {
        const name = door === 'submit' && vendor === 'veo' ? /"name":"([^"]+)"/.exec(text)?.[1] : undefined;
        if (name) operations.set(name, token);
      });
      await Promise.race([arrived, forwarded]);
    });
    await turn;
  }

  function tokenOf(request: IncomingMessage, body: Buffer): { door: Door; token: string } | null {
    const text = body.toString('latin1');
    if (request.url?.includes(':fetchPredictOperation')) {
      const name = /"operationName":"([^"]+)"/.exec(text)?.[1];
      const token = name && operations.get(name);
      return token ? { door: 'poll', token } : null;
    }
    const token = /press-\d{5}/.exec(text)?.[0];
    return token ? { door: 'submit', token } : null;
  }

  /** Resolves when the wire has answered, or has not. */
  function forward(
    { method, url, headers }: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
    stalls: boolean,
    onAnswer: (text: string) => void = () => {},
  ): Promise<void> {
    const cut = () => response.socket?.resetAndDestroy();
    return new Promise<void>((settled) => {
      const upstream = ask(`${options.origin}${url}`, { method, headers, agent: false });
      const giveUp = stalls ? setTimeout(() => upstream.destroy(), options.stallMs) : undefined;
      upstream.on('error', cut);
      upstream.on('close', () => {
        clearTimeout(giveUp);
        settled();
      });
      upstream.on('response', (answered) => {
        response.writeHead(answered.statusCode ?? 500, answered.headers);
        let text = '';
        answered.on('data', (chunk: Buffer) => {
          if (text.length < 10_000) text += chunk.toString('latin1');
          response.write(chunk);
        });
        answered.on('end', () => {
          onAnswer(text);
          response.end();
        });
        answered.on('error', cut);
      });
      response.on('close', () => upstream.destroy());
      upstream.end(body);
    });
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
