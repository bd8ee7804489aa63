import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TextModel } from '@repo/ai';
import { createDb, transactAs, users } from '@repo/db';
import type { SystemContext, Tools, UserContext } from '@repo/domain/context';
import { openDesk } from '@repo/domain/generation/desk';
import { openGeneration } from '@repo/domain/generation/open-generation';
import { jobDefinitions } from '@repo/domain/job-definitions';
import { jobs } from '@repo/domain/jobs';
import { aTestSealer } from '@repo/domain/sealing/testing';
import { createQueue } from '@repo/jobs';
import { createObjectStore } from '@repo/storage/adapters';
import postgres from 'postgres';
import type { BenchGroup, Row, Size } from '../bench-group.ts';
import { timingOf } from '../measure.ts';
import { databaseOfItsOwn, type House } from '../open-house.ts';

export const group: BenchGroup = { title: 'Running the engine', isQuick: false, run: benchEngine };

const BATCH = 1_500;
const PEOPLE = 50;
const ONE_BY_ONE = 100;

/** A model that answers at once, so that only the engine is measured. */
const zeroTime: TextModel = {
  type: 'text',
  name: 'bench/zero',
  answer: async () => ({
    kind: 'text.structured',
    value: { ok: true },
    text: '',
    usage: { inputTokens: 1, outputTokens: 1 },
  }),
  async *stream() {
    yield { type: 'delta', text: 'ok' };
    yield { type: 'end', usage: {} };
  },
};

/**
 * What the engine itself costs, from queue to captured, with a model that takes no time: how many it finishes a second
 * when many wait, and how long one takes when nobody else is there. The floor is a bare round trip that commits.
 */
async function benchEngine(house: House, size: Size): Promise<Row[]> {
  const batch = size.isShort ? 20 : BATCH;
  const oneByOne = size.isShort ? 2 : ONE_BY_ONE;
  const engine = await openEngine(house.databaseUrl);
  try {
    const floor = await timeFloor(engine.url);
    const people = await Promise.all(Array.from({ length: Math.min(PEOPLE, batch) }, () => engine.aPerson()));
    // Before anybody works, so that queueing is not part of what is measured.
    for (let from = 0; from < batch; from += people.length) {
      await Promise.all(people.map((person, index) => (from + index < batch ? queueOne(person) : undefined)));
    }
    const start = performance.now();
    const desk = await engine.work();
    await engine.allDone(batch);
    const seconds = (performance.now() - start) / 1000;
    const times: number[] = [];
    for (let run = 0; run < oneByOne; run++) {
      const done = engine.nextDone();
      await queueOne(people[run % people.length]!);
      const begun = performance.now();
      await done;
      times.push(performance.now() - begun);
    }
    await desk.stop();
    const alone = timingOf([{ times, seconds: times.reduce((sum, time) => sum + time, 0) / 1000 }]);
    const each = (seconds * 1000) / batch;
    const many = { p50: each, p95: each, p99: each, runs: batch, perSecond: batch / seconds };
    const floorName = 'Postgres: one committed insert';
    return [
      {
        name: `Engine, ${batch} in the queue`,
        floorName,
        ours: many,
        floor,
        ratio: many.perSecond / floor.perSecond,
        targets: [{ of: 'perSecond', atLeast: 150 }],
      },
      {
        name: 'Engine, one at a time, queued to captured',
        floorName,
        ours: alone,
        floor,
        ratio: alone.perSecond / floor.perSecond,
      },
    ];
  } finally {
    await engine.close();
  }
}

async function openEngine(houseUrl: string) {
  const url = await databaseOfItsOwn(houseUrl, 'bench_engine');
  const root = await mkdtemp(join(tmpdir(), 'remixify-bench-engine-'));
  const db = createDb(url, { max: 10 });
  const listener = postgres(url, { max: 1, onnotice: () => {} });
  const queue = createQueue({ url: url, catalog: jobDefinitions, supervise: true, onError: () => {} });
  const entry = {
    id: 'bench/zero',
    provider: 'bench',
    label: 'Zero',
    prices: { 'text.structured': { per: 'call', credits: 1 } },
    cost: {},
    capabilities: {},
    typicalSeconds: 1,
    isPaid: false,
    isStandIn: false,
    retiresOn: null,
    isEnabled: true,
    atOnce: 64,
  } as const;
  const tools: Tools = {
    db,
    store: createObjectStore({ driver: 'disk', root, secret: randomUUID(), baseUrl: 'http://localhost' }),
    queue,
    models: { entries: [entry], order: {}, modelOf: () => zeroTime, streamOf: () => zeroTime },
    outside: Object.assign(() => Promise.reject(new Error('Nothing leaves a bench.')), { judge: () => {} }),
    sealer: aTestSealer(),
    guestPaid: false,
    now: () => new Date(),
  };
  const system: SystemContext = { ...tools, actor: { kind: 'system', job: 'bench' } };
  await queue.start();
  // Told by Postgres when a hold is captured: asking all the time would be part of what is measured.
  await listener.unsafe(`
    create function tell_done() returns trigger language plpgsql as $$ begin perform pg_notify('bench_done', ''); return null; end $$;
    create trigger tell_done after update of status on generation for each row when (new.status = 'done' and old.status <> 'done') execute function tell_done()`);
  let waiting: (() => void) | undefined;
  await listener.listen('bench_done', () => waiting?.());

  return {
    url: url,
    async aPerson(): Promise<UserContext> {
      const id = randomUUID();
      await transactAs(db, system.actor, async (tx) => {
        await tx.insert(users).values({ id, name: 'Bench', email: `${id}@example.test`, isAnonymous: false });
      });
      return { ...tools, actor: { kind: 'user', userId: id, isGuest: false }, addressHash: null };
    },
    async work() {
      const desk = openDesk(system, { default: 8 });
      await queue.work([...jobs], { ...system, desk });
      return desk;
    },
    async allDone(count: number) {
      for (;;) {
        const [row] = await listener<{ open: number }[]>`
          select count(*)::int as open from generation where status <> 'done'`;
        if (row!.open === 0) return;
        await new Promise((resolve) => setTimeout(resolve, count / 100));
      }
    },
    nextDone: () =>
      new Promise<void>((resolve) => {
        waiting = resolve;
      }),
    async close() {
      await queue.stop(1_000);
      await listener.end();
      await db.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** Resolves when it is committed, with its hold and its job. */
const queueOne = (person: UserContext) =>
  transactAs(person.db, person.actor, (tx) =>
    openGeneration(tx, person, {
      kind: 'text.structured',
      prompt: `Say ok ${randomUUID()}`,
      schema: { type: 'object', properties: { ok: { type: 'boolean' } }, required: ['ok'] },
      idempotencyKey: randomUUID(),
    }),
  );

async function timeFloor(url: string) {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  await client`create table bench_floor (id int)`;
  const times: number[] = [];
  for (let run = 0; run < 300; run++) {
    const start = performance.now();
    await client`insert into bench_floor values (${run})`;
    times.push(performance.now() - start);
  }
  await client.end();
  return timingOf([{ times, seconds: times.reduce((sum, time) => sum + time, 0) / 1000 }]);
}
