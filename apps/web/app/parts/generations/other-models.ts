import type { GenerationView, ModelView, Weather } from '@repo/domain/generation/schema';
import { weatherOf } from '#app/parts/weather/weather-of.ts';
import { priceOf } from './price-of.ts';

export type ModelOffer = { model: ModelView; credits: number };

const AT_MOST = 2;

/**
 * Models that could still make what one failed to make, the best first. Each is a request of its own at its own price:
 * nothing is sent to another model that nobody pressed for.
 */
export function otherModels(
  { status, kind, model: failed, tried, failure }: GenerationView,
  models: readonly ModelView[],
  weather: readonly Weather[],
): ModelOffer[] {
  // What does not fit one model's rules is a matter of the prompt, unless the model itself was the trouble.
  if (status !== 'failed' || failure?.reason === 'internal') return [];
  const over = new Set([failed, ...tried.map(({ model }) => model)]);
  const able = models.filter(
    ({ id, kinds }) => kinds.includes(kind) && !over.has(id) && weatherOf(weather, id, kind)?.state !== 'down',
  );
  const inOrder = [...able.filter(({ isStandIn }) => !isStandIn), ...able.filter(({ isStandIn }) => isStandIn)];
  return inOrder.slice(0, AT_MOST).flatMap((model) => {
    const price = priceOf(models, model.id, kind);
    return price ? [{ model, credits: price.credits }] : [];
  });
}
