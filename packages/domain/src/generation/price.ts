import type { Usage } from '@repo/ai';
import type { QuotaMetric } from '@repo/db';
import type { CatalogueEntry, Cost } from './catalogue.ts';
import type { RequestGenerationInput } from './request-schema.ts';

/** About four characters a token, and a little more for languages that are denser. */
const CHARS_PER_TOKEN = 3;
const DESCRIBE_TOKENS = 1_500;

/** The most tokens a request can take, in and out. */
export function mostTokens(request: RequestGenerationInput): number {
  switch (request.kind) {
    case 'text.structured':
      return (
        tokensOf(request.prompt) +
        tokensOf(request.system ?? '') +
        tokensOf(JSON.stringify(request.schema)) +
        request.maxOutputTokens
      );
    case 'text.stream':
      return tokensOf(request.prompt) + tokensOf(request.system ?? '') + request.maxOutputTokens;
    case 'text.embed':
      return request.texts.reduce((sum, text) => sum + tokensOf(text), 0);
    case 'image.describe':
      return tokensOf(request.prompt) + DESCRIBE_TOKENS;
    case 'speech.create':
      return tokensOf(request.prompt);
    case 'image.edit':
    case 'image.create':
    case 'video.create':
      return 0;
    default:
      return request satisfies never;
  }
}

/** What was used; tokens that a vendor does not tell are counted from what was written and answered. */
export function countTokens(usage: Usage, written: string, answered: string): Usage {
  if ((usage.inputTokens ?? 0) + (usage.outputTokens ?? 0) > 0) return usage;
  return { ...usage, inputTokens: tokensOf(written), outputTokens: tokensOf(answered) };
}

export const tokensOf = (text: string): number => Math.ceil(text.length / CHARS_PER_TOKEN);

/** The most that a request can cost with this model, in whole credits: what is held. */
export function quote(entry: CatalogueEntry, request: RequestGenerationInput): number {
  const price = entry.prices[request.kind];
  if (!price) return 0;
  switch (price.per) {
    case 'call':
    case 'image':
      return Math.ceil(price.credits);
    case 'second':
      return Math.ceil(price.credits * (request.kind === 'video.create' ? request.seconds : 1));
    case 'thousand tokens':
      return price.credits === 0 ? 0 : Math.max(1, Math.ceil((price.credits * mostTokens(request)) / 1000));
    default:
      return price.per satisfies never;
  }
}

/**
 * What it did cost, in whole credits: the price of the model that did it, by what was used, and never more than was
 * held. Tokens that were not told are taken as they were reserved.
 */
export function charge(
  entry: CatalogueEntry,
  request: RequestGenerationInput,
  { held, usage }: { held: number; usage: Usage },
): number {
  const price = entry.prices[request.kind];
  if (!price) return held;
  const tokens = (usage.inputTokens ?? 0) + (usage.outputTokens ?? 0);
  if (price.per !== 'thousand tokens' || tokens === 0) return Math.min(held, quote(entry, request));
  return Math.min(held, price.credits === 0 ? 0 : Math.max(1, Math.ceil((price.credits * tokens) / 1000)));
}

/** What a call costs whoever runs this, in micro-dollars. */
export const costOf = (cost: Cost, usage: Usage): number =>
  Math.round(
    (usage.images ?? 0) * (cost.image ?? 0) +
      (usage.videoSeconds ?? 0) * (cost.second ?? 0) +
      ((usage.inputTokens ?? 0) / 1000) * (cost.thousandInputTokens ?? 0) +
      ((usage.outputTokens ?? 0) / 1000) * (cost.thousandOutputTokens ?? 0),
  );

/** What a request counts against the month's quotas at most. */
export function reserveOf(entry: CatalogueEntry, request: RequestGenerationInput): Record<QuotaMetric, number> {
  const isPicture = request.kind === 'image.edit' || request.kind === 'image.create';
  return {
    images: isPicture ? 1 : 0,
    video_seconds: request.kind === 'video.create' ? request.seconds : 0,
    tokens: mostTokens(request),
    credits: quote(entry, request),
  };
}
