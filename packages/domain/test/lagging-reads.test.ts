import { createDb, type Db } from '@repo/db';
import { type TestDatabase, testDatabase } from '@repo/db/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBrandReport } from '../src/brands/read-brand-report.ts';
import { readMyBrands } from '../src/brands/read-brands.ts';
import { aWorld, type World } from '../src/testing.ts';
import { readUsage } from '../src/usage/read-usage.ts';

let world: World;
/** Another, empty database: what is missing from an answer was read from there. */
let replica: TestDatabase;
let db: Db;
beforeAll(async () => {
  [world, replica] = await Promise.all([aWorld(), testDatabase()]);
  db = createDb(world.url, { readUrl: replica.url });
});
afterAll(async () => {
  await db.close();
  await Promise.all([world.close(), replica.close()]);
});

test('reports and usage are counted on the replica; who may see them, and one’s own things, are read from the primary', async () => {
  const [person, stranger] = [await world.aPerson(), await world.aPerson()];
  const brandId = (await world.anAd(person)).brand.id;
  const input = { brandId, days: 7 };
  expect(await readBrandReport(person, input)).toMatchObject({ ads: 1, topAds: [{ title: 'An ad' }] });

  const behind = { ...person, db };
  const counted = () => readBrandReport(behind, input);
  await expect.poll(async () => (await counted()).ads, { timeout: 15_000 }).toBe(0);
  expect(await counted()).toMatchObject({ brand: { id: brandId, role: 'owner' }, topAds: [], days: { length: 7 } });
  expect(await readMyBrands(behind)).toMatchObject([{ id: brandId }]);
  await expect(readBrandReport({ ...stranger, db }, input)).rejects.toMatchObject({ code: 'not_found' });

  const days = { from: '2026-11-01', to: '2026-11-02', groupBy: 'day', brandId } as const;
  const usageOn = (database: TestDatabase) => database.db.$client`
    insert into usage_day (day, provider, model, operation, brand_id, calls, failures, images, video_seconds, input_tokens,
      output_tokens, cost_micro_usd, latency_ms)
    values ('2026-11-01', 'google', 'gemini', 'image.edit', ${brandId}, 3, 0, 3, 0, 0, 0, 7, 9)`;
  await usageOn(world);
  expect(await readUsage(person, days)).toMatchObject({ totals: { calls: 3 } });
  expect(await readUsage(behind, days)).toMatchObject({ totals: { calls: 0 } });
  await expect(readUsage({ ...stranger, db }, days)).rejects.toMatchObject({ code: 'not_found' });
});
