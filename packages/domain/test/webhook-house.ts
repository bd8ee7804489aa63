import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { asOwner, type Tx, transactAs } from '@repo/db';
import { onTestFinished } from 'vitest';
import type { UserContext } from '../src/context.ts';
import { type NewEvent, recordEvent } from '../src/events/record-event.ts';
import type { World } from '../src/testing.ts';
import { claimDeliveries } from '../src/webhooks/claim-deliveries.ts';
import { createWebhook } from '../src/webhooks/create-webhook.ts';
import type { WebhookEventType } from '../src/webhooks/rules.ts';
import { tailEvents } from '../src/webhooks/tail-events.ts';
import { deliver } from '../src/webhooks/webhook-desk.ts';

export type Received = { headers: Record<string, string>; body: string; message: Record<string, unknown> };

/** A subscriber's server, which keeps what it was sent. */
export async function aReceiver(
  answer: (response: ServerResponse, count: number) => void = (response) => response.end(),
) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push({ headers: request.headers as Record<string, string>, body, message: JSON.parse(body) });
    answer(response, received.length);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
}

/** As the specification has it, written without a look at ours. */
export function isSignedWith(secret: string, { headers, body }: Received): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const hmac = createHmac('sha256', key);
  hmac.update(headers['webhook-id']!).update('.').update(headers['webhook-timestamp']!).update('.').update(body);
  const wanted = hmac.digest();
  return headers['webhook-signature']!.split(' ').some((one) => {
    const given = Buffer.from(one.split(',')[1]!, 'base64');
    return one.startsWith('v1,') && given.length === wanted.length && timingSafeEqual(given, wanted);
  });
}

export const aWebhook = (
  person: UserContext,
  url: string,
  types: WebhookEventType[] = ['credits.adjusted'],
  brandId?: string,
) => createWebhook(person, { url, types, description: '', brandId });

/** Something happens to this person. */
export const happen = (world: World, person: UserContext, more: Partial<NewEvent> = {}) =>
  transactAs(world.db, world.system.actor, (tx: Tx) =>
    asOwner(tx, (owner) =>
      recordEvent(owner, world.system.actor, {
        noun: 'credits',
        nounId: person.actor.userId,
        verb: 'adjusted',
        audienceId: person.actor.userId,
        payload: { amount: 7, reason: 'A gift', secretNote: 'not for others' },
        ...more,
      }),
    ),
  );

/** One look of a worker: reads the events, and sends what is due now, one an endpoint. */
export async function look(world: World, seats = { prompt: 8, slow: 8 }): Promise<number> {
  // Another test's transaction on the same server can hide the newest events for a moment.
  while ((await tailEvents(world.system)) > 0);
  const claimed = await claimDeliveries(world.system, seats);
  await Promise.all(claimed.map((one) => deliver(world.system, one, new AbortController().signal)));
  return claimed.length;
}

/** Looks until `isDone`, as a worker would. */
export async function lookUntil(world: World, isDone: () => boolean): Promise<void> {
  for (let round = 0; !isDone(); round++) {
    if (round > 2_000) throw new Error('It was never delivered.');
    if ((await look(world)) === 0) await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
