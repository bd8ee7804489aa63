import type { Weather } from '@repo/domain/generation/schema';
import { Card } from '@repo/ui';
import { kindText } from '#app/parts/generations/kind-words.ts';
import { durationText } from '#app/parts/page/moment.tsx';
import { useWeather } from './use-weather.ts';
import { WeatherDot } from './weather-dot.tsx';

/** How every model does at this moment, healthy ones too. */
export function WeatherList({ weather: read }: { weather: readonly Weather[] }) {
  const weather = useWeather(read);
  if (weather.length === 0) return null;
  return (
    <Card className="grid gap-3">
      <h2 className="font-semibold">How the models do now</h2>
      <ul aria-live="polite" className="grid gap-2.5 text-[13px]">
        {weather.map(({ model, kind, label, state, sentence, p50Seconds }) => (
          <li key={`${model} ${kind}`} className="flex items-baseline gap-2">
            <WeatherDot
              state={p50Seconds === null && state === 'healthy' ? 'unknown' : state}
              className="translate-y-px"
            />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {label}
              <span className="block text-muted">
                {kindText(kind)}
                {p50Seconds !== null && `, about ${durationText(p50Seconds)}`}
                {sentence && `. ${sentence}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
