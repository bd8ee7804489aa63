import type { AlertView } from '@repo/domain/alerts/schema';
import { Badge } from '@repo/ui';
import { Moment } from '#app/parts/page/moment.tsx';

/** What is wrong now: what, since when, and what to do. */
export function OpenAlerts({ alerts }: { alerts: readonly AlertView[] }) {
  return (
    <ul className="grid gap-3">
      {alerts.map(({ id, severity, what, todo, openedAt, lastSeenAt }) => (
        <li key={id} className="grid gap-2 rounded-lg border border-line p-4">
          <p className="flex flex-wrap items-center gap-2 font-medium [overflow-wrap:anywhere]">
            <Badge tone={severity === 'critical' ? 'danger' : 'warning'}>
              {severity === 'critical' ? 'Critical' : 'Warning'}
            </Badge>
            {what}
          </p>
          <p className="[overflow-wrap:anywhere]">{todo}</p>
          <p className="text-[13px] text-muted">
            Since <Moment at={openedAt} />, last seen <Moment at={lastSeenAt} to="clock" />
          </p>
        </li>
      ))}
    </ul>
  );
}

/** What is over, the newest first. */
export function PastAlerts({ alerts }: { alerts: readonly AlertView[] }) {
  return (
    <ul className="grid gap-2">
      {alerts.map(({ id, what, openedAt, closedAt }) => (
        <li key={id} className="grid gap-0.5 border-t border-line pt-2 [overflow-wrap:anywhere]">
          <span>{what}</span>
          <span className="text-[13px] text-muted">
            <Moment at={openedAt} /> to {closedAt ? <Moment at={closedAt} /> : 'now'}
          </span>
        </li>
      ))}
    </ul>
  );
}
