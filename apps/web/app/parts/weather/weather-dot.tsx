import type { Weather } from '@repo/domain/generation/schema';
import { cn } from '@repo/ui';

export type WeatherState = Weather['state'] | 'unknown';

const WORDS: Record<WeatherState, string> = {
  healthy: 'Does well',
  slow: 'Slow now',
  down: 'Down now',
  unknown: 'Not measured yet',
};

/** How a model does, by shape and by colour: full circle, half circle, cross, empty circle. */
export function WeatherDot({ state, className }: { state: WeatherState; className?: string }) {
  return (
    <span className={cn('inline-flex shrink-0', className)}>
      <svg viewBox="0 0 12 12" aria-hidden="true" className="size-3">
        {state === 'healthy' && <circle cx="6" cy="6" r="4" className="fill-success" />}
        {state === 'slow' && (
          <>
            <circle cx="6" cy="6" r="4.25" className="fill-none stroke-warning" strokeWidth="1.5" />
            <path d="M6 2a4 4 0 0 1 0 8Z" className="fill-warning" />
          </>
        )}
        {state === 'down' && (
          <path d="M2.5 2.5l7 7m0-7l-7 7" className="stroke-danger" strokeWidth="2" strokeLinecap="round" />
        )}
        {state === 'unknown' && (
          <circle cx="6" cy="6" r="3.75" className="fill-none stroke-control" strokeWidth="1.5" />
        )}
      </svg>
      <span className="sr-only">{WORDS[state]}</span>
    </span>
  );
}
