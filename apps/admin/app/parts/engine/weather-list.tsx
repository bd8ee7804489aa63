import type { Weather } from '@repo/domain/generation/schema';
import { Card } from '@repo/ui';
import { CloudSun } from 'lucide-react';
import { kindText } from '#app/parts/page/kind-words.ts';
import { durationText } from '#app/parts/page/moment.tsx';
import { HealthBadge } from './health-badge.tsx';

/** How the models do that were measured or are in trouble; trouble first. */
export function WeatherList({ weather }: { weather: readonly Weather[] }) {
  const rank = { down: 0, slow: 1, healthy: 2 };
  const sorted = weather.toSorted((a, b) => rank[a.state] - rank[b.state]);
  return (
    <Card padding="none">
      {sorted.length === 0 ? (
        <p className="flex items-center gap-3 p-4 text-sm text-muted">
          <CloudSun aria-hidden className="size-5" /> No model was measured yet.
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {sorted.map(({ model, kind, label, state, sentence, p50Seconds, p95Seconds }) => (
            <li key={`${model} ${kind}`} className="flex items-start justify-between gap-3 px-4 py-2.5 text-sm">
              <div className="grid min-w-0 gap-0.5">
                <p className="[overflow-wrap:anywhere]">
                  <span className="font-medium">{label}</span>{' '}
                  <span className="text-muted">{kindText(kind).toLowerCase()}</span>
                </p>
                <p className="text-[13px] text-muted tabular-nums">
                  {sentence ??
                    (p50Seconds === null ? 'No run within the last day to measure.' : paceText(p50Seconds, p95Seconds))}
                </p>
              </div>
              <HealthBadge state={state} isMeasured={p50Seconds !== null} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

const paceText = (p50: number, p95: number | null): string =>
  `Half within ${durationText(p50)}${p95 === null ? '' : `, nearly all within ${durationText(p95)}`}.`;
