import type { AutoOrder as Order } from '@repo/domain/operations/schema';
import { Card } from '@repo/ui';
import { kindText } from '#app/parts/page/kind-words.ts';
import { HealthBadge } from './health-badge.tsx';

/** Which models `auto` takes for a kind, best first, and why that one is first. */
export function AutoOrder({ order: { kind, models, why } }: { order: Order }) {
  return (
    <Card className="grid content-start gap-3">
      <h3 className="text-sm font-semibold">{kindText(kind)}</h3>
      {models.length === 0 ? (
        <p className="text-sm text-muted">No model that does this is switched on.</p>
      ) : (
        <>
          <ol className="grid gap-1.5 text-sm">
            {models.map(({ id, label, state }, at) => (
              <li key={id} className="flex items-start gap-2.5">
                <span aria-hidden className="w-4 shrink-0 text-right text-faint tabular-nums">
                  {at + 1}
                </span>
                <span className={`min-w-0 flex-1 [overflow-wrap:anywhere] ${at === 0 ? 'font-medium' : 'text-muted'}`}>
                  {label}
                </span>
                {state !== 'healthy' && <HealthBadge state={state} />}
              </li>
            ))}
          </ol>
          {why && <p className="border-t border-line pt-3 text-[13px] text-muted [overflow-wrap:anywhere]">{why}</p>}
        </>
      )}
    </Card>
  );
}
