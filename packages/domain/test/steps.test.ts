import type { FakeModelOptions } from '@repo/ai/testing';
import { expect, test } from 'vitest';
import type { UserContext } from '../src/context.ts';
import { readReceipt } from '../src/generation/read-receipt.ts';
import { sweepMadeFiles } from '../src/generation/sweep-made-files.ts';
import type { World } from '../src/testing.ts';
import { aFilm, ask, callsOf, filesOf, settle, worldsOfATest } from './engine-house.ts';

const aNewWorld = worldsOfATest();

/** Past every claim's end, and past the longest pause. */
const LONG_MS = 65_000;

/** Kills the first worker at its n-th step, for every n it takes, and lets others find what it left. */
async function killAtEveryStep(
  world: World,
  request: (person: UserContext) => Promise<Parameters<typeof ask>[1]>,
  check: (seen: { status: string; step: number; starts: number }) => void,
  every = 1,
) {
  const person = await world.aPerson();
  const wanted = await request(person);
  for (let step = 0; ; step += every) {
    const before = world.fake.starts.length;
    const { id } = await ask(person, wanted);
    const held = (await readReceipt(person, id)).held;
    const mortal = world.aMortal(step);
    await mortal.advance(id);
    const hasDied = mortal.hasDied();
    if (hasDied) world.clock.offsetMs += LONG_MS;
    const { status, output } = await settle(world, person, id);
    check({ status, step, starts: world.fake.starts.length - before });

    const receipt = await readReceipt(person, id);
    expect(receipt, `killed at step ${step}`).toMatchObject(
      status === 'done' ? { captured: held, released: 0, sum: 0 } : { captured: 0, released: held, sum: 0 },
    );
    const picture = output && ('picture' in output ? output.picture : 'film' in output ? output.film : null);
    expect(Boolean(picture), `killed at step ${step}`).toBe(status === 'done');
    const files = (await filesOf(world)).filter((key) => key.includes(id));
    if (status === 'done') expect(files, `killed at step ${step}`).not.toEqual([]);
    else {
      world.clock.offsetMs += 6 * 60_000;
      await sweepMadeFiles(world.system);
      expect((await filesOf(world)).filter((key) => key.includes(id))).toEqual([]);
    }
    expect((await callsOf(world, id)).filter(({ outcome }) => ['done', 'found'].includes(outcome)).length).toBeLessThan(
      2,
    );
    if (!hasDied) {
      expect(await world.ledgerSums()).toEqual({ total: 0, wrongBalances: 0 });
      // Fewer steps than these would mean that nobody was killed while it mattered.
      expect(step).toBeGreaterThan(8);
      return;
    }
  }
}

const aPicture = async () => ({ kind: 'image.create', prompt: 'a lighthouse' }) as const;

test('a worker killed at any step of free work is followed by one that finishes it and charges once', async () => {
  const world = await aNewWorld();
  await killAtEveryStep(world, aPicture, ({ status, step }) => expect(status, `killed at step ${step}`).toBe('done'));
}, 120_000);

test('a worker killed at any step of paid work never leads to a second submit nor to a charge without a picture', async () => {
  const world = await aNewWorld({ isPaid: true });
  const ends = new Set<string>();
  await killAtEveryStep(world, aPicture, ({ status, step, starts }) => {
    ends.add(status);
    expect(starts, `killed at step ${step}`).toBeLessThanOrEqual(1);
  });
  expect(ends).toEqual(new Set(['done', 'failed']));
}, 120_000);

test('where the vendor can be asked, a worker killed at any step of paid work costs nobody the picture', async () => {
  const model: FakeModelOptions = { reconcile: (_key, made) => made().catch(() => ({ state: 'not_taken' })) };
  const world = await aNewWorld({ isPaid: true, model });
  await killAtEveryStep(world, aPicture, ({ status, step, starts }) => {
    expect(status, `killed at step ${step}`).toBe('done');
    expect(starts, `killed at step ${step}`).toBe(1);
  });
}, 120_000);

test('a worker killed at any step of a film is followed by one that asks for the film and never for another', async () => {
  const world = await aNewWorld({ isPaid: true, model: { pending: 1, askAgainInMs: 0, film: await aFilm() } });
  await killAtEveryStep(
    world,
    async () => ({ kind: 'video.create', prompt: 'waves' }) as const,
    ({ step, starts }) => expect(starts, `killed at step ${step}`).toBeLessThanOrEqual(1),
    // Each film is looked at by programs of their own, which takes a second; the steps between are those of pictures.
    5,
  );
}, 120_000);

test('a film that a first worker asked for is fetched by others, killed at whatever step, and charged once', async () => {
  const world = await aNewWorld({ isPaid: true, model: { pending: 2, askAgainInMs: 0, film: await aFilm() } });
  let films = 0;
  for (let step = 0; ; step += 7) {
    const person = await world.aPerson();
    const { id } = await ask(person, { kind: 'video.create', prompt: 'waves' });
    await world.advance(id);
    const first = world.aMortal(step);
    await first.advance(id);
    if (first.hasDied()) world.clock.offsetMs += LONG_MS;
    const second = world.aMortal(step);
    await second.advance(id);
    const hasDied = first.hasDied() || second.hasDied();
    if (hasDied) world.clock.offsetMs += LONG_MS;
    expect(await settle(world, person, id), `killed at step ${step}`).toMatchObject({
      status: 'done',
      output: { kind: 'video.create' },
    });
    expect(await readReceipt(person, id)).toMatchObject({ held: 8, captured: 8, released: 0, sum: 0 });
    expect(world.fake.starts).toHaveLength(++films);
    if (!hasDied) break;
  }
  expect(await world.ledgerSums()).toEqual({ total: 0, wrongBalances: 0 });
}, 120_000);
