import { randomUUID } from 'node:crypto';
import { ProviderError } from '@repo/ai';
import { generations, transactAs } from '@repo/db';
import { eq, sql } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import type { UserContext } from '../src/context.ts';
import { cancelGeneration } from '../src/generation/cancel-generation.ts';
import { readGeneration } from '../src/generation/read-generations.ts';
import { readReceipt } from '../src/generation/read-receipt.ts';
import { reapGenerations } from '../src/generation/reap-generations.ts';
import { requestGeneration } from '../src/generation/request-generation.ts';
import { aWorld, type World } from '../src/testing.ts';

const worlds: World[] = [];
const aNewWorld = async (options: Parameters<typeof aWorld>[0]) => {
  const world = await aWorld(options);
  worlds.push(world);
  return world;
};
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

const aPicture = (person: UserContext, prompt = 'a lighthouse in the fog') =>
  requestGeneration(person, {
    kind: 'image.create',
    prompt,
    aspectRatio: '1:1',
    model: 'auto',
    idempotencyKey: randomUUID(),
  });

const change = (world: World, id: string, values: Partial<typeof generations.$inferInsert>) =>
  transactAs(world.db, world.system.actor, (tx) => tx.update(generations).set(values).where(eq(generations.id, id)));

test('a picture is made from words alone', async () => {
  const world = await aNewWorld({});
  const person = await world.aPerson();
  const { id } = await aPicture(person);
  await world.advance(id);
  expect(await readGeneration(person, id)).toMatchObject({
    status: 'done',
    kind: 'image.create',
    picture: { width: expect.any(Number) },
  });
});

test.each([
  ['refused', 'The model refused this request for safety or policy reasons.'],
  ['invalid', 'The model could not work with this request.'],
  ['misconfigured', 'This model is not set up properly here.'],
  ['empty', 'The model answered, but made nothing that can be shown.'],
  ['timed_out', 'The model took too long.'],
] as const)('%s ends at once, says why, and costs nothing', async (reason, sentence) => {
  const world = await aNewWorld({ model: { failsWith: reason } });
  const person = await world.aPerson();
  const { id } = await aPicture(person);
  await world.advance(id);
  const failed = await readGeneration(person, id);
  expect(failed).toMatchObject({ status: 'failed', failure: { reason, sentence } });
  expect(failed.failure!.nextStep).not.toBe('');
  expect(await readReceipt(person, id)).toMatchObject({ held: 4, captured: 0, released: 4, sum: 0 });
  expect(await world.balanceOf(person.actor.userId)).toBe(100);
});

test('an outage is retried with the error shown, and gives up with the hold returned', async () => {
  const world = await aNewWorld({ model: { failsWith: 'unavailable' } });
  const person = await world.aPerson();
  const { id } = await aPicture(person);
  await world.advance(id);
  const retrying = await readGeneration(person, id);
  expect(retrying).toMatchObject({ status: 'retrying', attempt: 1, lastError: 'The model could not be reached.' });
  expect(retrying.nextTryAt!.getTime()).toBeGreaterThan(Date.now());
  await world.advance(id);
  expect((await readGeneration(person, id)).attempt).toBe(1);
  for (let attempt = 2; attempt <= 4; attempt++) {
    world.clock.offsetMs += 70_000;
    await world.advance(id);
  }
  expect(await readGeneration(person, id)).toMatchObject({
    status: 'failed',
    attempt: 4,
    failure: { reason: 'unavailable' },
  });
  expect(await readReceipt(person, id)).toMatchObject({ captured: 0, released: 4, sum: 0 });
});

test('a vendor that asks for patience is waited for as long as it asked', async () => {
  const world = await aNewWorld({
    model: {
      failsWith: (n) => (n === 1 ? new ProviderError('fake', 'rate_limited', { retryAfterMs: 33_000 }) : undefined),
    },
  });
  const person = await world.aPerson();
  const { id } = await aPicture(person);
  await world.advance(id);
  const wait = (await readGeneration(person, id)).nextTryAt!.getTime() - Date.now();
  expect(wait).toBeGreaterThan(30_000);
  expect(wait).toBeLessThan(34_000);
  world.clock.offsetMs += 34_000;
  await world.advance(id);
  expect(await readGeneration(person, id)).toMatchObject({ status: 'done', attempt: 2 });
});

test('a paid request that may have been taken is never sent again', async () => {
  const model = { failsWith: () => new ProviderError('fake', 'unavailable', { maybeTaken: true }) };
  const world = await aNewWorld({ model, isPaid: true });
  const person = await world.aPerson();
  const { id } = await aPicture(person);
  await world.advance(id);
  expect(await readGeneration(person, id)).toMatchObject({ status: 'checking' });
  await world.advance(id);
  expect(await readGeneration(person, id)).toMatchObject({ status: 'failed', failure: { reason: 'unknown' } });
  expect('starts' in world.model && world.model.starts).toHaveLength(1);
  expect(await world.balanceOf(person.actor.userId)).toBe(100);
});

test('a worker that died after a paid submit is not followed by a second submit', async () => {
  const world = await aNewWorld({ isPaid: true });
  const person = await world.aPerson();
  const { id } = await aPicture(person);
  const longAgo = new Date(Date.now() - 60_000);
  await change(world, id, {
    status: 'running',
    attempt: 1,
    runToken: randomUUID(),
    heartbeatAt: longAgo,
    submittedAt: longAgo,
  });
  await world.advance(id);
  expect('starts' in world.model && world.model.starts).toHaveLength(0);
  const failed = await readGeneration(person, id);
  expect(failed.failure!.sentence).toBe(
    'The answer was lost or could not be read, and the model cannot be asked for it again.',
  );
  // The call was made, and may be billed: it stands among the others.
  expect((await readReceipt(person, id)).calls).toMatchObject([{ step: 'start', outcome: 'lost' }]);
  expect(await world.balanceOf(person.actor.userId)).toBe(100);
});

test('a worker that died over free work is followed by another, which charges once', async () => {
  const world = await aNewWorld({});
  const person = await world.aPerson();
  const { id } = await aPicture(person);
  const longAgo = new Date(Date.now() - 60_000);
  await change(world, id, { status: 'running', attempt: 1, runToken: randomUUID(), heartbeatAt: longAgo });
  await world.advance(id);
  await world.advance(id);
  expect(await readReceipt(person, id)).toMatchObject({ status: 'done', captured: 4, attempts: 2, sum: 0 });
});

test('while one worker beats, another leaves its generation alone', async () => {
  const world = await aNewWorld({});
  const person = await world.aPerson();
  const { id } = await aPicture(person);
  await change(world, id, { status: 'running', attempt: 1, runToken: randomUUID(), heartbeatAt: new Date() });
  await world.advance(id);
  expect('starts' in world.model && world.model.starts).toHaveLength(0);
  expect(await readGeneration(person, id)).toMatchObject({ status: 'running' });
});

test('a worker that lost its claim finishes nothing, and the other charges once', async () => {
  const world = await aNewWorld({ model: { delayMs: 300 } });
  const person = await world.aPerson();
  const { id } = await aPicture(person);
  const slow = world.advance(id);
  await expect.poll(async () => (await readGeneration(person, id)).status).toBe('running');
  await change(world, id, { runToken: randomUUID(), heartbeatAt: new Date(Date.now() - 60_000) });
  await world.advance(id);
  await slow;
  expect(await readReceipt(person, id)).toMatchObject({ status: 'done', captured: 4, released: 0, sum: 0 });
  expect(await world.ledgerSums()).toEqual({ total: 0, wrongBalances: 0 });
});

test('cancelling a running generation stops its model and gives the hold back', async () => {
  const world = await aNewWorld({ model: { delayMs: 60_000 } });
  const person = await world.aPerson();
  const { id } = await aPicture(person);
  const run = world.advance(id);
  await expect.poll(async () => (await readGeneration(person, id)).status).toBe('running');
  expect(await cancelGeneration(person, id)).toMatchObject({ status: 'running', cancelRequested: true });
  await run;
  expect(await readGeneration(person, id)).toMatchObject({ status: 'cancelled' });
  expect(await world.balanceOf(person.actor.userId)).toBe(100);
});

test('an answer that is no picture fails without a charge and leaves no file', async () => {
  const output = { bytes: new TextEncoder().encode('<html>not a picture</html>'), mimeType: 'image/png' };
  const world = await aNewWorld({ model: { output } });
  const person = await world.aPerson();
  const { id } = await aPicture(person);
  await world.advance(id);
  expect(await readGeneration(person, id)).toMatchObject({ status: 'failed', failure: { reason: 'empty' } });
  const stored: string[] = [];
  for await (const key of world.tools.store.list('private/')) stored.push(key);
  expect(stored).toEqual([]);
});

test('work that lost its owner is found and put into the queue again', async () => {
  const world = await aNewWorld({});
  const person = await world.aPerson();
  const { id } = await aPicture(person);
  await transactAs(world.db, world.system.actor, (tx) =>
    tx.execute(
      sql`update generation set status = 'running', run_token = ${randomUUID()}, heartbeat_at = now() - interval '1 minute', updated_at = now() - interval '1 minute' where id = ${id}`,
    ),
  );
  expect(await reapGenerations(world.system)).toBe(true);
});

test('a guest needs an account for a model that costs money, unless the installation pays for guests', async () => {
  const strict = await aNewWorld({ isPaid: true });
  await expect(aPicture(await strict.aGuest())).rejects.toMatchObject({ code: 'sign_up_first' });
  const generous = await aNewWorld({ isPaid: true, guestPaid: true });
  expect(await aPicture(await generous.aGuest())).toMatchObject({ status: 'queued' });
});

test('a model that is not there, or cannot do it, is refused with its name', async () => {
  const world = await aNewWorld({});
  const person = await world.aPerson();
  const request = { kind: 'image.create', prompt: 'x', aspectRatio: '1:1', idempotencyKey: randomUUID() } as const;
  await expect(requestGeneration(person, { ...request, model: 'acme/none' })).rejects.toThrow(
    'There is no model "acme/none".',
  );
});
