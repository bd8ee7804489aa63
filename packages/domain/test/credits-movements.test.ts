import { randomUUID } from 'node:crypto';
import type { Tx } from '@repo/db';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UserContext } from '../src/context.ts';
import { adjustCredits } from '../src/credits/adjust-credits.ts';
import { exportMovements } from '../src/credits/export-movements.ts';
import { readBalance } from '../src/credits/read-credits.ts';
import { readMovements } from '../src/credits/read-movements.ts';
import { readStatement } from '../src/credits/read-statement.ts';
import { refundGeneration } from '../src/credits/refund-generation.ts';
import { type Movement, MovementsInput, StatementInput } from '../src/credits/schema.ts';
import { transferCredits } from '../src/credits/transfer-credits.ts';
import { aLedgerHouse, type LedgerHouse } from './ledger-house.ts';

let house: LedgerHouse;
let staff: UserContext;
beforeAll(async () => {
  house = await aLedgerHouse();
  staff = await house.aPerson('staff');
});
afterAll(() => house.close());

const movementsOf = (who: UserContext, filter: object = {}) => readMovements(who, MovementsInput.parse(filter));
const statementOf = (who: UserContext, filter: object = {}) => readStatement(who, StatementInput.parse(filter));
const inWords = ({ kind, amount, moved, balance, counterpart }: Movement) =>
  `${kind} ${amount} (${moved}) = ${balance}, ${counterpart}`;
const day = (iso: string) => {
  house.clock.now = new Date(iso);
};
const adjust = (who: UserContext, amount: number, reason = 'A test.') =>
  adjustCredits(staff, { to: { userId: who.actor.userId }, amount, reason, idempotencyKey: randomUUID() });

/** Over three days: an allowance, 10 held and 7 taken, 5 held and given back, 7 refunded, 20 taken away. */
async function aBusyPerson(): Promise<UserContext> {
  const person = await house.aPerson();
  day('2026-11-20T12:00:00Z');
  const made = await house.held(person, 10, { prompt: 'a lake at dawn', kind: 'video.create' });
  day('2026-11-20T12:05:00Z');
  await house.capture(made, 7);
  day('2026-11-21T09:00:00Z');
  const failed = await house.held(person, 5);
  day('2026-11-21T09:01:00Z');
  await house.release(failed, 'the model is down');
  day('2026-11-22T23:59:59Z');
  const press = { generationId: made, reason: 'It came out black.', idempotencyKey: randomUUID() };
  await refundGeneration(staff, press);
  day('2026-11-23T00:00:00Z');
  await adjust(person, -20);
  return person;
}

const ALL = [
  'adjustment -20 (20) = 80, Remixify',
  'refund 7 (7) = 100, Spent',
  'release 5 (5) = 93, Held',
  'hold -5 (5) = 88, Held',
  'release 3 (3) = 93, Held',
  'capture 0 (7) = 90, Spent',
  'hold -10 (10) = 90, Held',
  'grant 100 (100) = 100, Remixify',
];

test('every movement of an account is listed, newest first, with the balance after it', async () => {
  const person = await aBusyPerson();
  const { items, nextCursor } = await movementsOf(person);
  expect(items.map(inWords)).toEqual(ALL);
  expect(nextCursor).toBeNull();
  expect(items.at(-2)).toMatchObject({
    at: new Date('2026-11-20T12:00:00Z'),
    memo: 'Held while it is made',
    generation: { kind: 'video.create', prompt: 'a lake at dawn', modelLabel: 'fake/model' },
  });
  expect(items[0]).toMatchObject({ generation: null, memo: 'Adjusted by the staff: A test.' });
});

test('a filter hides rows and changes no balance', async () => {
  const person = await aBusyPerson();
  const kinds = await movementsOf(person, { kinds: ['hold', 'capture'] });
  expect(kinds.items.map(inWords)).toEqual([ALL[3], ALL[5], ALL[6]]);
  const days = await movementsOf(person, { from: '2026-11-21', to: '2026-11-22' });
  expect(days.items.map(inWords)).toEqual([ALL[1], ALL[2], ALL[3]]);
  const both = await movementsOf(person, { from: '2026-11-21', kinds: ['adjustment'] });
  expect(both.items.map(inWords)).toEqual([ALL[0]]);
  expect((await movementsOf(person, { to: '2026-11-19' })).items).toEqual([]);
});

test('pages follow each other without a gap, and each row keeps its balance, with a filter too', async () => {
  const person = await aBusyPerson();
  for (const [filter, expected] of [
    [{}, ALL],
    [{ kinds: ['hold', 'release'] }, [ALL[2], ALL[3], ALL[4], ALL[6]]],
  ] as const) {
    for (const limit of [1, 3]) {
      const seen: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await movementsOf(person, { ...filter, limit, cursor });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        seen.push(...page.items.map(inWords));
        cursor = page.nextCursor;
      }
      expect(seen).toEqual(expected);
    }
  }
});

test('what is posted while somebody turns pages shifts no page', async () => {
  const person = await aBusyPerson();
  const first = await movementsOf(person, { limit: 4 });
  day('2026-11-24T00:00:00Z');
  await adjust(person, 1);
  const second = await movementsOf(person, { limit: 4, cursor: first.nextCursor });
  expect([...first.items, ...second.items].map(inWords)).toEqual(ALL);
});

test('the newest balance in the list is the balance, and the allowance is on it before anything was bought', async () => {
  const person = await house.aPerson();
  const { items } = await movementsOf(person);
  expect(items.map(inWords)).toEqual(['grant 100 (100) = 100, Remixify']);
  expect((await readBalance(person)).credits).toBe(100);
});

test('what a guest brought along names the guest, on either side', async () => {
  const [guest, person] = [await house.aPerson('guest'), await house.aPerson()];
  await readBalance(guest);
  await readBalance(person);
  const { userId: fromUserId } = guest.actor;
  const transfer = {
    fromUserId,
    toUserId: person.actor.userId,
    atMost: 20,
    memo: 'Brought along',
    now: house.clock.now,
  };
  await house.asSystem((tx) => transferCredits(tx, transfer));
  expect((await movementsOf(person)).items.map(inWords)[0]).toBe('transfer 20 (20) = 120, Guest otter');
});

test('a statement opens where the one before closed, and both sides of all its movements sum to zero', async () => {
  const person = await aBusyPerson();
  const all = await statementOf(person);
  expect(all).toMatchObject({ opening: 0, closing: 80, entries: 16, sum: 0, held: 0, from: null, to: null });
  expect(all.totals).toEqual([
    { kind: 'grant', count: 1, amount: 100, moved: 100 },
    { kind: 'hold', count: 2, amount: -15, moved: 15 },
    { kind: 'capture', count: 1, amount: 0, moved: 7 },
    { kind: 'release', count: 2, amount: 8, moved: 8 },
    { kind: 'refund', count: 1, amount: 7, moved: 7 },
    { kind: 'adjustment', count: 1, amount: -20, moved: 20 },
  ]);
  const first = await statementOf(person, { to: '2026-11-20' });
  const second = await statementOf(person, { from: '2026-11-21', to: '2026-11-22' });
  const third = await statementOf(person, { from: '2026-11-23' });
  expect([first, second, third].map(({ opening, closing, entries, sum }) => [opening, closing, entries, sum])).toEqual([
    [0, 93, 8, 0],
    [93, 100, 6, 0],
    [100, 80, 2, 0],
  ]);
  for (const { opening, closing, totals } of [all, first, second, third]) {
    expect(totals.reduce((sum, { amount }) => sum + amount, opening)).toBe(closing);
  }
});

test('what is set aside at this moment stands on the statement', async () => {
  const person = await house.aPerson();
  await house.held(person, 6);
  expect(await statementOf(person)).toMatchObject({ closing: 94, held: 6 });
});

test('members of a brand read its movements whatever their role; outsiders learn nothing of it; the staff may', async () => {
  const [owner, analyst, outsider] = [await house.aPerson(), await house.aPerson(), await house.aPerson()];
  const brandId = await house.aBrand(owner, 'Lopewell');
  await house.join(brandId, analyst, 'analyst');
  const press = { reason: 'A start.', idempotencyKey: randomUUID() };
  await adjustCredits(staff, { to: { brandId }, amount: 50, ...press });
  const made = await house.held(owner, 8, { brandId });
  await house.capture(made, 8);
  const expected = ['adjustment 50 (50) = 50, Remixify', 'capture 0 (8) = 42, Spent', 'hold -8 (8) = 42, Held'];
  for (const who of [owner, analyst, staff]) {
    expect((await movementsOf(who, { account: brandId })).items.map(inWords).sort()).toEqual(expected);
    const { account, closing, sum } = await statementOf(who, { account: brandId });
    expect([account, closing, sum]).toEqual([{ kind: 'brand', brandId, name: 'Lopewell' }, 42, 0]);
  }
  for (const account of [brandId, randomUUID()]) {
    await expect(movementsOf(outsider, { account })).rejects.toMatchObject({ code: 'not_found' });
    await expect(statementOf(outsider, { account })).rejects.toMatchObject({ code: 'not_found' });
  }
  const hasBrandMovement = (await movementsOf(owner)).items.some(({ generation }) => generation?.id === made);
  expect(hasBrandMovement).toBe(false);
});

async function csvOf(who: UserContext, filter: object = {}): Promise<string> {
  const { account, kinds, from, to } = MovementsInput.parse(filter);
  let text = '';
  for await (const piece of exportMovements(who, { account, kinds, from, to })) text += piece;
  return text;
}

test('the CSV has a line for each movement, numbers as numbers, and obeys the filter', async () => {
  const person = await aBusyPerson();
  const lines = (await csvOf(person)).split('\r\n');
  expect(lines[0]).toBe(
    'time (UTC),kind,change,credits moved,balance after,counterpart,what,generation,kind of work,model,prompt begins',
  );
  expect(lines[1]).toBe('2026-11-23T00:00:00.000Z,adjustment,-20,20,80,Remixify,Adjusted by the staff: A test.,,,,');
  expect(lines).toHaveLength(ALL.length + 2);
  expect(lines.at(-1)).toBe('');
  expect((await csvOf(person, { kinds: ['grant'] })).split('\r\n')).toHaveLength(3);
});

test('a prompt that is a formula, has quotes or line breaks stays text in a spreadsheet', async () => {
  const person = await house.aPerson();
  const prompts = ['=1+1', '+cmd', '-2', '@SUM(A1)', '\tx', ' =1', '＝1', 'say "hi", please', 'two\nlines', '\r=1'];
  for (const prompt of prompts) await house.held(person, 1, { prompt });
  const csv = await csvOf(person, { kinds: ['hold'] });
  const last = readCsv(csv)
    .slice(1)
    .map((row) => row.at(-1));
  expect(last.sort()).toEqual(
    ["'=1+1", "'+cmd", "'-2", "'@SUM(A1)", "'\tx", "' =1", "'＝1", 'say "hi", please', 'two\nlines', "'\r=1"].sort(),
  );
  expect(csv).toContain('"say ""hi"", please"');
});

test('an export of more lines than one piece is whole, in order and without repeats', async () => {
  const person = await house.aPerson();
  await adjust(person, 2_000);
  await house.asSystem((tx) => fill(tx, person.actor.userId, 2_345));
  const rows = readCsv(await csvOf(person)).slice(1);
  expect(rows).toHaveLength(2_345 + 2);
  const balances = rows.map((row) => Number(row[4]));
  const changes = rows.map((row) => Number(row[2]));
  expect(balances[0]).toBe(await house.balanceOf(person.actor));
  for (let n = 1; n < rows.length; n += 1) expect(balances[n]).toBe(balances[n - 1]! - changes[n - 1]!);
});

/** Grants of one credit, as fast as the database can. */
async function fill(tx: Tx, userId: string, count: number) {
  await tx.execute(sql`
    with movements as (select gen_random_uuid() as id, n from generate_series(1, ${count}::int) n)
    insert into ledger_entry (movement_id, account_id, kind, amount, memo, created_at)
    select m.id, a.id, 'grant', case when a.kind = 'issued' then -1 else 1 end, 'One', date_trunc('second', now()) - m.n * interval '1 minute'
    from movements m cross join ledger_account a where a.kind = 'issued' or a.user_id = ${userId}`);
}

/** RFC 4180, read strictly. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    if (end === '\r\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

test('a question that makes no sense is refused in words', () => {
  const wrong = MovementsInput.safeParse({ from: '2026-11-02', to: '2026-11-01' });
  expect(wrong.error?.issues.map(({ path, message }) => [path, message])).toEqual([
    [['to'], 'The last day lies before the first.'],
  ]);
  for (const filter of [{ from: '0000-01-01' }, { to: '2026-02-30' }, { kinds: ['cost'] }, { account: 'theirs' }]) {
    expect(MovementsInput.safeParse(filter).success).toBe(false);
  }
});
