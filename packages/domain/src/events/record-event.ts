import { type Actor, ask, type Tx } from '@repo/db';

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

const WRITE = `
  insert into event (actor_id, actor_kind, noun, noun_id, verb, audience_id, brand_id, payload)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`;

/** Writes down what happened, in the transaction that makes it happen. Runs as the owner: wrap in `asOwner` for a person. */
export async function recordEvent(tx: Tx, actor: Actor, event: NewEvent): Promise<void> {
  const actorId = actor.kind === 'user' ? actor.userId : null;
  const actorKind = actor.kind === 'user' ? 'user' : 'system';
  const { noun, nounId, verb, audienceId = null, brandId = null, payload = {} } = event;
  await ask(tx, WRITE, [actorId, actorKind, noun, nounId, verb, audienceId, brandId, JSON.stringify(payload)]);
}
