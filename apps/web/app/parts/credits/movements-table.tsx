import { Link } from '@remix-run/react';
import type { Movement } from '@repo/domain/credits/schema';
import { Badge, cn } from '@repo/ui';
import { kindText } from '#app/parts/generations/kind-words.ts';
import { Moment } from '#app/parts/page/moment.tsx';
import { movementWords, signed, wayOfMovement } from './movement-words.ts';

const NUMBER = 'py-3 pl-3 text-right align-top whitespace-nowrap tabular-nums';

/** Every movement with the balance after it. `owner` is whose account this is: "you" or a brand's name. */
export function MovementsTable({ movements, owner }: { movements: readonly Movement[]; owner: string }) {
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
          <Row key={movement.id} movement={movement} owner={owner} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ movement, owner }: { movement: Movement; owner: string }) {
  const { at, kind, amount, balance, memo, generation } = movement;
  const { one, tone } = movementWords(kind);
  return (
    <tr className="border-b border-line last:border-0">
      <td className="hidden w-44 py-3 pr-4 align-top text-[13px] whitespace-nowrap text-muted tabular-nums sm:table-cell">
        <Moment at={at} to="minute" />
      </td>
      <td className="min-w-0 py-3 align-top">
        <div className="grid gap-1">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <Badge tone={tone}>{one}</Badge>
            {generation ? (
              <Link
                to={`/receipts/${generation.id}`}
                prefetch="intent"
                className="min-w-0 font-medium underline decoration-control/60 underline-offset-4 [overflow-wrap:anywhere] hover:decoration-current"
              >
                {generation.prompt.trim() || kindText(generation.kind)}
              </Link>
            ) : (
              <span className="min-w-0 [overflow-wrap:anywhere]">{memo}</span>
            )}
          </p>
          <p className="text-[13px] text-muted [overflow-wrap:anywhere]">
            {generation && `${memo} · ${kindText(generation.kind)}, ${generation.modelLabel} · `}
            {wayOfMovement(movement, owner)}
          </p>
          <p className="text-[13px] text-faint sm:hidden">
            <Moment at={at} to="minute" />
          </p>
        </div>
      </td>
      <td className={cn(NUMBER, amount > 0 ? 'text-success-text' : amount === 0 && 'text-muted')}>{signed(amount)}</td>
      <td className={cn(NUMBER, 'font-medium')}>{balance.toLocaleString('en')}</td>
    </tr>
  );
}
