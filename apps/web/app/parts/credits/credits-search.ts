import { AccountRef, MovementKind, MovementsInput } from '@repo/domain/credits/schema';

/** What the page of credits shows, as its address says it. */
export type CreditsSearch = {
  account: AccountRef;
  kinds: MovementKind[];
  /** As typed, also where it is no day. */
  from: string;
  to: string;
  after: string | null;
  /** What is wrong with the days. What is wrong is left out of `filter`. */
  errors: { from?: string | undefined; to?: string | undefined };
  filter: Pick<MovementsInput, 'account' | 'kinds' | 'from' | 'to'>;
};

/** Reads an address. An account that cannot be one is a missing page, kinds that do not exist are passed over. */
export function readCreditsSearch(address: string): CreditsSearch {
  const params = new URL(address, 'http://localhost').searchParams;
  const account = AccountRef.safeParse(params.get('account') || undefined);
  if (!account.success) throw new Response('There is no such account.', { status: 404 });
  const kinds = [...new Set(params.getAll('kind'))].flatMap((kind) => MovementKind.safeParse(kind).data ?? []);
  const [from, to] = [params.get('from') ?? '', params.get('to') ?? ''];
  const asked = { account: account.data, kinds, ...(from ? { from } : {}), ...(to ? { to } : {}) };
  const parsed = MovementsInput.safeParse(asked);
  const errorAt = (name: string) => parsed.error?.issues.find(({ path }) => path[0] === name)?.message;
  const errors = { from: errorAt('from'), to: errorAt('to') };
  return {
    account: account.data,
    kinds,
    from,
    to,
    after: params.get('after') || null,
    errors,
    filter: {
      account: account.data,
      kinds,
      ...(from && !errors.from && !errors.to ? { from } : {}),
      ...(to && !errors.from && !errors.to ? { to } : {}),
    },
  };
}

type Wanted = Partial<Pick<CreditsSearch, 'account' | 'kinds' | 'from' | 'to' | 'after'>>;

/** The address of the page (or of its file) for a filter. */
export function creditsAddress({ account, kinds = [], from, to, after }: Wanted = {}, page = '/credits'): string {
  const params = new URLSearchParams([
    ...(account && account !== 'mine' ? [['account', account]] : []),
    ...kinds.map((kind) => ['kind', kind]),
    ...(from ? [['from', from]] : []),
    ...(to ? [['to', to]] : []),
    ...(after ? [['after', after]] : []),
  ] as [string, string][]);
  return params.size > 0 ? `${page}?${params}` : page;
}

export const isFiltered = ({ kinds, from, to }: Pick<CreditsSearch, 'kinds' | 'from' | 'to'>): boolean =>
  kinds.length > 0 || from !== '' || to !== '';
