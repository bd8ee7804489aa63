import type { StaffReceipt } from '@repo/domain/operations/schema';
import { Badge } from '@repo/ui';
import { durationText, Moment } from '#app/parts/page/moment.tsx';
import { type Column, DataTable } from '#app/parts/table/data-table.tsx';
import { outcomeText } from './outcome-words.ts';

type Call = StaffReceipt['calls'][number] & { nth: number };

/** Words of a call that is neither finished nor broken. */
const UNDECIDED = new Set(['pending', 'not_taken', 'unknown']);
const toneOf = (outcome: string) => (outcome === 'done' ? 'success' : UNDECIDED.has(outcome) ? 'neutral' : 'danger');

const COLUMNS: Column<Call>[] = [
  { key: 'at', head: 'When', cell: ({ at }) => <Moment at={at} to="second" /> },
  { key: 'model', head: 'Model', cell: ({ model }) => model },
  { key: 'provider', head: 'Provider', cell: ({ provider }) => provider },
  { key: 'step', head: 'Step', cell: ({ step }) => step },
  {
    key: 'outcome',
    head: 'Outcome',
    cell: ({ outcome }) => <Badge tone={toneOf(outcome)}>{outcomeText(outcome)}</Badge>,
  },
  { key: 'seconds', head: 'Took', isNumber: true, cell: ({ seconds }) => durationText(seconds) },
];

/** Every call to a provider that a generation took. */
export function CallsTable({ calls }: { calls: StaffReceipt['calls'] }) {
  if (calls.length === 0) return <p className="text-sm text-muted">No provider was called for it.</p>;
  return (
    <DataTable
      caption="Calls to providers, in order"
      columns={COLUMNS}
      rows={calls.map((call, nth) => ({ ...call, nth }))}
      keyOf={({ nth }) => String(nth)}
    />
  );
}
