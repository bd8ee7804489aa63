import { generations, providerCalls, transactAs, users } from '@repo/db';
import { afterEach, expect, test } from 'vitest';
import type { ReaderContext } from '../src/context.ts';
import type { CatalogueEntry } from '../src/generation/catalogue.ts';
import { admitCall } from '../src/generation/health/admit-call.ts';
import { measureModels } from '../src/generation/health/measure-models.ts';
import { readWeather } from '../src/generation/health/read-weather.ts';
import { recordOutcome } from '../src/generation/health/record-outcome.ts';
import { Weather } from '../src/generation/schema.ts';
import { aHealthHouse, anEntry, type HealthHouse, keyOf } from './health-house.ts';

const gemini = anEntry('Gemini', { typicalSeconds: 12 });
const local = anEntry('Local', { isStandIn: true, isPaid: false });

let house: HealthHouse;
const aHouse = async (entries: CatalogueEntry[] = [gemini]) => {
  house = await aHealthHouse(entries);
  return house.aProcess();
};
afterEach(() => house.close());

const visitor: ReaderContext['actor'] = { kind: 'visitor' };
const weather = () => readWeather({ ...house.aProcess(), actor: visitor });
const measure = () => measureModels({ ...house.aProcess(), actor: house.actor });
const ago = (seconds: number) => new Date(house.clock.at.getTime() - seconds * 1000);

type Call = Partial<typeof providerCalls.$inferInsert>;
/** Runs that ended, the last one `endedAgo` seconds ago, one each second before. */
const ran = (seconds: number[], { endedAgo = 0, ...changes }: Call & { endedAgo?: number } = {}) =>
  transactAs(house.db, house.actor, (tx) =>
    tx.insert(providerCalls).values(
      seconds.map((taken, nth) => ({
        provider: gemini.provider,
        model: gemini.id,
        operation: 'image.create',
        outcome: 'done',
        latencyMs: taken * 1000,
        createdAt: ago(endedAgo + nth),
        ...changes,
      })),
    ),
  );
const times = (count: number, seconds: number): number[] => Array(count).fill(seconds);

const aGeneration = async (values: Partial<typeof generations.$inferInsert>): Promise<string> =>
  transactAs(house.db, house.actor, async (tx) => {
    const [owner] = await tx
      .insert(users)
      .values({ name: 'Ada', email: `${crypto.randomUUID()}@example.test` })
      .returning();
    const [generation] = await tx
      .insert(generations)
      .values({
        ownerId: owner!.id,
        kind: 'image.create',
        model: gemini.id,
        provider: gemini.provider,
        prompt: 'a lake',
        input: {},
        seed: 1,
        idempotencyKey: crypto.randomUUID(),
        requestHash: '',
        quotedCredits: 4,
        ...values,
      })
      .returning();
    return generation!.id;
  });

test('a model that nothing is known of has no line; the stand-in always has one', async () => {
  await aHouse([gemini, local]);
  expect(await weather()).toEqual([
    {
      provider: 'local',
      model: 'local/model',
      label: 'Local',
      kind: 'image.create',
      state: 'healthy',
      since: null,
      sentence: null,
      p50Seconds: null,
      p95Seconds: null,
      nextProbeAt: null,
    },
  ]);
});

test('the weather keeps the shape it promises', async () => {
  await aHouse([gemini, local]);
  await ran([10]);
  await measure();
  expect(Weather.array().parse(await weather())).toHaveLength(2);
});

test('a model that is down says since when, and when it is tried again', async () => {
  const process = await aHouse();
  for (let n = 0; n < 3; n++) {
    await recordOutcome(process, keyOf(gemini), { ok: false, reason: 'unavailable', latencyMs: 1 });
  }
  const since = house.clock.at;
  expect(await weather()).toMatchObject([
    {
      state: 'down',
      since,
      nextProbeAt: new Date(since.getTime() + 10_000),
      sentence: 'Gemini is down since 12:04 UTC; it is tried again in 10 s.',
    },
  ]);
  house.wait(11);
  expect(await weather()).toMatchObject([
    { state: 'down', sentence: 'Gemini is down since 12:04 UTC; the next request tries it again.' },
  ]);
  await admitCall(process, keyOf(gemini));
  expect(await weather()).toMatchObject([
    { state: 'down', nextProbeAt: null, sentence: 'Gemini is down since 12:04 UTC; it is being tried again now.' },
  ]);
  await recordOutcome(process, keyOf(gemini), { ok: true, latencyMs: 1, isProbe: true });
  expect(await weather()).toEqual([]);
});

test('what is down since another day says the day', async () => {
  await aHouse();
  await house.know(keyOf(gemini), { state: 'open', since: ago(24 * 3600), probeUntil: ago(-30) });
  expect(await weather()).toMatchObject([
    { sentence: 'Gemini is down since 19 November, 12:04 UTC; it is tried again in 30 s.' },
  ]);
});

test('how long runs take is measured from those that ended, of the last day, the last fifty', async () => {
  await aHouse();
  await ran(times(50, 10));
  await ran(times(10, 1000), { endedAgo: 100 });
  await ran(times(50, 1), { outcome: 'refused' });
  await ran(times(50, 1), { operation: 'image.edit' });
  await measure();
  expect(await house.row(keyOf(gemini))).toMatchObject({ p50Ms: 10_000, p95Ms: 10_000, samples: 50 });
});

test('half of the runs are faster than the middle, and one in twenty slower than the other number', async () => {
  await aHouse();
  await ran(Array.from({ length: 20 }, (_, n) => n + 1));
  await measure();
  expect(await weather()).toMatchObject([{ p50Seconds: 10, p95Seconds: 19 }]);
});

test('runs of yesterday are forgotten', async () => {
  await aHouse();
  await ran(times(20, 10));
  await measure();
  house.wait(24 * 3600 + 60);
  await measure();
  expect(await house.row(keyOf(gemini))).toMatchObject({ p50Ms: null, samples: 0 });
  expect(await weather()).toEqual([]);
});

test('a run that was asked after counts from its submit to its result', async () => {
  await aHouse();
  const id = await aGeneration({ status: 'done', submittedAt: ago(90), finishedAt: ago(0) });
  await ran([2], { generationId: id, outcome: 'pending', endedAgo: 88 });
  await ran([1], { generationId: id, step: 'poll' });
  await measure();
  expect(await weather()).toMatchObject([{ p50Seconds: 90 }]);
});

test('a model is slow when its last runs take more than twice as long as usual, and healthy again after', async () => {
  await aHouse();
  await ran(times(20, 12), { endedAgo: 3600 });
  await ran(times(3, 40));
  await measure();
  const since = house.clock.at;
  const sentence = 'Gemini is slow now: about 40 s instead of 12 s.';
  expect(await weather()).toMatchObject([{ state: 'slow', since, sentence }]);
  house.wait(60);
  await measure();
  expect(await weather()).toMatchObject([{ state: 'slow', since, sentence }]);
  await ran(times(5, 12));
  await measure();
  expect(await weather()).toMatchObject([{ state: 'healthy', sentence: null }]);
});

test('before there is a usual time, the catalogue’s counts', async () => {
  await aHouse();
  await ran(times(3, 24), { endedAgo: 10 });
  await measure();
  expect(await weather()).toMatchObject([{ state: 'healthy' }]);
  await ran(times(5, 25));
  await measure();
  expect(await weather()).toMatchObject([{ sentence: 'Gemini is slow now: about 25 s instead of 12 s.' }]);
});

test('a busy model that became slow minutes ago is not called usual for it', async () => {
  await aHouse();
  await ran(times(50, 12), { endedAgo: 3600 });
  await ran(times(80, 40));
  await measure();
  expect(await weather()).toMatchObject([{ state: 'slow', sentence: expect.stringContaining('instead of 12 s') }]);
});

test('one slow run makes no slow model, and a quarter of an hour without runs none either', async () => {
  await aHouse();
  await ran(times(20, 12), { endedAgo: 3600 });
  await ran(times(2, 100));
  await measure();
  expect(await weather()).toMatchObject([{ state: 'healthy' }]);
  await ran(times(3, 100));
  await measure();
  expect(await weather()).toMatchObject([{ state: 'slow' }]);
  house.wait(15 * 60 + 5);
  await measure();
  expect(await weather()).toMatchObject([{ state: 'healthy' }]);
});

test('runs that are under way for too long already make a model slow', async () => {
  await aHouse();
  await ran(times(20, 12), { endedAgo: 3600 });
  for (let n = 0; n < 3; n++) await aGeneration({ status: 'running', submittedAt: ago(20 + n) });
  await measure();
  expect(await weather()).toMatchObject([{ state: 'healthy' }]);
  house.wait(10);
  await measure();
  expect(await weather()).toMatchObject([{ sentence: 'Gemini is slow now: about 31 s instead of 12 s.' }]);
});

test('runs that began before quick ones ended do not outweigh them', async () => {
  await aHouse();
  for (let n = 0; n < 5; n++) await aGeneration({ status: 'running', submittedAt: ago(200) });
  await ran(times(5, 5));
  await measure();
  expect(await weather()).toMatchObject([{ state: 'healthy' }]);
});

test('milliseconds more than usual are not slow', async () => {
  await aHouse([{ ...gemini, typicalSeconds: 0.01 }]);
  await ran(times(5, 0.3));
  await measure();
  expect(await weather()).toMatchObject([{ state: 'healthy' }]);
});

test('a model that is offered no more has no weather', async () => {
  await aHouse([{ ...gemini, isEnabled: false }]);
  await house.know(keyOf(gemini), { state: 'open', probeUntil: house.clock.at });
  expect(await weather()).toEqual([]);
});

test('measuring at once from several processes ends well', async () => {
  await aHouse([gemini, local, anEntry('Third')]);
  await ran(times(3, 10));
  await Promise.all(Array.from({ length: 6 }, measure));
  expect(await weather()).toMatchObject([{ p50Seconds: 10 }, { label: 'Local' }]);
});

test('measuring does not touch what a breaker knows', async () => {
  const process = await aHouse();
  for (let n = 0; n < 3; n++) {
    await recordOutcome(process, keyOf(gemini), { ok: false, reason: 'timed_out', latencyMs: 1 });
  }
  await ran(times(3, 10));
  await measure();
  expect(await admitCall(process, keyOf(gemini))).toMatchObject({ admitted: false, reason: 'timed_out' });
  expect(await weather()).toMatchObject([{ state: 'down', p50Seconds: 10 }]);
});
