import { createDb } from '@repo/db';
import type { SystemActor } from '@repo/domain/context';
import { rebuildBalances } from '@repo/domain/credits/rebuild-balances';
import { rebuildUsageMonths } from '@repo/domain/quotas/rebuild-usage-months';
import { rollUpAllUsage } from '@repo/domain/usage/roll-up-usage';

export type Rebuilt = {
  /** Balances that were not the sum of their entries. */
  balances: number;
  /** Counters of months, one for each person and brand that used something in it. */
  months: number;
  /** Rows of usage by day. */
  days: number;
};

/** Counts everything anew that is derived from other rows. May run beside a running product. */
export async function rebuildDerived(databaseUrl: string): Promise<Rebuilt> {
  const db = createDb(databaseUrl, { max: 1, applicationName: 'remixify rebuild' });
  const actor: SystemActor = { kind: 'system', job: 'rebuild' };
  const ctx = { db, actor, now: () => new Date() };
  try {
    return {
      balances: await rebuildBalances(ctx),
      months: await rebuildUsageMonths(ctx),
      days: await rollUpAllUsage(ctx),
    };
  } finally {
    await db.close();
  }
}
