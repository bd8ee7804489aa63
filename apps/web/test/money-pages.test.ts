import { requestGeneration } from '@repo/domain/generation/request-generation';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as credits from '#app/routes/credits/route.tsx';
import * as file from '#app/routes/credits_.export[.]csv/route.tsx';
import { action, loader } from '#app/routes/receipts.$generationId/route.tsx';
import { aPagesHouse, leadsTo, type PagesHouse, type Somebody, thrownBy } from './pages-house.ts';

let house: PagesHouse;
beforeAll(async () => {
  house = await aPagesHouse();
});
afterAll(() => house.close());

type Known = Somebody & { userId: string };

const open = (who: Somebody | null, query = '') => credits.loader(house.get(`/credits${query}`, {}, who));
const download = (who: Somebody | null, query = '') => file.loader(house.get(`/credits/export.csv${query}`, {}, who));
const receiptOf = (id: string, who: Somebody | null) => loader(house.get(`/receipts/${id}`, { generationId: id }, who));

const ask = async (who: Known, input: object) =>
  requestGeneration(house.contextOf(who.userId), { idempotencyKey: crypto.randomUUID(), ...input } as never);
const aPicture = (who: Known, prompt = 'a lake, "blue"') => ask(who, { kind: 'image.create', prompt });

async function aMadePicture(who: Known, prompt?: string) {
  const { id } = await aPicture(who, prompt);
  await house.advance(id);
  return id;
}

describe('the page of credits', () => {
  test('shows every movement newest first with the balance after it, and that both sides sum to nothing', async () => {
    const who = await house.aPersonWithAccount();
    const id = await aMadePicture(who);
    const { books, balance, owner, usage } = await open(who);
    expect(books?.movements.items).toMatchObject([
      { kind: 'capture', amount: 0, moved: 4, balance: 96, generation: { id, prompt: 'a lake, "blue"' } },
      { kind: 'hold', amount: -4, balance: 96 },
      { kind: 'grant', amount: 100, balance: 100 },
    ]);
    expect(books?.statement).toMatchObject({ opening: 0, closing: 96, entries: 6, sum: 0 });
    expect(balance).toMatchObject({ credits: 96, held: 0, nextAllowanceAt: expect.any(Date) });
    expect(owner).toBeNull();
    expect(usage.lines.find(({ metric }) => metric === 'images')?.used).toBe(1);
  });

  test('is filtered by kind and by day, and pages on within the filter', async () => {
    const who = await house.aPersonWithAccount();
    const ids: string[] = [];
    for (let made = 0; made < 16; made++) ids.push(await aMadePicture(who, `picture ${made}`));
    const first = await open(who);
    expect(first.books?.movements.items).toHaveLength(30);
    const older = await open(who, `?after=${first.books?.movements.nextCursor}`);
    expect(older.books?.movements.items.at(-1)).toMatchObject({ kind: 'grant', balance: 100 });
    expect(older.books?.movements.nextCursor).toBeNull();

    const held = await open(who, '?kind=hold');
    expect(held.books?.movements.items.map(({ generation }) => generation?.id)).toEqual(ids.toReversed());
    const longAgo = await open(who, '?from=2001-01-01&to=2001-01-02');
    expect(longAgo.books).toMatchObject({ movements: { items: [] }, statement: { entries: 0, sum: 0, closing: 0 } });
    const senseless = await open(who, '?from=2026-13-99');
    expect(senseless.search.errors.from).toContain('Give the day');
    expect(senseless.books?.movements.items).toEqual([]);
  });

  test('shows a visitor what there is to try, and a guest what was used of it', async () => {
    expect(await open(null)).toMatchObject({ balance: { credits: 20, isGuest: true }, books: null, brands: [] });
    const guest = await house.aGuestWithCookie();
    expect(await open(guest)).toMatchObject({
      balance: { isGuest: true, nextAllowanceAt: null },
      books: { movements: { items: [{ kind: 'grant', amount: 20 }] } },
    });
  });

  test('shows the account of a brand to its people, and to nobody else', async () => {
    const who = await house.aPersonWithAccount();
    const { brand } = await house.anAd(house.contextOf(who.userId));
    const page = await open(who, `?account=${brand.id}`);
    expect(page).toMatchObject({ owner: brand.name, balance: { credits: 0, nextAllowanceAt: null } });
    expect(page.brands).toEqual([{ id: brand.id, name: brand.name }]);
    expect(page.usage.subject).toMatchObject({ kind: 'brand', id: brand.id });
    for (const query of [`?account=${brand.id}`, `?account=${crypto.randomUUID()}`, '?account=x']) {
      expect((await thrownBy(open(await house.aPersonWithAccount(), query))).status).toBe(404);
    }
    const visitor = await thrownBy(open(null, `?account=${brand.id}`));
    expect(visitor.headers.get('location')).toMatch(/^\/sign-in\?to=/);
  });
});

describe('the file of movements', () => {
  test('is a download with a name that says whose and which days, with the lines of the page', async () => {
    const who = await house.aPersonWithAccount();
    const id = await aMadePicture(who);
    const answer = await download(who, '?from=2026-01-01&to=2099-12-31');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect(answer.headers.get('content-disposition')).toContain(
      'attachment; filename="remixify-credits-2026-01-01-to-2099-12-31.csv"',
    );
    const lines = (await answer.text()).trimEnd().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^time \(UTC\),kind,change/);
    expect(lines[1]).toContain(`,${id},image.create,`);
    expect(lines[1]).toContain('"a lake, ""blue"""');
  });

  test('holds what the filter holds, and nothing of others', async () => {
    const who = await house.aPersonWithAccount();
    await aMadePicture(who);
    const holds = (await (await download(who, '?kind=hold')).text()).trimEnd().split('\r\n');
    expect(holds).toHaveLength(2);
    expect(holds[1]).toContain(',hold,-4,');
    const { brand } = await house.anAd(house.contextOf(who.userId));
    const named = await download(who, `?account=${brand.id}`);
    expect(named.headers.get('content-disposition')).toMatch(
      /remixify-credits-brand-[\w-]+-until-\d{4}-\d\d-\d\d\.csv/,
    );
    const stranger = await house.aPersonWithAccount();
    expect((await thrownBy(download(stranger, `?account=${brand.id}`))).status).toBe(404);
  });

  test('of days that make no sense, or of nobody, is none', async () => {
    const answer = await thrownBy(download(await house.aPersonWithAccount(), '?from=2026-11-02&to=2026-11-01'));
    expect([answer.status, await answer.text()]).toEqual([400, 'The last day lies before the first.']);
    expect((await thrownBy(download(null))).headers.get('location')).toMatch(/^\/sign-in/);
  });
});

describe('a receipt', () => {
  test('says everything about a generation: its result, its movements and its calls', async () => {
    const who = await house.aPersonWithAccount();
    const id = await aMadePicture(who);
    const { generation, receipt } = await receiptOf(id, who);
    expect(generation).toMatchObject({ status: 'done', output: { kind: 'image.create' } });
    expect(receipt).toMatchObject({ quoted: 4, held: 4, captured: 4, sum: 0, payer: { kind: 'user', name: 'Ann' } });
    expect(receipt.calls).toMatchObject([{ step: 'start', outcome: 'done' }]);
  });

  test('of somebody else is not there, as little as one that never was', async () => {
    const id = await aMadePicture(await house.aPersonWithAccount());
    for (const [number, who] of [
      [id, await house.aPersonWithAccount()],
      [id, await house.aGuestWithCookie()],
      [crypto.randomUUID(), await house.aPersonWithAccount()],
      ['1', await house.aPersonWithAccount()],
    ] as const)
      expect((await thrownBy(receiptOf(number, who))).status).toBe(404);
  });

  test('cancels what is still waiting, for its owner only', async () => {
    const who = await house.aPersonWithAccount();
    const { id } = await aPicture(who);
    const cancel = (by: Somebody) =>
      action(house.post(`/receipts/${id}`, { intent: 'cancel' }, { generationId: id }, by));
    expect(await cancel(await house.aPersonWithAccount())).toMatchObject({ init: { status: 404 } });
    expect(leadsTo(await cancel(who))).toBe(`/receipts/${id}`);
    expect(await receiptOf(id, who)).toMatchObject({
      generation: { status: 'cancelled' },
      receipt: { released: 4, captured: 0 },
    });
  });

  test('of measured texts counts their numbers instead of sending them', async () => {
    const who = await house.aPersonWithAccount();
    const { id } = await ask(who, { kind: 'text.embed', texts: ['a lake', 'the sea'] });
    await house.advance(id);
    const { generation } = await receiptOf(id, who);
    expect(generation.output).toMatchObject({ kind: 'text.embed', vectors: [[], []], dimensions: expect.any(Number) });
  });
});
