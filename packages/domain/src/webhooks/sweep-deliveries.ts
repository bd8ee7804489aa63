import { transactAs } from '@repo/db';
import { handleJob } from '@repo/jobs';
import { sql } from 'drizzle-orm';
import type { SystemContext } from '../context.ts';
import { sweepDeliveriesJob } from '../job-definitions.ts';
import { DELIVERIES_KEPT_DAYS } from './rules.ts';

const BATCH = 5_000;

/** Forgets deliveries after thirty days, some at a time so that nobody waits. */
export async function sweepDeliveries(ctx: SystemContext): Promise<number> {
  const before = new Date(ctx.now().getTime() - DELIVERIES_KEPT_DAYS * 86_400_000).toISOString();
  let removed = 0;
  for (;;) {
    const gone = await transactAs(ctx.db, ctx.actor, (tx) =>
      tx.execute(sql`
        delete from webhook_delivery where id in (
          select id from webhook_delivery where created_at < ${before}::timestamptz limit ${BATCH}) returning id`),
    );
    removed += gone.length;
    if (gone.length < BATCH) return removed;
  }
}

export const sweepOldDeliveries = handleJob(sweepDeliveriesJob, async (ctx: SystemContext) => {
  await sweepDeliveries(ctx);
});
