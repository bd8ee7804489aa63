import { transactAs, usageDays } from '@repo/db';
import type { UserContext } from '@repo/domain/context';
import { aWorld, type World } from '@repo/domain/testing';
import { readUsage } from '@repo/domain/usage/read-usage';
import { UsageInput } from '@repo/domain/usage/schema';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEMO_ADS } from '../src/demo/ads.ts';
import { DEMO_REMIXES } from '../src/demo/remixes.ts';
import { hasUncountedDays, seedDemo } from '../src/demo/seed-demo.server.ts';
import { readEnv } from '../src/env.ts';
import { workerShelf } from '../src/models/worker-shelf.server.ts';

let world: World;
let staff: UserContext;
const remixes = DEMO_REMIXES.filter(({ adSlug }) => adSlug === 'ferrin-pass').slice(0, 3);
const contextOf = () => ({ ...world.system, models: workerShelf(readEnv({}), world.tools.outside) });
const seed = () =>
  seedDemo(contextOf(), {
    secret: 'a secret of a test that is long enough',
    say: () => {},
    ads: DEMO_ADS.filter(({ slug }) => slug === 'ferrin-pass'),
    remixes,
  });

beforeAll(async () => {
  world = await aWorld();
  staff = await world.aStaffMember();
  await seed();
}, 120_000);
afterAll(() => world.close());

const dayOf = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);
const usage = () => readUsage(staff, UsageInput.parse({ from: dayOf(29), to: dayOf(0), groupBy: 'day' }));

test('the usage of a fresh demo counts the pictures of every day for which it counts credits', async () => {
  const { rows, totals } = await usage();
  expect(totals).toMatchObject({ calls: remixes.length, images: remixes.length });
  expect(totals.credits).toBeGreaterThan(0);
  const daysWith = (of: 'images' | 'credits') => rows.filter((row) => row[of] > 0).map(({ key }) => key);
  expect(daysWith('images')).toEqual(daysWith('credits'));
  expect(daysWith('images').length).toBeGreaterThan(1);
});

test('a demo whose days were not summed up is known, and seeding it again sums them up', async () => {
  expect(await hasUncountedDays(contextOf())).toBe(false);
  await transactAs(world.db, world.system.actor, (tx) => tx.delete(usageDays));
  expect((await usage()).totals.images).toBe(0);
  expect(await hasUncountedDays(contextOf())).toBe(true);
  await seed();
  expect(await hasUncountedDays(contextOf())).toBe(false);
  expect((await usage()).totals.images).toBe(remixes.length);
});
