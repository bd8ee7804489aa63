import { creditsText } from '@repo/domain/credits/rules';
import type { Receipt as ReceiptView } from '@repo/domain/credits/schema';
import { Receipt, type ReceiptRow } from '@repo/ui';

const CLOCK = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });

/** Which way each kind of movement goes: it leaves one account and enters another, so both sides sum to 0. */
const WAYS: Record<string, string> = { hold: 'you to held', capture: 'held to spent', release: 'held to you' };

export type RemixReceiptProps = {
  receipt: ReceiptView;
  /** What the button says whose press it belongs to. */
  button?: string;
};

/** What a remix cost, movement by movement, and why. */
export function RemixReceipt({ receipt, button = 'Remix' }: RemixReceiptProps) {
  const { quoted, held, captured, released, modelLabel, seconds, attempts, why, entries, sum, status } = receipt;
  const isOpen = held > captured + released;
  const rows: ReceiptRow[] = [
    { label: 'Quoted', value: creditsText(quoted), note: `before you pressed ${button}` },
    { label: 'Held', value: creditsText(held) },
    { label: 'Captured', value: creditsText(captured), tone: captured > 0 ? 'default' : 'muted' },
    { label: 'Given back', value: creditsText(released), tone: released > 0 ? 'success' : 'muted' },
    { label: 'Model', value: modelLabel },
    ...(seconds === null ? [] : [{ label: 'Time', value: secondsText(seconds) }]),
    ...(attempts > 1 ? [{ label: 'Attempts', value: String(attempts) }] : []),
    ...entries.map((entry) => ({
      label: entry.memo,
      value: `${Math.abs(entry.amount)}, ${WAYS[entry.kind] ?? entry.kind}`,
      note: <time dateTime={entry.at.toISOString()}>{CLOCK.format(entry.at)} UTC</time>,
      tone: 'muted' as const,
    })),
  ];
  return (
    <section aria-label="Receipt">
      <Receipt
        title="Receipt"
        subtitle={`No. ${receipt.generationId}`}
        rows={rows}
        total={
          isOpen
            ? { label: 'Held for now', value: creditsText(held) }
            : { label: 'Charged', value: creditsText(captured) }
        }
        status={
          <>
            {why} Every movement leaves one account and enters another: these entries sum to {sum}.
          </>
        }
        statusTone={status === 'done' ? 'success' : status === 'failed' ? 'danger' : 'neutral'}
        className="max-w-md"
      />
    </section>
  );
}

const secondsText = (seconds: number): string => `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
