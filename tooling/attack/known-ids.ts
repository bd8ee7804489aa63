import { randomUUID } from 'node:crypto';
import type { Target } from './target.ts';

/** The author's row that a field of this name would hold the number of. */
export function idsOf({ known, people }: Target): (field: string, path: string) => string {
  const byField: Record<string, string> = {
    adId: known.adId,
    assetId: known.assetId,
    remixId: known.draftId,
    parentId: known.publishedId,
    generationId: known.generationId,
    brandId: known.brandId,
    userId: people.author.userId,
    account: known.brandId,
    firstFrameId: known.assetId,
    lastFrameId: known.assetId,
    referenceIds: known.assetId,
  };
  const byNoun: Record<string, string> = {
    ads: known.adId,
    assets: known.assetId,
    brands: known.brandId,
    generation: known.generationId,
    operations: known.generationId,
    remixes: known.draftId,
  };
  return (field, path) => byField[field] ?? byNoun[path.split('.')[0]!] ?? randomUUID();
}
