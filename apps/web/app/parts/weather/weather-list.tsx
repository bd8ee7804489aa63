import type { Weather } from '@repo/domain/generation/schema';
import { Card } from '@repo/ui';
import { kindText } from '#app/parts/generations/kind-words.ts';
import { durationText } from '#app/parts/page/moment.tsx';
import { useWeather } from './use-weather.ts';
import { WeatherDot } from './weather-dot.tsx';

/** How every model does that was measured or is in trouble, healthy ones too. */
export function WeatherList({ weather: read }: { weather: readonly Weather[] }) {
  const weather = useWeather(read).filter(({ state, p50Seconds }) => state !== 'healthy' || p50Seconds !== null);
  return (
    <Card className="grid gap-3">
      <h2 className="font-semibold">How the models do now</h2>
      <div aria-live="polite">
        {weather.length === 0 ? (
          <p className="text-sm text-muted">None is in trouble. None has made enough yet to be measured.</p>
        ) : (
          <ul className="grid gap-2.5 text-[13px]">
            {weather.map(({ model, kind, label, state, sentence, p50Seconds }) => (
              <li key={`${model} ${kind}`} className="flex items-baseline gap-2">
                <WeatherDot state={state} className="translate-y-px" />
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
        )}
      </div>
    </Card>
  );
}
