import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createBrand } from '@repo/domain/brands/create-brand';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as root from '#app/root.tsx';
import * as front from '#app/routes/_index/route.tsx';
import * as alertsPage from '#app/routes/alerts/route.tsx';
import * as brandsPage from '#app/routes/brands._index/route.tsx';
import * as creditsPage from '#app/routes/credits/route.tsx';
import * as accountPage from '#app/routes/credits_.$kind.$id/route.tsx';
import * as modelsPage from '#app/routes/models/route.tsx';
import * as operationsPage from '#app/routes/operations/route.tsx';
import * as quotasPage from '#app/routes/quotas/route.tsx';
import * as quotasOfPage from '#app/routes/quotas_.$kind.$id/route.tsx';
import * as receiptPage from '#app/routes/receipts.$id/route.tsx';
import * as usagePage from '#app/routes/usage/route.tsx';
import { type Args, aPagesHouse, type PagesHouse, type Somebody, thrownBy } from '../../web/test/pages-house.ts';

const soon = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10);

let house: PagesHouse;
let staff: Somebody & { userId: string };
beforeAll(async () => {
  const other = { type: 'media', name: 'other' } as never;
  house = await aPagesHouse({
    more: [
      { entry: { id: 'dear/old', label: 'Old', retiresOn: '2026-01-31', typicalSeconds: 60, cost: {} }, model: other },
      { entry: { id: 'dear/ending', label: 'Ending', retiresOn: soon, typicalSeconds: 20 }, model: other },
      { entry: { id: 'dear/off', label: 'Off', isEnabled: false, retiresOn: '2026-01-31' }, model: other },
    ],
    order: { 'image.create': ['dear/ending'] },
  });
  staff = await house.aStaffMemberWithAccount();
});
afterAll(() => house.close());

const id = () => crypto.randomUUID();
type Page = { path: string; params: Record<string, string>; loader: (args: Args) => Promise<unknown> };
const pages = (): Page[] => [
  { path: '/operations', params: {}, loader: operationsPage.loader },
  { path: '/alerts', params: {}, loader: alertsPage.loader },
  { path: '/models', params: {}, loader: modelsPage.loader },
  { path: '/usage', params: {}, loader: usagePage.loader },
  { path: '/quotas', params: {}, loader: quotasPage.loader },
  { path: '/credits', params: {}, loader: creditsPage.loader },
  { path: `/credits/people/${staff.userId}`, params: { kind: 'people', id: staff.userId }, loader: accountPage.loader },
  { path: `/quotas/people/${staff.userId}`, params: { kind: 'people', id: staff.userId }, loader: quotasOfPage.loader },
  { path: '/receipts/x', params: { id: id() }, loader: receiptPage.loader },
];

describe('the pages of the staff', () => {
  test('send visitors and guests to sign in, and back', async () => {
    for (const { path, params, loader } of pages()) {
      for (const who of [null, await house.aGuestWithCookie()]) {
        const answer = await thrownBy(loader(house.get(path, params, who)));
        expect(answer.headers.get('location')).toBe(`/sign-in?to=${encodeURIComponent(path)}`);
      }
    }
  });

  test('tell members and owners of brands in a sentence that they are not theirs', async () => {
    const owner = await house.aPersonWithAccount();
    await createBrand(house.contextOf(owner.userId), { name: `Brand ${id().slice(0, 8)}` });
    for (const { path, params, loader } of pages()) {
      const answer = await thrownBy(loader(house.get(path, params, owner)));
      expect([path, answer.status, await answer.text()]).toEqual([
        path,
        403,
        'Only the staff of Remixify may open this page.',
      ]);
    }
  });

  test('open for the staff, but for a receipt that there is not', async () => {
    for (const { path, params, loader } of pages().slice(0, -1)) {
      expect([path, await loader(house.get(path, params, staff))]).toEqual([path, expect.anything()]);
    }
    const answer = await thrownBy(receiptPage.loader(house.get('/receipts/x', { id: id() }, staff)));
    expect([answer.status, await answer.text()]).toEqual([404, 'There is no such generation.']);
  });

  test.each([
    ['an address that is no number', { kind: 'people', id: 'ann' }],
    ['a kind that there is not', { kind: 'robots', id: id() }],
    ['nobody’s number', { kind: 'people', id: id() }],
    ['no brand’s number', { kind: 'brands', id: id() }],
  ])('are missing at %s', async (_, params) => {
    for (const { loader } of [accountPage, quotasOfPage]) {
      expect((await thrownBy(loader(house.get('/credits/x', params, staff)))).status).toBe(404);
    }
  });

  test('begin with operations', async () => {
    const answer = await thrownBy(front.loader(house.get('/', {}, staff)));
    expect(answer.headers.get('location')).toBe('/operations');
    expect(await brandsPage.loader(house.get('/brands', {}, staff))).toEqual({ name: 'Ann' });
  });

  test('stand on their own: no page’s loader runs before another’s', () => {
    const names = readdirSync(join(import.meta.dirname, '../app/routes')).filter((name) => !name.startsWith('_'));
    const inside = names.filter((name) => names.some((other) => name !== other && name.startsWith(`${other}.`)));
    expect(inside).toEqual([]);
  });
});

describe('the alerts', () => {
  test('of this moment stand first, the gravest before, with what to do; what is over is told below', async () => {
    const load = () => alertsPage.loader(house.get('/alerts', {}, staff));
    expect(await load()).toMatchObject({ open: [], history: [] });
    await house.db.$client`
      insert into alert (rule, key, severity, facts, opened_at, last_seen_at, closed_at) values
        ('provider_down', 'provider_down:google', 'warning', '{"provider": "google", "models": "gemini"}', now(), now(), null),
        ('error_rate', 'error_rate', 'critical', '{"percent": 12, "requests": 100}', now(), now(), null),
        ('disk', 'disk:/data', 'warning', '{"place": "/data", "freeGb": "2.0", "percent": "2.0"}', now(), now(), now())`;
    const { open, history } = await load();
    expect(open.map(({ severity, what, todo }) => [severity, what, todo.length > 20])).toEqual([
      ['critical', '12 % of the 100 requests of the last five minutes failed with an error of ours.', true],
      ['warning', 'google does not answer: gemini.', true],
    ]);
    expect(history.map(({ what }) => what)).toEqual(['/data has 2.0 GB free (2.0 %).']);
    expect(await root.loader(house.get('/alerts', {}, staff))).toMatchObject({ openAlerts: 2 });
    const owner = await house.aPersonWithAccount();
    expect(await root.loader(house.get('/', {}, owner))).toMatchObject({ openAlerts: 0, may: { operate: false } });
  });
});

describe('the catalogue', () => {
  const load = () => modelsPage.loader(house.get('/models', {}, staff));

  test('has every model, also one that is switched off, with what it costs and what it does', async () => {
    const { models } = await load();
    const own = models.filter(({ provider }) => provider === 'dear');
    expect(own.map(({ id, isEnabled }) => [id, isEnabled])).toEqual([
      ['dear/old', true],
      ['dear/ending', true],
      ['dear/off', false],
    ]);
    expect(own[0]!.costs).toEqual([]);
    expect(models[0]).toMatchObject({
      provider: 'fake',
      atOnce: 8,
      typicalSeconds: 2,
      costs: [
        { per: 'image', microUsd: 40_000 },
        { per: 'second', microUsd: 100_000 },
      ],
    });
    expect(models[0]!.prices).toContainEqual({ kind: 'image.edit', per: 'image', credits: 4 });
  });

  test('warns of models that ended or end soon, and not of one nobody is offered', async () => {
    const { models, warnings } = await load();
    const own = models.filter(({ provider }) => provider === 'dear');
    expect([models[0]!.retirement, ...own.map(({ retirement }) => retirement)]).toEqual([null, 'past', 'soon', 'past']);
    expect(warnings).toEqual([
      expect.stringMatching(/^dear\/old ended on 2026-01-31 \(\d+ days ago\)$/),
      `dear/ending ends on ${soon} (in 9 days)`,
    ]);
  });

  test('says what auto takes, and why the first is first', async () => {
    const { auto } = await load();
    const create = auto.find(({ kind }) => kind === 'image.create')!;
    expect(create.models.map(({ id }) => id)).toEqual(['dear/ending', 'fake/model', 'dear/old']);
    expect(create.why).toBe('Ending: healthy and first in the configured order.');
    const edit = auto.find(({ kind }) => kind === 'image.edit')!;
    expect(edit.models.map(({ id }) => id)).toEqual(['fake/model', 'dear/ending', 'dear/old']);
    expect(edit.why).toBe('Fake model: healthy and faster than Ending, about 2 s.');
  });

  test('puts a model that is down last, and says since when and when it is tried again', async () => {
    const probe = new Date(Date.now() + 60_000);
    await house.db.$client`
      insert into model_health (provider, model, operation, state, since, probe_until, p50_ms, p95_ms)
      values ('dear', 'dear/ending', 'image.create', 'open', '2026-11-20T12:04:00Z', ${probe.toISOString()}, 19000, 41000)`;
    const { auto, models } = await load();
    const create = auto.find(({ kind }) => kind === 'image.create')!;
    expect(create.models.at(-1)).toEqual({ id: 'dear/ending', label: 'Ending', state: 'down' });
    expect(create.why).toMatch(/^Fake model, because Ending is down since /);
    const health = models.find(({ id }) => id === 'dear/ending')!.health.find(({ kind }) => kind === 'image.create');
    expect(health).toMatchObject({ state: 'down', p50Seconds: 19, p95Seconds: 41, nextProbeAt: probe });
    const weather = (await operationsPage.loader(house.get('/operations', {}, staff))).weather;
    expect(weather).toContainEqual(expect.objectContaining({ model: 'dear/ending', state: 'down' }));
    await house.db.$client`delete from model_health`;
  });
});

describe('looking for somebody', () => {
  const find = (words: string) =>
    creditsPage.loader(house.get(`/credits?${new URLSearchParams({ q: words })}`, {}, staff));

  test('finds people by address and name, brands by name, and takes % and _ for what they are', async () => {
    const owner = await house.aPersonWithAccount();
    const name = `Kaffee 100%_${id().slice(0, 8)}`;
    const brand = await createBrand(house.contextOf(owner.userId), { name });
    const [row] = await house.db.$client`select email from "user" where id = ${owner.userId}`;
    const email = String(row!['email']);
    const found = await find(` ${email.toUpperCase()} `);
    expect(found.matches).toMatchObject({ people: [{ id: owner.userId, email }], brands: [] });
    expect((await find(name.toLowerCase())).matches?.brands).toEqual([{ id: brand.id, name, slug: brand.slug }]);
    expect((await find('%%%')).matches).toMatchObject({ people: [], brands: [], generation: null });
  });

  test('finds a guest by number only', async () => {
    const guest = await house.aGuestWithCookie();
    const [row] = await house.db.$client`select name from "user" where id = ${guest.userId}`;
    const name = String(row!['name']);
    expect((await find(name)).matches?.people).toEqual([]);
    expect((await find(guest.userId)).matches?.people).toMatchObject([{ id: guest.userId, isGuest: true }]);
  });

  test('says when it is too long, and looks for nothing where nothing is typed', async () => {
    expect(await find('x'.repeat(400))).toMatchObject({ matches: null, error: expect.stringContaining('too long') });
    expect(await find('   ')).toEqual({ words: '', matches: null, error: null });
  });
});
