import { log } from '@repo/telemetry';
import type { SystemContext } from '../context.ts';
import { type ClaimedDelivery, claimDeliveries, releaseEndpoint, type Seats } from './claim-deliveries.ts';
import { dropDelivery, recordAttempt, stopEndpoint } from './record-attempt.ts';
import { sendDelivery } from './send-delivery.ts';
import { tailEvents } from './tail-events.ts';
import { writeMessage } from './write-message.ts';

const LOOK_EVERY_MS = 1_000;
const SEATS: Seats = { prompt: 16, slow: 8 };

/**
 * Where one worker process delivers webhooks: reads on in the events, takes what is due, one delivery an endpoint at a
 * time. Who is at an endpoint is written on it, so that a worker may die at any moment; its delivery is sent again then,
 * under the same id.
 */
export type WebhookDesk = { stop(): Promise<void> };

export function openWebhookDesk(ctx: SystemContext, seats: Seats = SEATS): WebhookDesk {
  const stopping = new AbortController();
  const atWork = new Set<Promise<void>>();
  let slow = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let looking: Promise<void> | null = null;
  let lookAgain = false;
  let wasAway = false;

  const begin = (claimed: ClaimedDelivery) => {
    if (claimed.isSlow) slow += 1;
    const run = deliver(ctx, claimed, stopping.signal)
      .catch((error: unknown) => log.error('a webhook could not be delivered', { webhook: claimed.endpoint.id, error }))
      .then(() => {
        atWork.delete(run);
        if (claimed.isSlow) slow -= 1;
        wake();
      });
    atWork.add(run);
  };

  const look = async () => {
    do {
      lookAgain = false;
      while ((await tailEvents(ctx)) > 0 && !stopping.signal.aborted);
      const free = { prompt: seats.prompt - (atWork.size - slow), slow: seats.slow - slow };
      for (const claimed of await claimDeliveries(ctx, free)) begin(claimed);
      wasAway = false;
    } while (lookAgain && !stopping.signal.aborted);
  };

  function wake(): void {
    if (stopping.signal.aborted) return;
    if (looking) {
      lookAgain = true;
      return;
    }
    if (timer) clearTimeout(timer);
    looking = look()
      .catch((error: unknown) => {
        // Once: a database that is away is away for every look.
        if (!wasAway) log.error('webhooks could not be looked for', { error });
        wasAway = true;
      })
      .finally(() => {
        looking = null;
        if (!stopping.signal.aborted) timer = setTimeout(wake, LOOK_EVERY_MS);
      });
  }
  wake();

  return {
    async stop() {
      stopping.abort(new Error('the worker stops'));
      if (timer) clearTimeout(timer);
      await looking;
      await Promise.allSettled(atWork);
    },
  };
}

/** One try of one delivery, from what may be told to what is written down. */
export async function deliver(ctx: SystemContext, claimed: ClaimedDelivery, signal: AbortSignal): Promise<void> {
  const message = await writeMessage(ctx, claimed);
  if ('stop' in message) return stopEndpoint(ctx, claimed, message.stop);
  if ('drop' in message) return dropDelivery(ctx, claimed, message.drop);
  try {
    await recordAttempt(ctx, claimed, await sendDelivery(ctx, claimed, message.body, signal));
  } catch (error) {
    if (!signal.aborted) throw error;
    await releaseEndpoint(ctx, claimed.endpoint.id);
  }
}
