import { randomUUID } from 'node:crypto';
import { createBrand } from '@repo/domain/brands/create-brand';
import { grantToBrand } from '@repo/domain/credits/adjust-credits';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as brandCredits from '#app/routes/brands.$slug_.credits/route.tsx';
import * as brandCsv from '#app/routes/brands.$slug_.credits[.]csv/route.tsx';
import * as brandQuotas from '#app/routes/brands.$slug_.quotas/route.tsx';
import { aPagesHouse, leadsTo, type PagesHouse, type Somebody, thrownBy } from '../../web/test/pages-house.ts';

let house: PagesHouse;
let owner: Somebody & { userId: string };
let brand: { id: string; slug: string };
const members: Record<string, Somebody & { userId: string }> = {};
beforeAll(async () => {
  house = await aPagesHouse();
  owner = await house.aPersonWithAccount();
  brand = await createBrand(house.contextOf(owner.userId), { name: `Brand ${randomUUID().slice(0, 8)}` });
  members['owner'] = owner;
  for (const role of ['admin', 'editor', 'analyst']) {
    members[role] = await house.aPersonWithAccount();
    await house.db.$client`
      insert into membership (brand_id, user_id, role) values (${brand.id}, ${members[role].userId}, ${role})`;
  }
  const grant = { brandId: brand.id, amount: 500, reason: '=a "trial", for spring', idempotencyKey: randomUUID() };
  await grantToBrand(house.system, grant);
});
afterAll(() => house.close());

const args = (page: string, who: Somebody | null) =>
  house.get(`/brands/${brand.slug}${page}`, { slug: brand.slug }, who);

describe('the money of a brand', () => {
  test.each(['owner', 'admin', 'editor', 'analyst'])('is seen by its %s, to the sum line', async (role) => {
    const { statement, movements, balance } = await brandCredits.loader(args('/credits', members[role]!));
    expect([balance, statement.entries, statement.sum]).toEqual([500, 2, 0]);
    expect(movements.items).toMatchObject([{ kind: 'adjustment', amount: 500, balance: 500 }]);
    const { report } = await brandQuotas.loader(args('/quotas', members[role]!));
    expect([report.subject.kind, report.maySet]).toEqual(['brand', role === 'owner']);
  });

  test('is nothing to strangers, staff that belong to other brands, and visitors', async () => {
    for (const { loader, page } of [
      { loader: brandCredits.loader, page: '/credits' },
      { loader: brandCsv.loader, page: '/credits.csv' },
      { loader: brandQuotas.loader, page: '/quotas' },
    ]) {
      for (const who of [await house.aPersonWithAccount(), await house.aStaffMemberWithAccount()]) {
        const answer = await thrownBy(loader(args(page, who)));
        expect([answer.status, await answer.text()]).toEqual([404, 'There is no such brand among yours.']);
      }
      const visitor = await thrownBy(loader(args(page, null)));
      expect(visitor.headers.get('location')).toContain('/sign-in?to=');
    }
  });

  test('comes as a file that no spreadsheet takes for a formula', async () => {
    const answer = await brandCsv.loader(args('/credits.csv', owner));
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(answer.headers.get('content-disposition')).toContain(`remixify-credits-${brand.slug}.csv`);
    const [head, line, ...rest] = (await answer.text()).trim().split('\r\n');
    expect(head).toContain('balance after');
    expect(line).toContain('adjustment,500,500,500,Remixify,"Adjusted by the staff: =a ""trial"", for spring"');
    expect(rest).toEqual([]);
    const wrong = await thrownBy(brandCsv.loader(args('/credits.csv?from=x', owner)));
    expect([wrong.status, await wrong.text()]).toEqual([
      400,
      'Give the day as year, month and day, such as 2026-11-30.',
    ]);
  });
});

describe('quotas of a brand', () => {
  const set = (who: Somebody, fields = {}) => {
    const form = { intent: 'set', metric: 'images', limit: '50', ...fields };
    return brandQuotas.action(house.post(`/brands/${brand.slug}/quotas`, form, { slug: brand.slug }, who));
  };
  const limit = async () =>
    (await brandQuotas.loader(args('/quotas', owner))).report.lines.find(({ metric }) => metric === 'images')?.limit;

  test.each(['admin', 'editor', 'analyst'])(
    'are not its %s’s to set, and a sentence says whose they are',
    async (role) => {
      const answer = await set(members[role]!);
      expect(answer).toMatchObject({
        data: { status: 403, message: 'Only the staff and the owners of a brand may set quotas.' },
      });
      expect(await limit()).toBeNull();
    },
  );

  test('are set and cleared by its owner, and by nobody outside', async () => {
    const strangers = await thrownBy(set(await house.aPersonWithAccount()));
    expect(strangers.status).toBe(404);
    expect(leadsTo(await set(owner))).toBe(`/brands/${brand.slug}/quotas?done=limit-set`);
    expect(await limit()).toBe(50);
    expect(await set(owner, { limit: 'lots' })).toMatchObject({
      data: { fields: { limit: ['A limit is a whole number from 0 to 1,000,000,000,000.'] } },
    });
    expect(leadsTo(await set(owner, { intent: 'clear' }))).toContain('limit-cleared');
    expect(await limit()).toBeNull();
  });
});
