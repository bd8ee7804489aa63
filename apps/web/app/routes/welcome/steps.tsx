import { cn } from '@repo/ui';
import { Check } from 'lucide-react';

const STEPS = ['Brand', 'First ad', 'Remix it'] as const;

/** Where on the way one is. */
export function Steps({ current }: { current: 1 | 2 | 3 }) {
  return (
    <ol className="mb-2 flex flex-wrap gap-x-5 gap-y-2 text-[13px]">
      {STEPS.map((label, at) => {
        const isDone = at + 1 < current;
        const isHere = at + 1 === current;
        return (
          <li
            key={label}
            aria-current={isHere ? 'step' : undefined}
            className={cn('flex items-center gap-2', isHere ? 'font-medium text-ink' : 'text-muted')}
          >
            <span
              className={cn(
                'grid size-5 place-items-center rounded-full text-[11px] tabular-nums',
                isHere ? 'bg-ink text-canvas' : 'bg-sunken',
              )}
            >
              {isDone ? <Check aria-hidden className="size-3" /> : at + 1}
            </span>
            {label}
            {isDone && <span className="sr-only">, done</span>}
          </li>
        );
      })}
    </ol>
  );
}
