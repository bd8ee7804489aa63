import type { Person } from '@repo/domain/accounts/schema';
import type { Balance } from '@repo/domain/credits/schema';
import type { apiFor } from '@repo/runtime';
import { readCreditsSearch } from './credits-search.ts';

const PAGE = 30;

type Caller = Awaited<ReturnType<typeof apiFor>>;

/** Everything on the page of credits. A visitor has no account to read: only what a guest would be given. */
export async function loadCredits(caller: Caller, address: string, person: Person | null) {
  const search = readCreditsSearch(address);
  const brandId = search.account === 'mine' ? undefined : search.account;
  // Somebody who is nobody yet has no brands: this leads to the sign-in.
  const books = person || brandId ? await readBooks(caller, search) : null;
  const [balance, brands, quotas, weather] = await Promise.all([
    brandId ? brandBalance(caller, brandId) : caller.credits.balance(),
    person && !person.isGuest ? caller.brands.mine() : [],
    caller.quotas.mine({ brandId }),
    caller.generation.weather(),
  ]);
  return {
    search,
    spans: spansAt(new Date()),
    balance,
    books,
    brands: brands.map(({ id, name }) => ({ id, name })),
    /** Whose account this is; null: the asker's own. */
    owner: brandId ? (books?.statement.account.name ?? null) : null,
    usage: quotas.brand ?? quotas.mine,
    weather,
  };
}

async function readBooks(caller: Caller, { filter, after, errors }: ReturnType<typeof readCreditsSearch>) {
  const { account, from, to } = filter;
  const isWrong = Boolean(errors.from ?? errors.to);
  const [movements, statement] = await Promise.all([
    isWrong ? { items: [], nextCursor: null } : caller.credits.movements({ ...filter, cursor: after, limit: PAGE }),
    caller.credits.statement({ account, from, to }),
  ]);
  return { movements, statement };
}

/** What a brand has at this moment. It is given nothing by the month. */
async function brandBalance(caller: Caller, brandId: string): Promise<Balance> {
  const { closing, held } = await caller.credits.statement({ account: brandId });
  return { credits: closing, held, isGuest: false, nextAllowanceAt: null };
}

/** Days in UTC that people ask for. */
function spansAt(now: Date) {
  const day = (year: number, month: number, date: number) =>
    new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10);
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  return [
    { label: 'This month', from: day(year, month, 1), to: day(year, month + 1, 0) },
    { label: 'Last month', from: day(year, month - 1, 1), to: day(year, month, 0) },
    { label: 'Today', from: now.toISOString().slice(0, 10), to: now.toISOString().slice(0, 10) },
  ];
}
