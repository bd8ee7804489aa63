import type { Weather } from '@repo/domain/generation/schema';
import { Badge } from '@repo/ui';

const STATES = {
  healthy: { text: 'Healthy', tone: 'success' },
  slow: { text: 'Slow', tone: 'warning' },
  down: { text: 'Down', tone: 'danger' },
} as const satisfies Record<Weather['state'], { text: string; tone: 'success' | 'warning' | 'danger' }>;

export type HealthBadgeProps = {
  state: Weather['state'];
  /** False where nothing was measured: nobody can say then that it does well. */
  isMeasured?: boolean;
};

/** How a model does, in a word. */
export function HealthBadge({ state, isMeasured = true }: HealthBadgeProps) {
  if (state === 'healthy' && !isMeasured) return <Badge>Not used lately</Badge>;
  const { text, tone } = STATES[state];
  return <Badge tone={tone}>{text}</Badge>;
}
