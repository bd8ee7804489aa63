import { Link } from '@remix-run/react';
import { creditsText } from '@repo/domain/credits/rules';
import type { Receipt as ReceiptView } from '@repo/domain/credits/schema';
import { Receipt, type ReceiptRow } from '@repo/ui';
import { ArrowRight } from 'lucide-react';
import { TriedModels } from '#app/parts/generations/tried-models.tsx';
import { durationText, Moment } from '#app/parts/page/moment.tsx';
import { wayOf } from '#app/parts/receipts/way-of.ts';

export type RemixReceiptProps = {
  receipt: ReceiptView;
  /** What the button says whose press it belongs to. */
  button?: string;
};

/** What a remix cost, movement by movement, why, and where there is more to read. */
export function RemixReceipt({ receipt, button = 'Remix' }: RemixReceiptProps) {
  const { quoted, held, captured, released, refunded, modelLabel, seconds, attempts, why, entries, sum, status } =
    receipt;
  const payer = receipt.payer.kind === 'brand' ? receipt.payer.name : 'you';
  const isOpen = held > captured + released;
  const rows: ReceiptRow[] = [
    { label: 'Quoted', value: creditsText(quoted), note: `before you pressed ${button}` },
    { label: 'Held', value: creditsText(held) },
    { label: 'Captured', value: creditsText(captured), tone: captured > 0 ? 'default' : 'muted' },
    { label: 'Given back', value: creditsText(released), tone: released > 0 ? 'success' : 'muted' },
    ...(refunded > 0 ? [{ label: 'Refunded', value: creditsText(refunded), tone: 'success' as const }] : []),
    { label: 'Model', value: modelLabel },
    ...(seconds === null ? [] : [{ label: 'Time', value: durationText(seconds) }]),
    ...(attempts > 1 ? [{ label: 'Attempts', value: String(attempts) }] : []),
    ...entries.map((entry) => ({
      label: entry.memo,
      value: `${Math.abs(entry.amount)}, ${wayOf(entry.kind, payer)}`,
      note: <Moment at={entry.at} />,
      tone: 'muted' as const,
    })),
  ];
  return (
    <section aria-label="Receipt" className="@container">
      <div className="grid grid-cols-1 items-start gap-6 @2xl:grid-cols-[minmax(0,28rem)_minmax(0,1fr)]">
        <Receipt
          title="Receipt"
          subtitle={`No. ${receipt.generationId}`}
          rows={rows}
          total={
            isOpen
              ? { label: 'Held for now', value: creditsText(held) }
              : { label: 'Charged', value: creditsText(captured - refunded) }
          }
          status={
            <>
              {why} Every movement leaves one account and enters another: these entries sum to {sum}.
            </>
          }
          statusTone={status === 'done' ? 'success' : status === 'failed' ? 'danger' : 'neutral'}
          className="max-w-md"
        />
        <div className="grid gap-5 text-sm @2xl:py-5">
          <div className="grid gap-1.5">
            <h3 className="font-semibold">Why this model</h3>
            <p className="text-muted">{receipt.choice}</p>
            <TriedModels tried={receipt.tried} />
          </div>
          <div className="grid gap-1.5">
            <h3 className="font-semibold">Where it went</h3>
            <p className="text-muted">
              Every call to a model, how long it took and what came of it, with the seed and the numbers that support
              asks for.
            </p>
          </div>
          <div className="flex flex-wrap gap-x-6 gap-y-2">
            <Link to={`/receipts/${receipt.generationId}`} prefetch="intent" className={LINK}>
              Full receipt
              <ArrowRight aria-hidden className="size-3.5" />
            </Link>
            <Link to="/credits" prefetch="intent" className={LINK}>
              All your credits
            </Link>
          </div>
        </div>
      </div>
    </section>
  );
}

const LINK =
  'inline-flex items-center gap-1 font-medium underline decoration-control/60 underline-offset-4 hover:decoration-current';
