import { creditsText } from '@repo/domain/credits/rules';
import type { GenerationKind } from '@repo/domain/generation/rules';
import type { ModelView } from '@repo/domain/generation/schema';

/** `isMost`: the models that may be taken differ in price, and this is the highest. */
export type PriceTag = { credits: number; isMost: boolean };

export const AUTO = 'auto';

/** Models of a kind that `auto` may take: stand-ins only where there is nothing else. */
export function autoModels(models: readonly ModelView[], kind: GenerationKind): readonly ModelView[] {
  const able = models.filter(({ kinds }) => kinds.includes(kind));
  const real = able.filter(({ isStandIn }) => !isStandIn);
  return real.length > 0 ? real : able;
}

/**
 * What a kind of work costs with a model, or with the one `auto` will take, in whole credits. `amount` counts what its
 * price is for: pictures, seconds or thousands of tokens. Null where no model does it.
 */
export function priceOf(
  models: readonly ModelView[],
  choice: string,
  kind: GenerationKind,
  amount = 1,
): PriceTag | null {
  const named = models.find(({ id }) => id === choice);
  const taken = named ? [named] : autoModels(models, kind);
  const prices = taken.flatMap((model) => model.prices.filter((price) => price.kind === kind));
  if (prices.length === 0) return null;
  const credits = prices.map((price) => Math.ceil(price.credits * (price.per === 'call' ? 1 : amount)));
  return { credits: Math.max(...credits), isMost: new Set(credits).size > 1 };
}

export const priceText = ({ credits, isMost }: PriceTag): string =>
  credits === 0 ? 'free' : `${isMost ? 'at most ' : ''}${creditsText(credits)}`;
