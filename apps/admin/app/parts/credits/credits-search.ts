import { MovementKind, MovementsInput } from '@repo/domain/credits/schema';

/** Which movements a page shows, as its address says it. */
export type CreditsSearch = {
  kinds: MovementKind[];
  /** As typed, also where it is no day. */
  from: string;
  to: string;
  after: string | null;
  /** What is wrong with the days; those are left out of `filter`. */
  errors: { from?: string | undefined; to?: string | undefined };
  filter: { kinds: MovementKind[]; from?: string; to?: string };
};

/** Reads an address. Kinds that do not exist are passed over. */
export function readCreditsSearch(address: string): CreditsSearch {
  const params = new URL(address, 'http://localhost').searchParams;
  const kinds = [...new Set(params.getAll('kind'))].flatMap((kind) => MovementKind.safeParse(kind).data ?? []);
  const [from, to] = [params.get('from') ?? '', params.get('to') ?? ''];
  const days = { ...(from ? { from } : {}), ...(to ? { to } : {}) };
  const parsed = MovementsInput.safeParse(days);
  const errorAt = (name: string) => parsed.error?.issues.find(({ path }) => path[0] === name)?.message;
  return {
    kinds,
    from,
    to,
    after: params.get('after') || null,
    errors: { from: errorAt('from'), to: errorAt('to') },
    filter: { kinds, ...(parsed.success ? days : {}) },
  };
}

type Wanted = Partial<Pick<CreditsSearch, 'kinds' | 'from' | 'to' | 'after'>>;

/** The address of a page (or of its file) for a filter. */
export function creditsAddress(page: string, { kinds = [], from, to, after }: Wanted = {}): string {
  const params = new URLSearchParams(kinds.map((kind) => ['kind', kind]));
  for (const [name, value] of Object.entries({ from, to, after })) if (value) params.set(name, value);
  return params.size > 0 ? `${page}?${params}` : page;
}

export const isFiltered = ({ kinds, from, to }: Pick<CreditsSearch, 'kinds' | 'from' | 'to'>): boolean =>
  kinds.length > 0 || from !== '' || to !== '';
