import { afterAll, beforeAll, expect, test } from 'vitest';
import { action, loader } from '#app/routes/settings_.webhooks/route.tsx';
import { action as changeOne, loader as loadOne } from '#app/routes/settings_.webhooks_.$id/route.tsx';
import { aPagesHouse, leadsTo, type PagesHouse, type Somebody, thrownBy } from './pages-house.ts';

let house: PagesHouse;
beforeAll(async () => {
  house = await aPagesHouse();
});
afterAll(() => house.close());

type Posted = { fresh?: { id: string; secret: string }; message?: string | null; fields?: Record<string, string[]> };
const FORM = {
  intent: 'make',
  owner: 'me',
  url: 'https://example.com/hook',
  description: '',
  'tell ad.published': 'on',
};

async function make(who: Somebody, changes: Record<string, string> = {}): Promise<Posted> {
  const answer = await action(
    house.post('/settings/webhooks', { ...FORM, formKey: crypto.randomUUID(), ...changes }, {}, who),
  );
  return (answer as unknown as { data: Posted }).data;
}
const listFor = async (who: Somebody) => (await loader(house.get('/settings/webhooks', {}, who))).groups;
const send = (who: Somebody, id: string, fields: Record<string, string>) =>
  changeOne(house.post(`/settings/webhooks/${id}`, fields, { id }, who));
const see = (who: Somebody, id: string, search = '') =>
  loadOne(house.get(`/settings/webhooks/${id}${search}`, { id }, who));

test('a webhook is made, and its secret is shown in that one answer', async () => {
  const ann = await house.aPersonWithAccount();
  const { fresh } = await make(ann);
  expect(fresh!.secret).toMatch(/^whsec_/);
  const shown = [await listFor(ann), await see(ann, fresh!.id)];
  expect(shown).toMatchObject([
    [{ id: null, webhooks: [{ id: fresh!.id, types: ['ad.published'] }] }],
    { brand: null },
  ]);
  expect(JSON.stringify(shown)).not.toContain('whsec_');
  const again = (await send(ann, fresh!.id, { intent: 'rotate' })) as unknown as { data: Posted };
  expect(again.data.fresh!.secret).not.toBe(fresh!.secret);
  expect((await see(ann, fresh!.id)).webhook.previousSecretUntil).toBeInstanceOf(Date);
});

test('a form that is sent twice makes one webhook', async () => {
  const ann = await house.aPersonWithAccount();
  const formKey = crypto.randomUUID();
  const [first, second] = [await make(ann, { formKey }), await make(ann, { formKey })];
  expect(second.fresh).toEqual(first.fresh);
  expect((await listFor(ann))[0]!.webhooks).toHaveLength(1);
});

test('its address, its description and its events can be changed; secret and log stay', async () => {
  const ann = await house.aPersonWithAccount();
  const { fresh } = await make(ann);
  const change = {
    intent: 'change',
    url: 'https://example.com/other',
    description: 'Planning',
    'tell ad.removed': 'on',
  };
  expect(leadsTo(await thrownBy(send(ann, fresh!.id, change)))).toContain('done=change');
  const told = { url: change.url, description: 'Planning', types: ['ad.removed'] };
  expect((await see(ann, fresh!.id)).webhook).toMatchObject(told);
  const { 'tell ad.removed': _, ...bare } = change;
  const refused = (await send(ann, fresh!.id, bare)) as unknown as { data: Posted };
  expect(refused.data.fields).toEqual({ types: ['Choose at least one event.'] });
  expect((await see(ann, fresh!.id)).webhook).toMatchObject(told);
});

test('what is wrong is said at its field', async () => {
  const ann = await house.aPersonWithAccount();
  const { 'tell ad.published': _, ...bare } = { ...FORM, formKey: crypto.randomUUID() };
  const answer = await action(house.post('/settings/webhooks', bare, {}, ann));
  expect((answer as unknown as { data: Posted }).data.fields).toEqual({ types: ['Choose at least one event.'] });
  expect((await make(ann, { url: 'https://10.0.0.7/hook' })).fields).toEqual({
    url: ['This address is not on the public internet.'],
  });
  expect((await make(ann, { url: 'http://example.com/' })).fields).toEqual({
    url: ['The address must start with https://.'],
  });
  expect((await make(ann, { url: 'nonsense' })).fields!['url']).toHaveLength(1);
});

test('it is paused, taken up again, tested, sent again and deleted', async () => {
  const ann = await house.aPersonWithAccount();
  const { id } = (await make(ann)).fresh!;
  const there = `/settings/webhooks/${id}`;
  expect(leadsTo(await thrownBy(send(ann, id, { intent: 'pause' })))).toBe(`${there}?done=pause`);
  expect((await see(ann, id)).webhook.state).toBe('paused');
  const early = (await send(ann, id, { intent: 'ping' })) as unknown as { data: Posted };
  expect(early.data.message).toBe('Let the webhook go on first, then test it.');
  await thrownBy(send(ann, id, { intent: 'resume' }));
  expect(leadsTo(await thrownBy(send(ann, id, { intent: 'ping' })))).toBe(`${there}?done=ping`);
  const [ping] = (await see(ann, id)).deliveries.items;
  expect(ping).toMatchObject({ type: 'webhook.ping', state: 'waiting', attempts: [] });
  const replay = { intent: 'replay', deliveryId: ping!.id };
  expect(leadsTo(await thrownBy(send(ann, id, replay)))).toBe(`${there}?done=replay`);
  expect(leadsTo(await thrownBy(send(ann, id, { intent: 'remove' })))).toBe('/settings/webhooks?done=remove');
  expect((await thrownBy(see(ann, id))).status).toBe(404);
});

test('others see nothing of it, and a guest is led to sign in', async () => {
  const [ann, eve] = [await house.aPersonWithAccount(), await house.aPersonWithAccount()];
  const { id } = (await make(ann)).fresh!;
  expect((await thrownBy(see(eve, id))).status).toBe(404);
  expect(((await send(eve, id, { intent: 'remove' })) as unknown as { data: Posted }).data.message).toBe(
    'There is no such webhook.',
  );
  const guest = await house.aGuestWithCookie();
  expect(leadsTo(await thrownBy(loader(house.get('/settings/webhooks', {}, guest))))).toBe(
    '/sign-in?to=%2Fsettings%2Fwebhooks',
  );
  expect((await make(guest)).fields ?? {}).toEqual({});
});
