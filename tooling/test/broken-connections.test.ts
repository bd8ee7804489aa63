import { setTimeout as wait } from 'node:timers/promises';
import { ask, createDb, transactAs } from '@repo/db';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ChaosPostgres, startChaosPostgres } from '../chaos/chaos-postgres.ts';
import { startCuttingProxy } from '../chaos/cutting-proxy.ts';
import { chanceOf } from '../chaos/seeded.ts';

const PEOPLE = 24;
const ROUNDS = 16;
const ROUND_MS = 250;

const VISITOR = { kind: 'visitor' } as const;
const READ = "select $1::int as n, current_setting('app.user_id', true) as who";

let server: ChaosPostgres;
beforeAll(async () => {
  server = await startChaosPostgres();
  const db = createDb(server.urlOf('postgres'));
  await db.execute('create role app_user');
  await db.close();
});
afterAll(() => server.stop());

// What our driver did before it was patched: end the process, wait for ever, or hand an answer to another transaction.
test('connections that break leave nobody waiting and hand nobody what another asked for', async () => {
  const proxy = await startCuttingProxy(server.port, chanceOf('broken connections'));
  const db = createDb(server.urlOf('postgres', proxy.port));
  const strangers: string[] = [];
  let [done, broken, isOver] = [0, 0, false];

  async function keepAsking(n: number): Promise<void> {
    while (!isOver) {
      await transactAs(db, { kind: 'user', userId: `person ${n}`, isGuest: false }, async (tx) => {
        const asked = [1, 2].map(() => tx.execute<{ n: number }>(`select ${n} as n`));
        for (const [row] of await Promise.all(asked)) if (row?.n !== n) strangers.push(`${n} got ${row?.n}`);
        // Longer than it takes to open a connection anew: what comes after it must not be sent there.
        if (n % 4 === 0) await wait(300);
        const [me] = await tx.execute<{ who: string }>(`select current_setting('app.user_id') || current_user as who`);
        if (me?.who !== `person ${n}app_user`) strangers.push(`${n} was taken for ${me?.who}`);
      }).then(
        () => {
          done += 1;
        },
        () => {
          broken += 1;
        },
      );
      await wait(1);
    }
  }

  /** The same with one statement each, on the readers' connections. */
  async function keepReading(n: number): Promise<void> {
    const who = n % 2 === 0 ? ({ kind: 'user', userId: `reader ${n}`, isGuest: false } as const) : VISITOR;
    const mine = n % 2 === 0 ? `reader ${n}` : '';
    while (!isOver) {
      await db.walled.read<{ n: number; who: string | null }>(who, READ, [n]).then(
        ([row]) => {
          done += 1;
          if (row?.n !== n || (row.who ?? '') !== mine) strangers.push(`${mine || n} got ${JSON.stringify(row)}`);
        },
        () => {
          broken += 1;
        },
      );
      await wait(1);
    }
  }

  const all = Array.from({ length: PEOPLE }, (_, n) => [keepAsking(n), keepReading(n)]).flat();
  for (let round = 0; round < ROUNDS; round++) {
    await wait(ROUND_MS);
    if (round === ROUNDS / 2) await server.strike('SIGQUIT');
    else if (round % 3 === 0) proxy.drop(0.5);
    else proxy.swallowCommits(0.4);
  }
  proxy.calm();
  isOver = true;
  await Promise.all(all);
  await db.close();
  await proxy.stop();
  expect(strangers).toEqual([]);
  expect(proxy.cuts).toBeGreaterThan(10);
  expect(broken).toBeGreaterThan(10);
  expect(done).toBeGreaterThan(100);
});

test('a statement that is larger than what a socket takes at once is answered, in a transaction and out of it', async () => {
  const db = createDb(server.urlOf('postgres'), { max: 1 });
  const large = 'x'.repeat(12_000_000);
  const LENGTH = 'select length($1) as n';
  expect(await db.walled.read(VISITOR, LENGTH, [large])).toEqual([{ n: 12_000_000 }]);
  const inside = await transactAs(db, { kind: 'user', userId: 'a', isGuest: false }, async (tx) => [
    await ask(tx, LENGTH, [large]),
    await ask(tx, 'select current_user::text as who', []),
  ]);
  expect(inside).toEqual([[{ n: 12_000_000 }], [{ who: 'app_user' }]]);
  await db.close();
});

test('who waits to have a connection for themselves is not forgotten when one breaks', async () => {
  const client = postgres(server.urlOf('postgres'), { max: 1, backoff: () => 0.05 });
  const first = await client.reserve();
  const [{ pid }] = await first<[{ pid: number }]>`select pg_backend_pid() as pid`;
  const waiting = client.reserve();
  const other = postgres(server.urlOf('postgres'), { max: 1 });
  await other`select pg_terminate_backend(${pid})`;
  const second = await waiting;
  expect(await second`select 1 as it`).toEqual([{ it: 1 }]);
  second.release();
  await Promise.all([client.end({ timeout: 1 }), other.end({ timeout: 1 })]);
});
