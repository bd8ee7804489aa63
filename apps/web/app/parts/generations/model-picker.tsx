import type { GenerationKind } from '@repo/domain/generation/rules';
import type { ModelView, Weather } from '@repo/domain/generation/schema';
import { RadioCards } from '@repo/ui';
import { ChevronDown } from 'lucide-react';
import { WeatherDot } from '#app/parts/weather/weather-dot.tsx';
import { weatherOf } from '#app/parts/weather/weather-of.ts';
import { AUTO, priceOf, priceText } from './price-of.ts';

const DAY = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

export type ModelPickerProps = {
  kind: GenerationKind;
  /** All of this kind; more than one. */
  models: readonly ModelView[];
  weather: readonly Weather[];
  value: string;
  onChange(id: string): void;
  error?: string | undefined;
};

/** Which model shall do it. Folded: most people leave it to us. Real radios inside, so it posts without scripts too. */
export function ModelPicker({ kind, models, weather, value, onChange, error }: ModelPickerProps) {
  const chosen = models.find(({ id }) => id === value);
  const stateOf = (id: string) => weatherOf(weather, id, kind)?.state ?? 'unknown';
  const tagOf = (id: string) => {
    const price = priceOf(models, id, kind);
    return price ? priceText(price) : '';
  };
  return (
    <details open={error ? true : undefined} className="group rounded-lg border border-line-strong bg-surface">
      <summary className="flex min-h-10 cursor-pointer list-none items-center gap-2 rounded-lg px-3 text-sm [&::-webkit-details-marker]:hidden">
        <span className="text-muted">Model</span>
        <span className="min-w-0 flex-1 truncate font-medium">{chosen?.label ?? 'Automatic'}</span>
        {chosen && <WeatherDot state={stateOf(chosen.id)} />}
        <ChevronDown aria-hidden className="size-4 shrink-0 text-muted transition-transform group-open:rotate-180" />
      </summary>
      <div className="border-t border-line p-3">
        <RadioCards
          name="model"
          legend="Model"
          hideLegend
          value={value}
          onChange={onChange}
          error={error}
          options={[
            {
              value: AUTO,
              label: 'Automatic',
              aside: tagOf(AUTO),
              description: 'Takes the one that does best at that moment. The receipt says which, and why.',
            },
            ...models.map((model) => ({
              value: model.id,
              label: (
                <span className="inline-flex items-center gap-2">
                  <span className="min-w-0 [overflow-wrap:anywhere]">{model.label}</span>
                  <WeatherDot state={stateOf(model.id)} />
                </span>
              ),
              aside: tagOf(model.id),
              description: aboutModel(model, weatherOf(weather, model.id, kind)),
            })),
          ]}
        />
      </div>
    </details>
  );
}

/** How long it takes, what it is, how it does now, and when its vendor ends it. */
function aboutModel({ typicalSeconds, isStandIn, retiresOn }: ModelView, weather: Weather | undefined): string {
  const seconds = Math.max(1, Math.round(weather?.p50Seconds ?? typicalSeconds));
  return [
    `About ${seconds} s.`,
    isStandIn ? 'A stand-in: our own effects by rules, no AI.' : null,
    weather?.sentence,
    retiresOn ? `Its vendor ends it on ${DAY.format(new Date(`${retiresOn}T00:00:00Z`))}.` : null,
  ]
    .filter(Boolean)
    .join(' ');
}
