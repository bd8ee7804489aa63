import type { Statement } from '@repo/domain/credits/schema';
import { Card, cn } from '@repo/ui';
import { Scale } from 'lucide-react';
import { movementWords, signed } from './movement-words.ts';

/** What there was before, what happened, what there is: and the proof that nothing appeared or vanished on the way. */
export function BooksEven({ statement, hasKinds }: { statement: Statement; hasKinds: boolean }) {
  const { opening, closing, entries, sum, totals, from, to } = statement;
  const isSpan = from !== null || to !== null;
  return (
    <Card className="grid gap-4">
      <h2 className="font-semibold">{isSpan ? 'These days, added up' : 'Everything, added up'}</h2>
      <dl className="grid gap-1.5 text-sm tabular-nums">
        <Line label={isSpan ? 'Before' : 'At the start'} value={opening.toLocaleString('en')} />
        {totals.map(({ kind, count, amount, moved }) => (
          <Line
            key={kind}
            label={`${movementWords(kind).one}, ${count.toLocaleString('en')} ×`}
            value={kind === 'capture' ? `(${moved.toLocaleString('en')} of what was held)` : signed(amount)}
            isQuiet
          />
        ))}
        <Line label={to ? 'After' : 'Now'} value={closing.toLocaleString('en')} isLast />
      </dl>
      <div className="grid gap-1 border-t border-line pt-4 text-sm">
        <p className="flex items-center gap-2 font-medium">
          <Scale aria-hidden className="size-4 shrink-0 text-muted" />
          These {entries.toLocaleString('en')} entries sum to {sum.toLocaleString('en')}.
        </p>
        <p className="text-[13px] text-muted">
          Each movement is written twice, where credits leave and where they arrive, so none can appear or vanish on the
          way.{hasKinds && ' Counted over all kinds of these days, whatever the list shows.'}
        </p>
      </div>
    </Card>
  );
}

type LineProps = { label: string; value: string; isQuiet?: boolean; isLast?: boolean };

function Line({ label, value, isQuiet, isLast }: LineProps) {
  return (
    <div
      className={cn('flex items-baseline justify-between gap-4', isLast && 'border-t border-line pt-1.5 font-semibold')}
    >
      <dt className={cn(isQuiet && 'text-muted')}>{label}</dt>
      <dd className="text-right">{value}</dd>
    </div>
  );
}
