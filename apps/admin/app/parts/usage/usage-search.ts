import { USAGE_GROUPS, type UsageGroup, usageDayOf } from '@repo/domain/usage/rules';
import { UsageInput } from '@repo/domain/usage/schema';
import { MEASURES, type Measure } from './measures.ts';

const DAY_MS = 86_400_000;

/** What a page of usage shows, as its address says it. */
export type UsageSearch = {
  /** As typed, also where it is no day. */
  from: string;
  to: string;
  by: UsageGroup;
  show: Measure;
  errors: { from?: string | undefined; to?: string | undefined };
  /** The days that are counted: what is wrong falls back to the last 30. */
  days: { from: string; to: string };
  spans: { label: string; from: string; to: string }[];
};

export type UsageRules = { groups: readonly UsageGroup[]; measures: readonly Measure[] };

/** Reads an address. What does not exist is passed over; days that cannot be are named in `errors`. */
export function readUsageSearch(address: string, { groups, measures }: UsageRules, now = new Date()): UsageSearch {
  const params = new URL(address, 'http://localhost').searchParams;
  const today = usageDayOf(now);
  const last30 = { from: usageDayOf(new Date(now.getTime() - 29 * DAY_MS)), to: today };
  const from = params.get('from') || last30.from;
  const to = params.get('to') || (from > today ? from : today);
  const parsed = UsageInput.safeParse({ from, to });
  const errorAt = (name: string) => parsed.error?.issues.find(({ path }) => path[0] === name)?.message;
  return {
    from,
    to,
    by: groups.find((group) => group === params.get('by')) ?? groups[0] ?? USAGE_GROUPS[0],
    show: measures.find((measure) => measure === params.get('show')) ?? measures[0] ?? MEASURES[0],
    errors: { from: errorAt('from'), to: errorAt('to') },
    days: parsed.success ? { from, to } : last30,
    spans: spansAt(now),
  };
}

/** The address of a page of usage for some days. */
export const usageAddress = (page: string, { from, to, by, show }: Pick<UsageSearch, 'from' | 'to' | 'by' | 'show'>) =>
  `${page}?${new URLSearchParams({ from, to, by, show })}`;

function spansAt(now: Date): UsageSearch['spans'] {
  const to = usageDayOf(now);
  const back = (days: number) => usageDayOf(new Date(now.getTime() - (days - 1) * DAY_MS));
  return [
    { label: 'Today', from: to, to },
    { label: '7 days', from: back(7), to },
    { label: '30 days', from: back(30), to },
    { label: '90 days', from: back(90), to },
    { label: 'This month', from: `${to.slice(0, 7)}-01`, to },
  ];
}
