import type { EngineReport } from '@repo/domain/operations/schema';
import { StatTile } from '@repo/ui';
import { durationText } from '#app/parts/page/moment.tsx';

const count = (value: number): string => value.toLocaleString('en');

/** The state of the engine in four numbers. */
export function EngineTiles({ report }: { report: EngineReport }) {
  const { queues, oldestWaiting, lastHour, stuck, countedAt } = report;
  const sum = (of: (queue: EngineReport['queues'][number]) => number) => queues.reduce((all, one) => all + of(one), 0);
  const waited = oldestWaiting ? (countedAt.getTime() - oldestWaiting.since.getTime()) / 1000 : 0;
  const ended = lastHour.done + lastHour.failed;
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <StatTile
        label="Waiting"
        value={count(sum(({ waiting }) => waiting))}
        hint={oldestWaiting ? `the oldest for ${durationText(Math.max(0, waited))}` : 'nobody waits'}
      />
      <StatTile
        label="Under way"
        value={count(sum(({ running, checking }) => running + checking))}
        hint={`${count(sum(({ checking }) => checking))} being checked`}
      />
      <StatTile
        label="Failed in the last hour"
        value={count(lastHour.failed)}
        hint={ended > 0 ? `of ${count(ended)} that ended, ${percent(lastHour.failed / ended)}` : 'nothing ended'}
      />
      <StatTile
        label="Stuck"
        value={count(stuck.length)}
        hint={stuck.length === 0 ? 'none, as it should be' : 'nobody is at them'}
      />
    </div>
  );
}

const percent = (share: number): string => share.toLocaleString('en', { style: 'percent', maximumFractionDigits: 1 });
