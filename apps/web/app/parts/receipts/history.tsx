import { cn } from '@repo/ui';
import { ArrowLeftRight, Check, Coins, Hand, X } from 'lucide-react';
import { Moment } from '#app/parts/page/moment.tsx';
import type { Happening } from './tell-history.ts';

const ICONS = { ask: Hand, call: ArrowLeftRight, money: Coins, end: Check };

/** What happened, one line after the other. The day stands once, where it changes. */
export function History({ happenings }: { happenings: readonly Happening[] }) {
  return (
    <ol className="grid">
      {happenings.map(({ at, sort, text, detail, isTrouble }, index) => {
        const Icon = isTrouble ? X : ICONS[sort];
        const isLast = index === happenings.length - 1;
        const before = happenings[index - 1];
        const isNewDay = !before || before.at.toISOString().slice(0, 10) !== at.toISOString().slice(0, 10);
        return (
          <li key={index} className="grid grid-cols-[1.75rem_minmax(0,1fr)] gap-x-3">
            <span aria-hidden="true" className="grid justify-items-center grid-rows-[1.75rem_1fr]">
              <span
                className={cn(
                  'grid size-7 place-items-center rounded-full [&>svg]:size-3.5',
                  isTrouble ? 'bg-danger-soft text-danger-text' : 'bg-sunken text-muted',
                  sort === 'end' && !isTrouble && 'bg-success-soft text-success-text',
                )}
              >
                <Icon />
              </span>
              {!isLast && <span className="my-1 w-px bg-line-strong" />}
            </span>
            <div className={cn('grid min-w-0 gap-0.5 pt-1 text-sm', !isLast && 'pb-4')}>
              <p className="flex flex-wrap items-baseline justify-between gap-x-4">
                <span className="min-w-0 [overflow-wrap:anywhere]">{text}</span>
                {detail && <span className="text-[13px] text-muted tabular-nums">{detail}</span>}
              </p>
              <p className="text-[13px] text-faint tabular-nums">
                <Moment at={at} to={isNewDay ? 'second' : 'clock'} />
              </p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
