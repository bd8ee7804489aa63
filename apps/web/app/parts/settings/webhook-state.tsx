import type { WebhookView } from '@repo/domain/webhooks/schema';
import { Badge } from '@repo/ui';

/** How a webhook does, in a word. */
export function WebhookState({ of: { state, failingSince } }: { of: WebhookView }) {
  if (state === 'paused') return <Badge>Paused</Badge>;
  if (state === 'stopped') return <Badge tone="danger">Stopped</Badge>;
  return failingSince ? <Badge tone="warning">Failing</Badge> : <Badge tone="success">Active</Badge>;
}
