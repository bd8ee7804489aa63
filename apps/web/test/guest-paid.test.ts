import { afterAll, beforeAll, expect, test } from 'vitest';
import { loader as rootLoader } from '#app/root.tsx';
import { action } from '#app/routes/ads.$adId/route.tsx';
import { aPagesHouse, leadsTo, type PagesHouse } from './pages-house.ts';

let house: PagesHouse;
beforeAll(async () => {
  house = await aPagesHouse({
    isPaid: true,
    // Only asked for here; no worker makes anything.
    more: [{ entry: { id: 'local/effects', isPaid: false, isStandIn: true }, model: null as never }],
  });
});
afterAll(() => house.close());

test('a guest refused a model that costs money makes it with a stand-in from the same form', async () => {
  const [ad, who] = [await house.anAd(), await house.aGuestWithCookie()];
  const fields = { intent: 'remix', prompt: 'as a polaroid', model: 'auto', idempotencyKey: crypto.randomUUID() };
  const refused = await action(house.post(`/ads/${ad.id}`, fields, { adId: ad.id }, who));
  expect(refused).toMatchObject({
    init: { status: 401 },
    data: {
      message: expect.stringContaining('is for people with an account'),
      signIn: `/sign-up?to=${encodeURIComponent(`/ads/${ad.id}`)}`,
      values: fields,
    },
  });

  // As a browser sends it: the chosen card first, then the button that was pressed.
  const { request, ...rest } = house.post(`/ads/${ad.id}`, {}, { adId: ad.id }, who);
  const body = new URLSearchParams([...Object.entries(fields), ['model', 'local/effects']]);
  const pressed = new Request(request.url, {
    method: 'POST',
    headers: { ...Object.fromEntries(request.headers) },
    body,
  });
  const path = leadsTo(await action({ request: pressed, ...rest }));
  const [made] = await house.db.$client`
    select g.model from remix r join generation g on g.id = r.generation_id where r.id = ${path.split('/').at(-1)!}`;
  expect(made?.['model']).toBe('local/effects');
});

test('the frame of every page knows whether guests may use models that cost money', async () => {
  expect(await rootLoader(house.get('/'))).toMatchObject({ may: { usePaidModels: false } });
});
