import { type Actor, events, type Tx } from '@repo/db';

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
  await tx.insert(events).values({
    actorId: actor.kind === 'user' ? actor.userId : null,
    actorKind: actor.kind === 'user' ? 'user' : 'system',
    noun: event.noun,
    nounId: event.nounId,
    verb: event.verb,
    audienceId: event.audienceId ?? null,
    brandId: event.brandId ?? null,
    payload: event.payload ?? {},
  });
}
