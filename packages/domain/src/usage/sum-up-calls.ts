import { PROVIDER_FAILURES } from '@repo/ai';
import { type SQL, sql } from 'drizzle-orm';

/** An answer that decides nothing: what was asked for goes on, and a later answer counts. */
const UNDECIDED = sql`('pending', 'not_taken', 'unknown')`;
const FAILED = sql`(${sql.join(
  [...PROVIDER_FAILURES, 'internal'].map((reason) => sql`${reason}`),
  sql`, `,
)})`;

/**
 * Calls to providers by day (UTC), provider, model, operation, person and brand. A request that is answered later
 * counts as one call, with the time that all its questions took.
 */
export const sumUpCalls = (since: SQL): SQL => sql`
  select (created_at at time zone 'UTC')::date as day, provider, model, operation, user_id, brand_id,
    count(*) filter (where outcome not in ${UNDECIDED})::int as calls,
    count(*) filter (where outcome in ${FAILED})::int as failures,
    sum(images)::int as images, sum(video_seconds)::real as video_seconds,
    sum(input_tokens)::bigint as input_tokens, sum(output_tokens)::bigint as output_tokens,
    sum(cost_micro_usd)::bigint as cost_micro_usd, sum(latency_ms)::bigint as latency_ms
  from provider_call where created_at >= ${since} group by 1, 2, 3, 4, 5, 6`;

/** The first moment of a day, UTC. */
export const startOf = (day: string): SQL => sql`${day}::timestamp at time zone 'UTC'`;
