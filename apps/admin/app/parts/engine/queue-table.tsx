import type { EngineReport } from '@repo/domain/operations/schema';
import { Meter } from '@repo/ui';
import { type Column, DataTable } from '#app/parts/table/data-table.tsx';

type Queue = EngineReport['queues'][number];

const COLUMNS: Column<Queue>[] = [
  { key: 'provider', head: 'Provider', cell: ({ provider }) => <span className="font-medium">{provider}</span> },
  { key: 'waiting', head: 'Waiting', isNumber: true, cell: ({ waiting }) => waiting.toLocaleString('en') },
  { key: 'running', head: 'Running', isNumber: true, cell: ({ running }) => running.toLocaleString('en') },
  { key: 'checking', head: 'Checking', isNumber: true, cell: ({ checking }) => checking.toLocaleString('en') },
  { key: 'places', head: 'Places taken', cell: (queue) => <Places {...queue} />, className: 'sm:min-w-36' },
];

/** What waits for and runs at each provider. */
export function QueueTable({ queues }: { queues: readonly Queue[] }) {
  return <DataTable caption="Queues by provider" columns={COLUMNS} rows={queues} keyOf={({ provider }) => provider} />;
}

function Places({ provider, running, checking, atOnce }: Queue) {
  if (atOnce === null) return <span className="text-danger-text">No model of it is set up here</span>;
  const taken = running + checking;
  const words = `${taken.toLocaleString('en')} of ${atOnce.toLocaleString('en')}`;
  return (
    <Meter
      label={`Places taken at ${provider}`}
      value={atOnce === 0 ? 1 : taken / atOnce}
      valueText={words}
      tone={taken >= atOnce ? 'warning' : 'ink'}
      className="pt-1"
    >
      {words}
    </Meter>
  );
}
