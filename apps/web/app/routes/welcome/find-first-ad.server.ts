import type { AdView } from '@repo/domain/ads/schema';
import { apiFor } from '@repo/runtime';

/** An ad of the asker's brands, the most remixed one of the first brand that has any; null before the first. */
export async function findFirstAd(request: Request): Promise<AdView | null> {
  const api = await apiFor(request);
  for (const { id } of await api.brands.mine()) {
    const { topAds } = await api.brands.report({ brandId: id, days: 1 });
    if (topAds[0]) return api.ads.byId({ id: topAds[0].id });
  }
  return null;
}
