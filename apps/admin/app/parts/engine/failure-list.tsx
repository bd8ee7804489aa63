import type { EngineReport } from '@repo/domain/operations/schema';
import { Card } from '@repo/ui';
import { CircleCheck } from 'lucide-react';

/** Why work failed within the last hour, the most frequent reason first. */
export function FailureList({ lastHour }: { lastHour: EngineReport['lastHour'] }) {
  const { reasons, done, cancelled } = lastHour;
  return (
    <Card padding="none">
      {reasons.length === 0 ? (
        <p className="flex items-center gap-3 p-4 text-sm text-muted">
          <CircleCheck aria-hidden className="size-5 shrink-0 text-success-text" /> Nothing failed.
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {reasons.map(({ reason, sentence, count }) => (
            <li key={reason} className="flex items-start justify-between gap-4 px-4 py-2.5 text-sm">
              <div className="grid min-w-0 gap-0.5">
                <p className="font-medium">{sentence}</p>
                <p className="text-[13px] text-muted">{`Noted as “${reason.replaceAll('_', ' ')}”.`}</p>
              </div>
              <span className="tabular-nums">{count.toLocaleString('en')}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="border-t border-line px-4 py-2.5 text-[13px] text-muted tabular-nums">
        {done.toLocaleString('en')} done, {cancelled.toLocaleString('en')} cancelled by whoever asked.
      </p>
    </Card>
  );
}
