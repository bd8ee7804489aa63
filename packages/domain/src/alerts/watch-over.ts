import { alerts, pulses, type Tx, transactAs } from '@repo/db';
import { handleJob } from '@repo/jobs';
import { and, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { SystemContext } from '../context.ts';
import { tellAlertJob, watchOverJob } from '../job-definitions.ts';
import { findTroubles } from './find-troubles.ts';
import { judgeSurroundings, type Surroundings } from './look-around.ts';
import { type Finding, QUIET_MS, REMIND_MS } from './rules.ts';

export type WatchTools = {
  /** By which ways somebody is told. */
  channels: readonly ('mail' | 'webhook')[];
  lookAround(): Promise<Surroundings>;
};
export type WatchContext = SystemContext & { watch: WatchTools };

/** Any number, as long as nobody else in the database locks it. */
const WATCH_LOCK = 727_318_905;
const PULSES_KEPT_MS = 60 * 60_000;

/** Looks what is wrong, opens and closes alerts, and asks for everybody to be told. Of several at once, one does it. */
export async function watchOver(ctx: WatchContext): Promise<void> {
  const surroundings = await ctx.watch.lookAround();
  await transactAs(ctx.db, ctx.actor, async (tx) => {
    const [lock] = await tx.execute<{ ours: boolean }>(sql`select pg_try_advisory_xact_lock(${WATCH_LOCK}) as ours`);
    if (!lock!.ours) return;
    const now = ctx.now();
    const found = [...judgeSurroundings(surroundings), ...(await findTroubles(tx, now))];
    await takeIn(tx, ctx, found, now);
    await tx.delete(pulses).where(lt(pulses.createdAt, new Date(now.getTime() - PULSES_KEPT_MS)));
  });
}

async function takeIn(tx: Tx, ctx: WatchContext, found: Finding[], now: Date): Promise<void> {
  const open = await tx.select().from(alerts).where(isNull(alerts.closedAt));
  const known = new Map(open.map((alert) => [alert.key, alert]));
  const tell = async (alertId: string, what: 'opened' | 'goes_on' | 'closed') => {
    for (const channel of ctx.watch.channels) await ctx.queue.enqueue(tx, tellAlertJob, { alertId, what, channel });
  };
  for (const { key, rule, severity, facts } of found) {
    const before = known.get(key);
    if (!before) {
      const [opened] = await tx
        .insert(alerts)
        .values({ key, rule, severity, facts, openedAt: now, lastSeenAt: now, toldAt: now })
        .returning({ id: alerts.id });
      await tell(opened!.id, 'opened');
      continue;
    }
    const isWorse = severity === 'critical' && before.severity === 'warning';
    const isDue = now.getTime() - (before.toldAt ?? before.openedAt).getTime() >= REMIND_MS;
    await tx
      .update(alerts)
      .set({ lastSeenAt: now, facts, severity, ...((isWorse || isDue) && { toldAt: now }) })
      .where(eq(alerts.id, before.id));
    if (isWorse || isDue) await tell(before.id, 'goes_on');
  }
  const seen = new Set(found.map(({ key }) => key));
  const over = open.filter(({ key, lastSeenAt }) => !seen.has(key) && now.getTime() - lastSeenAt.getTime() >= QUIET_MS);
  if (over.length === 0) return;
  const ids = over.map(({ id }) => id);
  await tx
    .update(alerts)
    .set({ closedAt: now })
    .where(and(inArray(alerts.id, ids), isNull(alerts.closedAt)));
  for (const id of ids) await tell(id, 'closed');
}

export const watchOverEverything = handleJob(watchOverJob, (ctx: WatchContext) => watchOver(ctx));
