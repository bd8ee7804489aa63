import type { Actor, Tx } from '@repo/db';
import { sql } from 'drizzle-orm';

export type NewEvent = {
  noun: 'generation' | 'asset' | 'ad' | 'remix' | 'brand' | 'credits' | 'account' | 'key' | 'report' | 'webhook';
  nounId: string;
  verb: string;
  /** Who is told live. */
  audienceId?: string | null;
  brandId?: string | null;
  /** Small and safe to show to the audience: never a secret, never a document. */
  payload?: Record<string, unknown>;
};

/** Writes down what happened, in the transaction that makes it happen. Runs as the owner: wrap in `asOwner` for a person. */
export async function recordEvent(tx: Tx, actor: Actor, event: NewEvent): Promise<void> {
  const actorId = actor.kind === 'user' ? actor.userId : null;
  const actorKind = actor.kind === 'user' ? 'user' : 'system';
  // By hand: nearly every write brings an event, and Drizzle spells all of its columns each time.
  await tx.execute(sql`
    insert into event (actor_id, actor_kind, noun, noun_id, verb, audience_id, brand_id, payload)
    values (${actorId}, ${actorKind}, ${event.noun}, ${event.nounId}, ${event.verb}, ${event.audienceId ?? null},
      ${event.brandId ?? null}, ${JSON.stringify(event.payload ?? {})})`);
}
