import type { Balance } from '@repo/domain/credits/schema';
import type { GenerationKind } from '@repo/domain/generation/rules';
import { numberText } from '@repo/domain/quotas/rules';
import type { QuotaLine, QuotaReport } from '@repo/domain/quotas/schema';
import { Meter } from '@repo/ui';
import { limitsOf } from './quota-stop.ts';

const MONTH = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' });

export type UsageBarProps = {
  /** Null while it cannot be read: then nothing is shown. */
  report: QuotaReport | null;
  kind: GenerationKind;
  balance: Balance | null;
};

/** How much of this month is used up, beside a price: of the limits there are, or else of one's credits. */
export function UsageBar({ report, kind, balance }: UsageBarProps) {
  if (!report) return null;
  const limits = limitsOf(report, kind);
  if (limits.length > 0) {
    return (
      <div className="grid gap-2">
        {limits.map((line) => (
          // Where it is used up, the button below says so.
          <QuotaMeter key={line.metric} line={line.warning === 'hard' ? { ...line, sentence: null } : line} />
        ))}
      </div>
    );
  }
  if (!balance) return null;
  const { used } = report.lines.find(({ metric }) => metric === 'credits') ?? { used: 0 };
  const words = `${numberText(used)} used in ${monthOf(report)}`;
  return (
    <Meter
      label="Credits this month"
      value={used / Math.max(1, used + balance.credits)}
      valueText={`${words}, ${balance.credits} left`}
    >
      {words}
    </Meter>
  );
}

/** One limit, with its warning from 80 % on. */
export function QuotaMeter({ line: { label, used, limit, fraction, warning, sentence } }: { line: QuotaLine }) {
  if (limit === null) return null;
  const count = `${numberText(used)} of ${numberText(limit)}`;
  return (
    <Meter
      label={`${label} this month`}
      value={fraction ?? 0}
      valueText={count}
      tone={warning === 'hard' ? 'danger' : warning === 'soft' ? 'warning' : 'ink'}
    >
      {sentence ? (
        <span className={warning === 'hard' ? 'text-danger-text' : 'text-warning-text'}>{sentence}</span>
      ) : (
        <>
          {label}: {count} this month
        </>
      )}
    </Meter>
  );
}

export const monthOf = ({ month }: QuotaReport): string => MONTH.format(new Date(`${month}-15T00:00:00Z`));
