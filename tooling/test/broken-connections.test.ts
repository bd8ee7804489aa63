import { setTimeout as wait } from 'node:timers/promises';
import { createDb, transactAs } from '@repo/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ChaosPostgres, startChaosPostgres } from '../chaos/chaos-postgres.ts';
import { startCuttingProxy } from '../chaos/cutting-proxy.ts';
import { chanceOf } from '../chaos/seeded.ts';

const PEOPLE = 24;
const ROUNDS = 16;
const ROUND_MS = 250;

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

  const all = Array.from({ length: PEOPLE }, (_, n) => keepAsking(n));
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
