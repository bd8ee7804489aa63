import { randomUUID } from 'node:crypto';
import { ads, assets, events, reports } from '@repo/db';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { UserContext } from '../src/context.ts';
import { reportContent } from '../src/moderation/report-content.ts';
import { aLedgerHouse, type LedgerHouse } from './ledger-house.ts';

let house: LedgerHouse;
let author: UserContext;
let someone: UserContext;
beforeAll(async () => {
  house = await aLedgerHouse();
  author = await house.aPerson();
});
afterAll(() => house.close());
beforeEach(async () => {
  someone = await house.aPerson();
});

async function anAd(status: 'published' | 'hidden' = 'published'): Promise<string> {
  const brandId = await house.aBrand(author);
  const authorId = author.actor.userId;
  return house.asSystem(async (tx) => {
    const [asset] = await tx
      .insert(assets)
      .values({ ownerId: authorId, status: 'usable', origin: 'upload', declaredType: 'image/png', declaredBytes: 1 })
      .returning({ id: assets.id });
    const [ad] = await tx
      .insert(ads)
      .values({ brandId, authorId, assetId: asset!.id, title: 'Mugs', status })
      .returning({ id: ads.id });
    return ad!.id;
  });
}
const tell = (who: UserContext, adId: string, reason = 'It is not theirs to show.') =>
  reportContent(who, { target: { adId }, reason });
const kept = (who: UserContext) =>
  house.asSystem(async (tx) => ({
    reports: await tx.select().from(reports).where(eq(reports.reporterId, who.actor.userId)),
    events: await tx
      .select()
      .from(events)
      .where(and(eq(events.actorId, who.actor.userId), eq(events.noun, 'report'))),
  }));

test('a report is kept with who made it and why, and so is that it was made', async () => {
  const adId = await anAd();
  await tell(someone, adId);
  const { reports, events } = await kept(someone);
  expect(reports).toMatchObject([{ adId, remixId: null, reason: 'It is not theirs to show.', resolvedAt: null }]);
  expect(events).toMatchObject([
    { actorKind: 'user', nounId: reports[0]!.id, verb: 'made', audienceId: null, brandId: null, payload: {} },
  ]);
});

test('who says it twice, even at once, has said it once', async () => {
  const adId = await anAd();
  await Promise.all([tell(someone, adId), tell(someone, adId, 'And again.')]);
  await tell(someone, adId, 'And once more.');
  const { reports, events } = await kept(someone);
  expect([reports.length, events.length]).toEqual([1, 1]);
});

test('what somebody may not see they cannot report, and nothing is kept', async () => {
  const missing = { code: 'not_found', message: 'There is no such ad.' };
  await expect(tell(someone, await anAd('hidden'))).rejects.toMatchObject(missing);
  await expect(tell(someone, randomUUID())).rejects.toMatchObject(missing);
  expect(await kept(someone)).toEqual({ reports: [], events: [] });
});
