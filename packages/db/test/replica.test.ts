import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDb, type Db } from '../src/client.ts';
import { readFromReplica, watchReplica } from '../src/replica.ts';
import { type TestDatabase, testDatabase } from '../src/testing.ts';
import { type Actor, readAs, transactAs } from '../src/transact.ts';
import { createWalled } from '../src/walled.ts';

let primary: TestDatabase;
let replica: TestDatabase;
beforeAll(async () => {
  // A database of its own shows by its name who answered.
  [primary, replica] = await Promise.all([testDatabase(), testDatabase()]);
});
afterAll(() => Promise.all([primary.close(), replica.close()]));

const visitor = { kind: 'visitor' } as const;
const person = { kind: 'user', userId: '0199aa00-0000-7000-8000-000000000000', isGuest: false } as const;
const WHO = 'select current_database()::text as name';
const nameIn = (url: string) => new URL(url).pathname.slice(1);
const NOWHERE = 'postgres://nobody@127.0.0.1:1/nothing';

function aReader(replicaUrl: string, options = {}) {
  const walled = createWalled(replicaUrl);
  const watch = watchReplica(walled, { checkEveryMs: 0, ...options });
  const reads = readFromReplica(createWalled(primary.url), walled, watch);
  const asked = async (actor: typeof visitor | typeof person) =>
    (await reads.read<{ name: string }>(actor, WHO, []))[0]!.name;
  return { reads, asked };
}

test('visitors are answered by the replica, people with a session by the primary, which knows what they wrote', async () => {
  const { reads, asked } = aReader(replica.url);
  await expect.poll(() => asked(visitor), { timeout: 15_000 }).toBe(nameIn(replica.url));
  expect(await asked(person)).toBe(nameIn(primary.url));
  await reads.close();
});

test('a replica that is away or too far behind is not asked', async () => {
  for (const reader of [aReader(NOWHERE), aReader(replica.url, { maxLagMs: -1 })]) {
    for (let count = 0; count < 3; count++) expect(await reader.asked(visitor)).toBe(nameIn(primary.url));
    await reader.reads.close();
  }
});

const placeOf = async (run: typeof transactAs, db: Db, actor: Actor = person) => {
  const [row] = await run(db, actor, (tx) =>
    tx.execute<{ name: string; role: string; me: string }>(sql`select current_database()::text as name,
      current_user::text as role, current_setting('app.user_id') as me`),
  );
  return row!;
};

test('reads that bear a lag go to the replica, behind the wall there too, and write nothing', async () => {
  const db = createDb(primary.url, { readUrl: replica.url, max: 2 });
  await expect.poll(async () => (await placeOf(readAs, db)).name, { timeout: 15_000 }).toBe(nameIn(replica.url));
  expect(await placeOf(readAs, db)).toMatchObject({ role: 'app_user', me: person.userId });
  expect((await placeOf(transactAs, db)).name).toBe(nameIn(primary.url));

  const writes = readAs(db, person, (tx) => tx.execute(sql`create temporary table scribble (word text)`));
  await expect(writes).rejects.toMatchObject({ cause: { code: '25006' } });
  await expect(readAs(db, person, () => Promise.reject(new Error('a refusal')))).rejects.toThrow('a refusal');
  expect((await placeOf(readAs, db)).name).toBe(nameIn(replica.url));
  await db.close();
});

/** A way to a database that can be cut, as a machine goes away. */
async function aWayTo(databaseUrl: string) {
  const url = new URL(databaseUrl);
  const { hostname: host, port } = url;
  const ends = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect({ host, port: Number(port) });
    for (const end of [near, far]) ends.add(end.on('error', () => {}));
    near.pipe(far).pipe(near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url.port = String((server.address() as AddressInfo).port);
  const cut = () => {
    server.close();
    for (const end of ends) end.destroy();
  };
  return { url: url.href, cut };
}

test('reads that bear a lag are answered by the primary where the replica goes away, or never was', async () => {
  const leaving = await aWayTo(replica.url);
  const db = createDb(primary.url, { readUrl: leaving.url, max: 2 });
  await expect.poll(async () => (await placeOf(readAs, db)).name, { timeout: 15_000 }).toBe(nameIn(replica.url));
  leaving.cut();
  expect(await placeOf(readAs, db)).toMatchObject({ name: nameIn(primary.url), role: 'app_user', me: person.userId });
  await db.close();

  const alone = createDb(primary.url, { max: 2 });
  expect((await placeOf(readAs, alone)).name).toBe(nameIn(primary.url));
  const writes = readAs(alone, person, (tx) => tx.execute(sql`create temporary table scribble (word text)`));
  await expect(writes).rejects.toMatchObject({ cause: { code: '25006' } });
  await alone.close();
});

test('each pool tells how many have a connection and how many wait for one', async () => {
  const db = createDb(primary.url, { readUrl: replica.url, max: 2 });
  const sleep = 'select pg_sleep(0.5) as it, $1::int as n';
  await expect.poll(async () => (await placeOf(readAs, db)).name, { timeout: 15_000 }).toBe(nameIn(replica.url));
  const work = [
    ...[1, 2, 3].map(() => transactAs(db, person, (tx) => tx.execute(sql`select pg_sleep(0.5)`))),
    readAs(db, person, (tx) => tx.execute(sql`select pg_sleep(0.5)`)),
    db.walled.read(person, sleep, [1]),
    db.walled.read(person, sleep, [2]),
  ];
  expect(db.use()).toEqual({
    main: { inUse: 2, waiting: 1 },
    walled: { inUse: 2, waiting: 0 },
    replica: { inUse: 1, waiting: 0 },
    replica_walled: { inUse: expect.any(Number), waiting: 0 },
  });
  await Promise.all(work);
  expect(db.use()).toMatchObject({ main: { inUse: 0 }, walled: { inUse: 0 }, replica: { inUse: 0 } });
  await db.close();
});
