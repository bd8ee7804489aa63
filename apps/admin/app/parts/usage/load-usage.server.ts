import type { apiFor } from '@repo/runtime';
import { readUsageSearch, type UsageRules } from './usage-search.ts';

/** What a page of usage shows: of one brand, or without one of everybody. */
export async function loadUsage(
  api: Awaited<ReturnType<typeof apiFor>>,
  address: string,
  { rules, brandId }: { rules: UsageRules; brandId?: string },
) {
  const search = readUsageSearch(address, rules);
  const asked = { ...search.days, ...(brandId ? { brandId } : {}) };
  const days = await api.usage.read({ ...asked, groupBy: 'day' });
  const list = search.by === 'day' ? days : await api.usage.read({ ...asked, groupBy: search.by });
  return { search, days, list };
}
