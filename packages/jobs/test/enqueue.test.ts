import { randomUUID } from 'node:crypto';
import { transactAs, users } from '@repo/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { defineJob } from '../src/index.server.ts';
import { aBench, aJob, type Bench, system } from './a-queue.ts';

const catalog = {
  committed: aJob('test.committed'),
  rolledBack: aJob('test.rolled-back'),
  walled: aJob('test.walled'),
  refused: aJob('test.refused'),
  asked: aJob('test.asked'),
};

let bench: Bench;
beforeAll(async () => {
  bench = await aBench(Object.values(catalog));
});
afterAll(() => bench.close());

/** Two people, and what the first of them runs as. */
async function twoPeople() {
  const [me, other] = [randomUUID(), randomUUID()];
  const rowOf = (id: string) => ({ id, name: 'Ada', email: `${id}@example.test` });
  await transactAs(bench.db, system, (tx) => tx.insert(users).values([rowOf(me), rowOf(other)]));
  return { me, other, actor: { kind: 'user', userId: me, isGuest: false } as const };
}

test('a job exists when the transaction that asked for it commits, and not before', async () => {
  const queue = bench.aQueue();
  await transactAs(bench.db, system, async (tx) => {
    await queue.enqueue(tx, catalog.committed, { n: 1 });
    expect(await bench.jobsOf('test.committed')).toEqual([]);
  });
  expect(await bench.jobsOf('test.committed')).toEqual([{ data: { n: 1 }, state: 'created' }]);
});

test('a job asked for in a transaction that fails never existed', async () => {
  const queue = bench.aQueue();
  const failing = transactAs(bench.db, system, async (tx) => {
    await queue.enqueue(tx, catalog.rolledBack, { n: 1 });
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  expect(await bench.jobsOf('test.rolled-back')).toEqual([]);
});

test('somebody behind the wall can ask for work, and stands behind it again right after', async () => {
  const queue = bench.aQueue();
  const { me, actor } = await twoPeople();
  await transactAs(bench.db, actor, async (tx) => {
    await queue.enqueue(tx, catalog.walled, { n: 2 });
    const [row] = await tx.execute<{ role: string }>('select current_user as role');
    expect(row!.role).toBe('app_user');
    expect((await tx.select({ id: users.id }).from(users)).map(({ id }) => id)).toEqual([me]);
  });
  expect(await bench.jobsOf('test.walled')).toEqual([{ data: { n: 2 }, state: 'created' }]);
});

test('nobody behind the wall reads or writes the queue by themselves', async () => {
  await bench.aQueue().start();
  const { actor } = await twoPeople();
  const asMe = (statement: string) => transactAs(bench.db, actor, (tx) => tx.execute(statement));
  const refused = { cause: { message: expect.stringContaining('permission denied') } };
  await expect(asMe('select * from pgboss.job')).rejects.toMatchObject(refused);
  await expect(asMe(`insert into pgboss.job (name) values ('test.walled')`)).rejects.toMatchObject(refused);
});

test('a payload that does not fit is refused where it is asked for, and the transaction may go on', async () => {
  const queue = bench.aQueue();
  const { me, actor } = await twoPeople();
  await transactAs(bench.db, actor, async (tx) => {
    await expect(queue.enqueue(tx, catalog.refused, { n: 'two' as never })).rejects.toThrow(z.ZodError);
    expect((await tx.select({ id: users.id }).from(users)).map(({ id }) => id)).toEqual([me]);
  });
  expect(await bench.jobsOf('test.refused')).toEqual([]);
});

test('what a payload says beyond its shape is not kept', async () => {
  const queue = bench.aQueue();
  await transactAs(bench.db, system, (tx) =>
    queue.enqueue(tx, catalog.asked, { n: 3, document: 'a whole picture' } as { n: number }),
  );
  expect(await bench.jobsOf('test.asked')).toEqual([{ data: { n: 3 }, state: 'created' }]);
});

test('a job that is in no catalog is refused, and takes its transaction with it', async () => {
  const queue = bench.aQueue();
  const { me } = await twoPeople();
  const unknown = defineJob({ ...aJob('test.unknown') });
  const asking = transactAs(bench.db, system, async (tx) => {
    await tx.update(users).set({ name: 'Changed' });
    await queue.enqueue(tx, unknown, { n: 1 });
  });
  await expect(asking).rejects.toThrow('test.unknown');
  const [row] = await transactAs(bench.db, system, (tx) =>
    tx.query.users.findMany({ where: (t, { eq }) => eq(t.id, me) }),
  );
  expect(row!.name).toBe('Ada');
});
