import { type MediaProgress, ProviderError } from '@repo/ai';
import { expect, test } from 'vitest';
import { readGeneration } from '../src/generation/read-generations.ts';
import { readReceipt } from '../src/generation/read-receipt.ts';
import { storeMade } from '../src/generation/store-made.ts';
import { aFilm, ask, askForAPicture, callsOf, change, filesOf, rowOf, settle, worldsOfATest } from './engine-house.ts';

const aNewWorld = worldsOfATest();
const error = (reason: 'unavailable' | 'invalid' | 'misconfigured', options = {}) =>
  new ProviderError('fake', reason, options);
const waves = { kind: 'video.create', prompt: 'waves' } as const;

test('a look at a vendor that fails is told, and looked again, until the film is there', async () => {
  const pollFailsWith = (n: number) =>
    n < 4 ? (['unavailable', 'rate_limited', 'misconfigured'] as const)[n - 1] : undefined;
  const world = await aNewWorld({ isPaid: true, model: { pending: 1, film: await aFilm(), pollFailsWith } });
  const person = await world.aPerson();
  const { id } = await ask(person, waves);
  await world.advance(id);
  world.clock.offsetMs += 20_000;
  await world.advance(id);
  expect(await readGeneration(person, id)).toMatchObject({
    status: 'running',
    lastError: 'The model could not be reached.',
  });
  expect(await settle(world, person, id)).toMatchObject({ status: 'done', lastError: null });
  expect(world.fake.starts).toHaveLength(1);
  expect((await callsOf(world, id)).map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
    'start pending',
    'poll unavailable',
    'poll rate_limited',
    'poll misconfigured',
    'poll done',
  ]);
});

test('an operation that ended in an error is over at once, free', async () => {
  const pollFailsWith = () => error('unavailable', { isOver: true });
  const world = await aNewWorld({ isPaid: true, model: { pending: 1, pollFailsWith } });
  const person = await world.aPerson();
  const { id } = await ask(person, waves);
  expect(await settle(world, person, id)).toMatchObject({ status: 'failed', failure: { reason: 'unavailable' } });
  expect(world.fake.polls).toHaveLength(1);
  expect(await readReceipt(person, id)).toMatchObject({ captured: 0, released: 8, sum: 0 });
});

test('a handle that the vendor knows no more reads as lost, never as done', async () => {
  const pollFailsWith = () => error('invalid', { isLost: true });
  const world = await aNewWorld({ isPaid: true, model: { pending: 1, pollFailsWith } });
  const person = await world.aPerson();
  const { id } = await ask(person, waves);
  expect(await settle(world, person, id)).toMatchObject({
    status: 'failed',
    failure: { sentence: 'Fake model no longer knows of this request.' },
  });
  expect(await world.balanceOf(person.actor.userId)).toBe(100);
});

test('a film that takes longer than its wall clock ends, and its hold comes back', async () => {
  const world = await aNewWorld({ isPaid: true, model: { pending: 1_000 } });
  const person = await world.aPerson();
  const { id } = await ask(person, waves);
  await world.advance(id);
  world.clock.offsetMs += 19 * 60_000;
  await world.advance(id);
  expect(await readGeneration(person, id)).toMatchObject({ status: 'running' });
  world.clock.offsetMs += 90_000;
  await world.advance(id);
  expect(await readGeneration(person, id)).toMatchObject({ status: 'failed', failure: { reason: 'timed_out' } });
  expect(await readReceipt(person, id)).toMatchObject({ captured: 0, released: 8, sum: 0 });
});

test('a vendor that answers with errors until the wall clock ends it, too', async () => {
  const world = await aNewWorld({ isPaid: true, model: { pending: 1, pollFailsWith: () => 'unavailable' } });
  const person = await world.aPerson();
  const { id } = await ask(person, waves);
  await world.advance(id);
  world.clock.offsetMs += 21 * 60_000;
  await world.advance(id);
  expect(await readGeneration(person, id)).toMatchObject({ status: 'failed', failure: { reason: 'timed_out' } });
});

test('a film that was ready while no worker lived is fetched, however late', async () => {
  const world = await aNewWorld({ isPaid: true, model: { pending: 1, film: await aFilm() } });
  const person = await world.aPerson();
  const { id } = await ask(person, waves);
  await world.advance(id);
  world.clock.offsetMs += 3 * 3_600_000;
  await world.advance(id);
  expect(await readGeneration(person, id)).toMatchObject({ status: 'done' });
  expect(await readReceipt(person, id)).toMatchObject({ captured: 8, sum: 0 });
});

/** Its first answer is lost on the way, every time. */
const lostAnswer = () => error('unavailable', { maybeTaken: true });

test.each([
  ['has it ready', async (_key: string, made: () => Promise<MediaProgress>) => made(), 'done'],
  ['lost it itself', async () => Promise.reject(error('unavailable', { isLost: true })), 'failed'],
  ['refused it', async () => Promise.reject(new ProviderError('fake', 'refused')), 'failed'],
] as const)('a lost answer is looked up; the vendor %s', async (_, reconcile, status) => {
  const world = await aNewWorld({ isPaid: true, model: { failsWith: lostAnswer, reconcile } });
  const person = await world.aPerson();
  const { id } = await askForAPicture(person);
  await world.advance(id);
  expect(await readGeneration(person, id)).toMatchObject({
    status: 'checking',
    doing: 'Finding out what became of it',
  });
  expect(await settle(world, person, id)).toMatchObject({ status });
  expect([world.fake.starts.length, world.fake.reconciled]).toEqual([1, [id]]);
  const captured = status === 'done' ? 4 : 0;
  expect(await readReceipt(person, id)).toMatchObject({ captured, released: 4 - captured, sum: 0 });
});

test('a request that the vendor never had is sent again, but not for ever', async () => {
  const world = await aNewWorld({
    isPaid: true,
    model: { failsWith: lostAnswer, reconcile: async () => ({ state: 'not_taken' as const }) },
  });
  const person = await world.aPerson();
  const { id } = await askForAPicture(person);
  expect(await settle(world, person, id)).toMatchObject({ status: 'failed', failure: { reason: 'unavailable' } });
  expect(world.fake.starts).toHaveLength(4);
  expect(await readReceipt(person, id)).toMatchObject({ captured: 0, released: 4, sum: 0 });
});

test('a vendor that still works at what was lost is waited for by the handle it then gives', async () => {
  const world = await aNewWorld({
    isPaid: true,
    model: {
      failsWith: lostAnswer,
      reconcile: async () => ({ state: 'pending' as const, ref: 'found-again', askAgainInMs: 0 }),
      pollFailsWith: () => error('invalid', { isLost: true }),
    },
  });
  const person = await world.aPerson();
  const { id } = await ask(person, waves);
  await world.advance(id);
  await world.advance(id);
  expect(await rowOf(world, id)).toMatchObject({ status: 'running', operationRef: 'found-again' });
  await settle(world, person, id);
  expect(world.fake.polls).toEqual(['found-again']);
});

test('where the vendor cannot say for two minutes, it is given up with the hold returned', async () => {
  const world = await aNewWorld({
    isPaid: true,
    model: { failsWith: lostAnswer, reconcile: async () => ({ state: 'unknown' as const }) },
  });
  const person = await world.aPerson();
  const { id } = await askForAPicture(person);
  for (let look = 0; look < 4; look++) {
    await world.advance(id);
    expect(await readGeneration(person, id)).toMatchObject({ status: 'checking' });
    world.clock.offsetMs += 20_000;
  }
  world.clock.offsetMs += 60_000;
  await world.advance(id);
  expect(await readGeneration(person, id)).toMatchObject({ status: 'failed', failure: { reason: 'unknown' } });
  expect(await world.balanceOf(person.actor.userId)).toBe(100);
});

test('a vendor that cannot be reached is asked for half an hour what became of it, not for ever', async () => {
  const world = await aNewWorld({
    isPaid: true,
    model: { failsWith: lostAnswer, reconcile: async () => Promise.reject(error('unavailable')) },
  });
  const person = await world.aPerson();
  const { id } = await askForAPicture(person);
  await world.advance(id);
  world.clock.offsetMs += 25 * 60_000;
  await world.advance(id);
  expect(await readGeneration(person, id)).toMatchObject({ status: 'checking' });
  world.clock.offsetMs += 6 * 60_000;
  await world.advance(id);
  expect(await readGeneration(person, id)).toMatchObject({ status: 'failed', failure: { reason: 'unknown' } });
});

test.each(['image.create', 'video.create', 'speech.create'] as const)(
  'a stored %s whose settling was lost is found in the store, shown, and paid once',
  async (kind) => {
    const world = await aNewWorld({ isPaid: true, model: { film: await aFilm() } });
    const person = await world.aPerson();
    const { id } = await ask(person, { kind, prompt: 'waves' });
    const file =
      kind === 'video.create'
        ? await aFilm()
        : { bytes: await world.paint(), mimeType: kind === 'speech.create' ? 'audio/mpeg' : 'image/png' };
    const type = kind === 'video.create' ? 'film' : kind === 'speech.create' ? 'sound' : 'picture';
    await storeMade(world.system, await rowOf(world, id), { type, file, seconds: 2.5, notes: [], usage: {} } as never);
    const longAgo = new Date(Date.now() - 60_000);
    await change(world, id, {
      status: 'running',
      attempt: 1,
      runToken: id,
      heartbeatAt: longAgo,
      submittedAt: longAgo,
    });
    const done = await settle(world, person, id);
    expect(done).toMatchObject({ status: 'done', output: { kind } });
    if (done.output?.kind === 'speech.create')
      expect(done.output.sound).toMatchObject({ durationSeconds: 2.5, mimeType: 'audio/mpeg' });
    expect([world.fake.starts.length, world.speech.spoken.length]).toEqual([0, 0]);
    const { held, captured } = await readReceipt(person, id);
    expect(captured).toBe(held);
    expect(await callsOf(world, id)).toMatchObject([{ outcome: 'found' }]);
  },
);

test('an answer that cannot be read is free, and its files are gone', async () => {
  const world = await aNewWorld({
    isPaid: true,
    model: { film: { bytes: new Uint8Array(50), mimeType: 'video/mp4' } },
  });
  const person = await world.aPerson();
  const { id } = await ask(person, waves);
  expect(await settle(world, person, id)).toMatchObject({ status: 'failed', failure: { reason: 'empty' } });
  expect(await filesOf(world)).toEqual([]);
});
