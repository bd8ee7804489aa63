import { events, memberships, transactAs } from '@repo/db';
import { and, eq } from 'drizzle-orm';
import type { SystemContext } from '../context.ts';
import { mayAs } from '../permissions/rules.ts';
import type { ClaimedDelivery } from './claim-deliveries.ts';
import { PING, WEBHOOK_EVENTS, type WebhookEventType } from './rules.ts';

/** `stop`: nobody may be told any more. `drop`: they may no longer see this one. */
export type Message = { body: string } | { stop: string } | { drop: string };

/** The message as the owner of the endpoint may see it at this moment: read through the wall, as them. */
export const writeMessage = (ctx: SystemContext, { delivery, endpoint }: ClaimedDelivery): Promise<Message> => {
  const owner = { kind: 'user', userId: endpoint.ownerId, isGuest: false } as const;
  return transactAs(ctx.db, owner, async (tx) => {
    if (endpoint.brandId) {
      const isTheirs = and(eq(memberships.userId, endpoint.ownerId), eq(memberships.brandId, endpoint.brandId));
      const [membership] = await tx.select({ role: memberships.role }).from(memberships).where(isTheirs);
      if (!membership || !mayAs(membership.role, 'manage_webhooks')) {
        return {
          stop: 'Whoever set this webhook up no longer runs the brand. An owner or admin can take it up again.',
        };
      }
    }
    const head = { id: delivery.id, type: delivery.type, createdAt: delivery.happenedAt.toISOString() };
    if (delivery.eventId === null || delivery.type === PING) {
      return { body: JSON.stringify({ ...head, data: { message: 'This is a test.' } }) };
    }
    const [event] = await tx.select().from(events).where(eq(events.id, delivery.eventId));
    if (!event) return { drop: 'You may no longer see this event.' };
    const { fields, more } = WEBHOOK_EVENTS[delivery.type as WebhookEventType];
    const told = Object.fromEntries(
      fields.flatMap((name) => (name in event.payload ? [[name, event.payload[name]]] : [])),
    );
    const url = more?.replace('{id}', event.nounId);
    const data = { id: event.nounId, brandId: event.brandId, ...told, ...(url && { url }) };
    return { body: JSON.stringify({ ...head, data }) };
  });
};
