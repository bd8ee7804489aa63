import type { StaffReceipt } from '@repo/domain/operations/schema';
import { Receipt, type ReceiptRow } from '@repo/ui';
import { movementWords, signed } from '#app/parts/credits/movement-words.ts';
import { Moment } from '#app/parts/page/moment.tsx';

/** What was quoted and what became of it, as whoever paid has it too. */
export function ReceiptSlip({ receipt }: { receipt: StaffReceipt }) {
  const { quoted, held, captured, released, refunded, status, why, generationId, createdAt, sum } = receipt;
  const rows: ReceiptRow[] = [
    { label: 'Quoted', value: quoted.toLocaleString('en') },
    { label: 'Held', value: held.toLocaleString('en'), tone: 'muted' },
    { label: 'Captured', value: captured.toLocaleString('en') },
    { label: 'Given back', value: released.toLocaleString('en'), ...(released > 0 ? { tone: 'success' } : {}) },
    ...(refunded > 0 ? [{ label: 'Refunded', value: refunded.toLocaleString('en'), tone: 'success' } as const] : []),
  ];
  return (
    <Receipt
      title={`Receipt ${generationId.slice(0, 8)}…${generationId.slice(-4)}`}
      subtitle={<Moment at={createdAt} to="second" />}
      rows={rows}
      total={{ label: 'Charged', value: `${(captured - refunded).toLocaleString('en')} credits` }}
      status={`${why} Its entries sum to ${sum}.`}
      statusTone={status === 'failed' ? 'danger' : status === 'done' ? 'success' : 'neutral'}
    />
  );
}

/** Its movements in order, from the payer's side. */
export function ReceiptEntries({ entries }: { entries: StaffReceipt['entries'] }) {
  if (entries.length === 0) return <p className="text-sm text-muted">No credit moved for it.</p>;
  return (
    <ol className="divide-y divide-line rounded-xl border border-line bg-surface text-sm">
      {entries.map(({ at, kind, amount, memo }, nth) => (
        <li key={nth} className="flex items-start justify-between gap-4 px-4 py-2.5">
          <div className="grid min-w-0 gap-0.5">
            <p>
              <span className="font-medium">{movementWords(kind).text}</span>{' '}
              <span className="text-muted [overflow-wrap:anywhere]">{memo}</span>
            </p>
            <p className="text-[13px] text-faint">
              <Moment at={at} to="second" />
            </p>
          </div>
          <span className="shrink-0 tabular-nums">
            {kind === 'capture' ? (
              <span className="text-muted">{Math.abs(amount).toLocaleString('en')} of the held</span>
            ) : (
              signed(amount)
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
