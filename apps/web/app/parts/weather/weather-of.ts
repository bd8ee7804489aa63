import type { GenerationKind } from '@repo/domain/generation/rules';
import type { Weather } from '@repo/domain/generation/schema';

/** How a model does at a kind of work; undefined while nothing is known of it. */
export const weatherOf = (weather: readonly Weather[], model: string, kind: GenerationKind): Weather | undefined =>
  weather.find((one) => one.model === model && one.kind === kind);

/** Only what is slow or down. */
export const troubles = (weather: readonly Weather[]): readonly Weather[] =>
  weather.filter(({ state }) => state !== 'healthy');
