import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFromReplica } from '../src/replica.ts';
import { type TestDatabase, testDatabase } from '../src/testing.ts';
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

function aReader(replicaUrl: string, options = {}) {
  const reads = readFromReplica(createWalled(primary.url), createWalled(replicaUrl), { checkEveryMs: 0, ...options });
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
  for (const reader of [aReader('postgres://nobody@127.0.0.1:1/nothing'), aReader(replica.url, { maxLagMs: -1 })]) {
    for (let count = 0; count < 3; count++) expect(await reader.asked(visitor)).toBe(nameIn(primary.url));
    await reader.reads.close();
  }
});
