import { Link } from '@remix-run/react';
import { STUCK_AFTER_SECONDS } from '@repo/domain/operations/rules';
import type { OpenWork } from '@repo/domain/operations/schema';
import { Badge, Notice } from '@repo/ui';
import { kindText, statusWords } from '#app/parts/page/kind-words.ts';
import { Moment } from '#app/parts/page/moment.tsx';
import { type Column, DataTable } from '#app/parts/table/data-table.tsx';

const COLUMNS: Column<OpenWork>[] = [
  {
    key: 'what',
    head: 'What',
    cell: ({ id, kind }) => (
      <Link to={`/receipts/${id}`} className="font-medium underline decoration-control/60 underline-offset-4">
        {kindText(kind)}
      </Link>
    ),
  },
  { key: 'model', head: 'Model', cell: ({ modelLabel }) => modelLabel },
  {
    key: 'status',
    head: 'State',
    cell: ({ status }) => {
      const { text, tone } = statusWords(status);
      return <Badge tone={tone}>{text}</Badge>;
    },
  },
  { key: 'since', head: 'Last sign of life', cell: ({ since }) => <Moment at={since} to="second" /> },
];

/** Work without an owner; nothing where there is none. */
export function StuckWork({ stuck }: { stuck: readonly OpenWork[] }) {
  if (stuck.length === 0) return null;
  return (
    <section aria-label="Stuck work" className="grid gap-3">
      <Notice
        tone="danger"
        title={stuck.length === 1 ? 'One piece of work is stuck' : `${stuck.length} pieces of work are stuck`}
      >
        Nobody was at them for {STUCK_AFTER_SECONDS / 60} minutes, although there is room. Look whether a worker runs,
        and at its log. Their credits are only held: they come back if nothing is delivered.
      </Notice>
      <DataTable caption="Stuck work, oldest first" columns={COLUMNS} rows={stuck} keyOf={({ id }) => id} />
    </section>
  );
}
