import { asOwner, type Tx } from '@repo/db';
import { sql } from 'drizzle-orm';
import type { HealthKey } from './health-row.ts';

/** An invitation that led nowhere (cancelled, still waiting in line) goes to somebody else after this. */
const LAPSES_AFTER_SECONDS = 60;

/**
 * Sends one request a break to a model that may be tried again: without it `auto` would never find out that it is
 * back, and with more than one everybody would wait for it. Never waits for another request.
 */
export function inviteProbe(tx: Tx, { provider, model, kind }: HealthKey, now: Date): Promise<boolean> {
  const at = sql`${now.toISOString()}::timestamptz`;
  return asOwner(tx, async (owner) => {
    const invited = await owner.execute(sql`
      update model_health set invited_at = ${at}
      where (provider, model, operation) in (
        select provider, model, operation from model_health
        where provider = ${provider} and model = ${model} and operation = ${kind}
          and state <> 'closed' and (probe_until is null or probe_until <= ${at})
          and (invited_at is null or invited_at < probe_until
            or invited_at < ${at} - make_interval(secs => ${LAPSES_AFTER_SECONDS}))
        for update skip locked)
      returning 1`);
    return invited.length > 0;
  });
}
