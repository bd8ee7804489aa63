import { alerts, transactAs } from '@repo/db';
import { desc, eq, isNotNull, isNull } from 'drizzle-orm';
import type { SystemContext, UserContext } from '../context.ts';
import { mustBeStaff } from '../permissions/read-asker.ts';
import { type AlertRule, sayAlert } from './rules.ts';
import type { AlertsReport, AlertView } from './schema.ts';

const HISTORY = 50;

/** What is wrong now and what was. For the staff; throws `forbidden`. */
export const readAlerts = (ctx: UserContext): Promise<AlertsReport> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    await mustBeStaff(tx, ctx, 'operate', 'Only the staff may look at alerts.');
    const open = await tx
      .select()
      .from(alerts)
      .where(isNull(alerts.closedAt))
      .orderBy(alerts.severity, alerts.openedAt);
    const history = await tx
      .select()
      .from(alerts)
      .where(isNotNull(alerts.closedAt))
      .orderBy(desc(alerts.openedAt))
      .limit(HISTORY);
    return { open: open.map(viewOf), history: history.map(viewOf), countedAt: ctx.now() };
  });

/** One alert, for whoever tells of it; null when it is gone. */
export const readAlert = (ctx: SystemContext, id: string): Promise<AlertView | null> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    const [row] = await tx.select().from(alerts).where(eq(alerts.id, id));
    return row ? viewOf(row) : null;
  });

function viewOf(row: typeof alerts.$inferSelect): AlertView {
  const rule = row.rule as AlertRule;
  const { id, key, severity, openedAt, lastSeenAt, closedAt } = row;
  return { ...{ id, key, rule, severity, openedAt, lastSeenAt, closedAt }, ...sayAlert(rule, row.facts) };
}
