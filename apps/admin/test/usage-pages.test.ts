import { randomUUID } from 'node:crypto';
import { createBrand } from '@repo/domain/brands/create-brand';
import { readRemix } from '@repo/domain/remixes/read-remixes';
import { requestRemix } from '@repo/domain/remixes/request-remix';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BRAND_USAGE, STAFF_USAGE } from '#app/parts/usage/usage-rules.ts';
import { readUsageSearch } from '#app/parts/usage/usage-search.ts';
import * as brandUsage from '#app/routes/brands.$slug_.usage/route.tsx';
import * as operationsPage from '#app/routes/operations/route.tsx';
import * as usagePage from '#app/routes/usage/route.tsx';
import { aPagesHouse, type PagesHouse, type Somebody, thrownBy } from '../../web/test/pages-house.ts';

let house: PagesHouse;
let staff: Somebody & { userId: string };
beforeAll(async () => {
  house = await aPagesHouse();
  staff = await house.aStaffMemberWithAccount();
});
afterAll(() => house.close());

async function aFinishedRemix() {
  const creator = await house.aPerson();
  const ad = await house.anAd();
  const asked = { adId: ad.id, prompt: 'in sepia', model: 'auto', idempotencyKey: randomUUID() };
  const { generation } = await readRemix(creator, (await requestRemix(creator, asked)).remixId);
  await house.advance(generation!.id);
  return { creator, generationId: generation!.id };
}

describe('usage', () => {
  test('counts calls, pictures, dollars and credits to the cent, by person', async () => {
    const { creator } = await aFinishedRemix();
    const { days, list, search } = await usagePage.loader(house.get('/usage?by=user&show=credits', {}, staff));
    expect([search.by, search.show]).toEqual(['user', 'credits']);
    const mine = list.rows.find(({ key }) => key === creator.actor.userId);
    expect(mine).toMatchObject({ calls: 1, failures: 0, images: 1, credits: 4, microUsd: 40_000 });
    expect(days.rows).toHaveLength(30);
    expect(days.totals).toEqual(list.totals);
    expect(list.microUsdPerCredit).toBe(list.totals.microUsd / list.totals.credits);
  });

  test.each([
    ['from=2026-11-21&to=2026-11-20', { to: 'The last day lies before the first.' }],
    ['from=2026-13-01&to=2026-11-20', { from: 'Give the day as year, month and day, such as 2026-11-30.' }],
    ['from=1999-01-01&to=1999-01-02', { from: 'There is nothing before the year 2000.' }],
    ['from=2020-01-01&to=2026-01-01', { from: 'Ask for at most 400 days at once.' }],
  ])('of %s is named on its field, and the last 30 days are shown', async (asked, errors) => {
    const { search, days } = await usagePage.loader(house.get(`/usage?${asked}`, {}, staff));
    expect(search.errors).toMatchObject(errors);
    expect(days.rows).toHaveLength(30);
  });

  test('passes over groups and measures that do not exist or are not for brands', () => {
    const search = readUsageSearch("/usage?by=';--&show=dollars", BRAND_USAGE);
    expect([search.by, search.show]).toEqual(['user', 'credits']);
    expect(readUsageSearch('/usage', STAFF_USAGE).show).toBe('dollars');
  });

  test('of a brand is for its owner and admins; others of it are told so, strangers find nothing', async () => {
    const owner = await house.aPersonWithAccount();
    const brand = await createBrand(house.contextOf(owner.userId), { name: `Brand ${randomUUID().slice(0, 8)}` });
    const load = (who: Somebody) =>
      brandUsage.loader(house.get(`/brands/${brand.slug}/usage`, { slug: brand.slug }, who));
    expect((await load(owner)).usage.list.totals).toMatchObject({ calls: 0, credits: 0 });
    for (const [role, status] of [
      ['admin', null],
      ['editor', 403],
      ['analyst', 403],
    ] as const) {
      const member = await house.aPersonWithAccount();
      await house.db
        .$client`insert into membership (brand_id, user_id, role) values (${brand.id}, ${member.userId}, ${role})`;
      if (status === null) expect((await load(member)).brand.role).toBe(role);
      else {
        const answer = await thrownBy(load(member));
        expect([answer.status, await answer.text()]).toEqual([
          403,
          'Only the owners and admins of a brand may see what it uses.',
        ]);
      }
    }
    for (const other of [await house.aPersonWithAccount(), staff]) {
      const answer = await thrownBy(load(other));
      expect([answer.status, await answer.text()]).toEqual([404, 'There is no such brand among yours.']);
    }
  });
});

describe('operations', () => {
  const load = async () => (await operationsPage.loader(house.get('/operations', {}, staff))).engine;
  const owner = async () => (await house.aPerson()).actor.userId;
  type Row = { status: string; minutesAgo?: number; heartbeatMinutesAgo?: number; ownerId?: string; provider?: string };
  const insert = async ({ status, minutesAgo = 0, heartbeatMinutesAgo, ownerId, provider = 'fake' }: Row) => {
    const at = new Date(Date.now() - minutesAgo * 60_000).toISOString();
    const heartbeat =
      heartbeatMinutesAgo === undefined ? null : new Date(Date.now() - heartbeatMinutesAgo * 60_000).toISOString();
    const [row] = await house.db.$client`
      insert into generation (owner_id, kind, model, provider, prompt, input, seed, idempotency_key, request_hash, status,
        quoted_credits, created_at, heartbeat_at, run_token)
      values (${ownerId ?? (await owner())}, 'image.create', 'fake/model', ${provider}, 'a lake', '{}', 1, ${randomUUID()},
        'hash', ${status}, 4, ${at}, ${heartbeat}, ${heartbeat ? randomUUID() : null}) returning id`;
    return row!['id'] as string;
  };
  const clear = () => house.db.$client`delete from generation where request_hash = 'hash'`;

  test('count what waits and runs, and name the oldest that waits', async () => {
    await insert({ status: 'queued' });
    const oldest = await insert({ status: 'retrying', minutesAgo: 1 });
    await insert({ status: 'running', minutesAgo: 1, heartbeatMinutesAgo: 0 });
    await insert({ status: 'checking', minutesAgo: 1, heartbeatMinutesAgo: 0 });
    const { queues, oldestWaiting, stuck } = await load();
    expect(queues.find(({ provider }) => provider === 'fake')).toEqual({
      provider: 'fake',
      waiting: 2,
      running: 1,
      checking: 1,
      atOnce: 8,
    });
    expect(oldestWaiting).toMatchObject({ id: oldest, modelLabel: 'Fake model', status: 'retrying' });
    expect(stuck).toEqual([]);
    await clear();
  });

  test('name work that nobody is at for two minutes, and not what waits for its turn', async () => {
    const lost = await insert({ status: 'running', minutesAgo: 9, heartbeatMinutesAgo: 3 });
    const forgotten = await insert({ status: 'queued', minutesAgo: 5 });
    const nowhere = await insert({ status: 'queued', minutesAgo: 4, provider: 'gone' });
    expect((await load()).stuck.map(({ id }) => id)).toEqual([forgotten, nowhere, lost]);
    await clear();

    const busy = await owner();
    for (let nth = 0; nth < 4; nth += 1) {
      await insert({ status: 'running', minutesAgo: 9, heartbeatMinutesAgo: 0, ownerId: busy });
    }
    await insert({ status: 'queued', minutesAgo: 9, ownerId: busy });
    expect((await load()).stuck).toEqual([]);
    for (let nth = 0; nth < 4; nth += 1) await insert({ status: 'running', minutesAgo: 9, heartbeatMinutesAgo: 0 });
    await insert({ status: 'queued', minutesAgo: 9 });
    expect((await load()).stuck).toEqual([]);
    await clear();
  });

  test('count what failed within the hour by its reason, the most frequent first', async () => {
    const before = (await load()).lastHour;
    const fail = async (failure: string, minutesAgo: number) => {
      const failed = await insert({ status: 'failed', minutesAgo });
      await house.db
        .$client`update generation set failure = ${failure}, finished_at = now() - ${minutesAgo} * interval '1 minute' where id = ${failed}`;
    };
    for (const minutes of [1, 30, 59, 61]) await fail('unavailable', minutes);
    await fail('refused', 2);
    const { failed, reasons } = (await load()).lastHour;
    expect(failed - before.failed).toBe(4);
    expect(reasons).toEqual([
      { reason: 'unavailable', sentence: 'The model could not be reached.', count: 3 },
      { reason: 'refused', sentence: 'The model refused this request for safety or policy reasons.', count: 1 },
    ]);
    await clear();
  });
});
