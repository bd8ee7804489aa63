import type { Weather } from '@repo/domain/generation/schema';
import { cn } from '@repo/ui';
import { WeatherDot } from './weather-dot.tsx';
import { troubles } from './weather-of.ts';

const CLOCK = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' });

/** A line for each model that is slow or down; nothing while all do well. Changes are read out when there is a pause. */
export function WeatherStrip({ weather, className }: { weather: readonly Weather[]; className?: string }) {
  const lines = troubles(weather);
  return (
    // Always there, so that what appears in it is heard.
    <div aria-live="polite" className={cn('empty:sr-only', className)}>
      {lines.length > 0 && (
        <ul aria-label="How the models do" className="grid gap-1.5 text-[13px] text-muted">
          {lines.map(({ model, kind, state, sentence, since }) => (
            <li key={`${model} ${kind}`} className="flex items-baseline gap-2">
              <WeatherDot state={state} className="translate-y-px" />
              <span>
                {sentence}
                {/* A model that is down says itself since when. */}
                {state === 'slow' && since && (
                  <>
                    {' '}
                    Since <time dateTime={since.toISOString()}>{CLOCK.format(since)} UTC</time>.
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
