import type { Movement } from '@repo/domain/credits/schema';
import { Badge, cn } from '@repo/ui';
import { kindText } from '#app/parts/page/kind-words.ts';
import { Moment } from '#app/parts/page/moment.tsx';
import { movementWords, signed } from './movement-words.ts';

/** The staff see no prompts: what was asked for is its author's alone. */
export type ShownMovement = Omit<Movement, 'generation'> & {
  generation: (Omit<NonNullable<Movement['generation']>, 'prompt'> & { prompt?: string }) | null;
};

export type MovementsTableProps = {
  movements: readonly ShownMovement[];
  /** Where the receipt of a generation is. */
  receiptAddress(generationId: string): string;
};

const NUMBER = 'py-2.5 pl-3 text-right align-top whitespace-nowrap tabular-nums';

/** Every movement of an account with the balance after it, newest first. */
export function MovementsTable({ movements, receiptAddress }: MovementsTableProps) {
  return (
    <table className="w-full border-collapse text-sm">
      <caption className="sr-only">Movements, newest first</caption>
      <thead className="text-left text-[13px] text-muted">
        <tr className="border-b border-line">
          <th scope="col" className="hidden py-2 pr-4 font-normal sm:table-cell">
            When
          </th>
          <th scope="col" className="py-2 font-normal">
            What for
          </th>
          <th scope="col" className="py-2 pl-3 text-right font-normal">
            Change
          </th>
          <th scope="col" className="py-2 pl-3 text-right font-normal">
            Balance
          </th>
        </tr>
      </thead>
      <tbody>
        {movements.map((movement) => (
          <Row key={movement.id} movement={movement} receiptAddress={receiptAddress} />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = { movement: ShownMovement; receiptAddress: MovementsTableProps['receiptAddress'] };

function Row({ movement, receiptAddress }: RowProps) {
  const { at, kind, amount, moved, balance, memo, counterpart, generation } = movement;
  const { text, tone } = movementWords(kind);
  return (
    <tr className="border-b border-line last:border-0">
      <td className="hidden w-44 py-2.5 pr-4 align-top text-[13px] text-muted tabular-nums sm:table-cell">
        <Moment at={at} />
      </td>
      <td className="min-w-0 py-2.5 align-top">
        <div className="grid gap-0.5">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <Badge tone={tone}>{text}</Badge>
            <span className="[overflow-wrap:anywhere]">{memo}</span>
          </p>
          {generation && (
            <p className="text-[13px] text-muted [overflow-wrap:anywhere]">
              <a
                href={receiptAddress(generation.id)}
                className="font-medium text-ink underline decoration-control/60 underline-offset-4 hover:decoration-current"
              >
                {generation.prompt?.trim() || kindText(generation.kind)}
              </a>
              {generation.prompt?.trim() ? ` · ${kindText(generation.kind)}` : ''} · {generation.modelLabel}
            </p>
          )}
          {!generation && <p className="text-[13px] text-muted">{counterpart}</p>}
          <p className="text-[13px] text-faint sm:hidden">
            <Moment at={at} />
          </p>
        </div>
      </td>
      <td className={cn(NUMBER, amount > 0 ? 'text-success-text' : amount === 0 && 'text-muted')}>
        {kind === 'capture' ? (
          <span title="Held before: it left the balance then">{moved.toLocaleString('en')} held</span>
        ) : (
          signed(amount)
        )}
      </td>
      <td className={cn(NUMBER, 'font-medium')}>{balance.toLocaleString('en')}</td>
    </tr>
  );
}
