import type { Weather } from '@repo/domain/generation/schema';
import { Badge } from '@repo/ui';

const STATES = {
  healthy: { text: 'Healthy', tone: 'success' },
  slow: { text: 'Slow', tone: 'warning' },
  down: { text: 'Down', tone: 'danger' },
} as const satisfies Record<Weather['state'], { text: string; tone: 'success' | 'warning' | 'danger' }>;

/** How a model does, in a word. */
export function HealthBadge({ state }: { state: Weather['state'] }) {
  const { text, tone } = STATES[state];
  return <Badge tone={tone}>{text}</Badge>;
}
