import type { Health } from './read-health.ts';

const HOUR = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });

/** "12:04 UTC", with the day where it was not today. */
export function sayTime(at: Date, now: Date): string {
  const isToday = at.toISOString().slice(0, 10) === now.toISOString().slice(0, 10);
  return `${isToday ? '' : `${DAY.format(at)}, `}${HOUR.format(at)} UTC`;
}

/** "0.4 s", "12 s", "3 min". */
export function sayDuration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds >= 120) return `${Math.round(seconds / 60)} min`;
  return `${seconds < 10 ? Number(seconds.toFixed(1)) : Math.round(seconds)} s`;
}

/** What is the matter with it, to stand behind its name; null while it is healthy. */
export function sayTrouble(health: Health, now: Date): string | null {
  switch (health.state) {
    case 'healthy':
      return null;
    case 'slow':
      return health.recentMs && health.usualMs
        ? `is slow now: about ${sayDuration(health.recentMs)} instead of ${sayDuration(health.usualMs)}`
        : 'is slow now';
    case 'down':
      return health.since ? `is down since ${sayTime(health.since, now)}` : 'is down';
    default:
      return health.state satisfies never;
  }
}

/** One plain sentence about a model that does not do well; null while it is healthy. */
export function sayHealth(label: string, health: Health, now: Date): string | null {
  const trouble = sayTrouble(health, now);
  if (!trouble) return null;
  if (health.state !== 'down') return `${label} ${trouble}.`;
  if (!health.retryAt) return `${label} ${trouble}; it is being tried again now.`;
  if (health.isDue) return `${label} ${trouble}; the next request tries it again.`;
  const seconds = Math.max(1, Math.ceil((health.retryAt.getTime() - now.getTime()) / 1000));
  return `${label} ${trouble}; it is tried again in ${seconds} s.`;
}
