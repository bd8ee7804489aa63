import { Link } from '@remix-run/react';
import { creditsText } from '@repo/domain/credits/rules';
import type { Receipt as ReceiptView } from '@repo/domain/credits/schema';
import { Receipt, type ReceiptRow } from '@repo/ui';
import { durationText, Moment } from '#app/parts/page/moment.tsx';

/** The whole slip of a generation: what it cost, who paid, and every number that somebody may ask for. */
export function ReceiptSlip({ receipt, payer }: { receipt: ReceiptView; payer: string }) {
  const { quoted, held, captured, released, refunded, seconds, attempts, seed, operation, status } = receipt;
  const isOpen = held > captured + released;
  const rows: ReceiptRow[] = [
    { label: 'Quoted', value: creditsText(quoted), note: 'the most it could cost' },
    { label: 'Held', value: creditsText(held) },
    { label: 'Captured', value: creditsText(captured), tone: captured > 0 ? 'default' : 'muted' },
    { label: 'Given back', value: creditsText(released), tone: released > 0 ? 'success' : 'muted' },
    { label: 'Refunded', value: creditsText(refunded), tone: refunded > 0 ? 'success' : 'muted' },
    { label: 'Paid by', value: payer },
    { label: 'Model', value: receipt.modelLabel },
    { label: 'Asked for', value: <Moment at={receipt.createdAt} /> },
    ...(receipt.finishedAt ? [{ label: 'Ended', value: <Moment at={receipt.finishedAt} /> }] : []),
    ...(seconds === null ? [] : [{ label: 'Time', value: durationText(seconds) }]),
    { label: 'Attempts', value: String(attempts) },
    { label: 'Seed', value: String(seed) },
    ...(operation ? [{ label: 'Vendor’s number', value: operation, note: 'for the vendor’s support' }] : []),
  ];
  return (
    <section aria-label="Receipt">
      <Receipt
        title="Receipt"
        subtitle={`No. ${receipt.generationId}`}
        rows={rows}
        total={
          isOpen
            ? { label: 'Held for now', value: creditsText(held - captured - released) }
            : { label: 'Charged', value: creditsText(captured - refunded) }
        }
        status={receipt.why}
        statusTone={status === 'done' ? 'success' : status === 'failed' ? 'danger' : 'neutral'}
        className="max-w-none"
      />
      <p className="px-1 pt-3 text-[13px] text-muted">
        Every movement leaves one account and enters another: these entries sum to {receipt.sum}.{' '}
        <Link to="/credits" className="underline underline-offset-4 hover:text-ink">
          All your credits
        </Link>
      </p>
    </section>
  );
}
