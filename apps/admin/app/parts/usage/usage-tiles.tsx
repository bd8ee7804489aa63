import { microUsdText } from '@repo/domain/usage/rules';
import type { UsageReport } from '@repo/domain/usage/schema';
import { StatTile } from '@repo/ui';
import { MEASURE } from './measures.ts';

export type UsageTilesProps = {
  report: Pick<UsageReport, 'totals' | 'microUsdPerCredit'>;
  /** What providers charge is the staff's to know. */
  hasCosts: boolean;
};

const percent = (share: number): string => share.toLocaleString('en', { style: 'percent', maximumFractionDigits: 1 });

/** The sums of some days. */
export function UsageTiles({ report: { totals, microUsdPerCredit }, hasCosts }: UsageTilesProps) {
  const tokens = MEASURE.tokens.of(totals);
  return (
    <div className="grid grid-cols-2 gap-3 md:grid-cols-4">
      <StatTile
        label="Calls"
        value={MEASURE.calls.text(totals.calls)}
        hint={
          totals.calls > 0
            ? `${MEASURE.failures.text(totals.failures)} failed, ${percent(totals.failureRate)}`
            : 'none in these days'
        }
      />
      <StatTile label="Pictures" value={MEASURE.images.text(totals.images)} />
      <StatTile label="Seconds of film" value={MEASURE.film.text(totals.videoSeconds)} />
      <StatTile
        label="Tokens"
        value={MEASURE.tokens.text(tokens)}
        hint={tokens > 0 ? `${totals.inputTokens.toLocaleString('en')} of them read` : undefined}
      />
      <StatTile label="Credits" value={MEASURE.credits.text(totals.credits)} hint="captured, less refunds" />
      {hasCosts && (
        <>
          <StatTile label="Dollars" value={microUsdText(totals.microUsd)} hint="charged by providers" />
          <StatTile
            label="Dollars per credit"
            value={microUsdPerCredit === null ? '–' : microUsdText(microUsdPerCredit)}
            hint={microUsdPerCredit === null ? 'no credit was captured' : 'captured'}
          />
        </>
      )}
      <StatTile
        label="A call takes"
        value={
          totals.meanLatencyMs === null
            ? '–'
            : `${(totals.meanLatencyMs / 1000).toLocaleString('en', { maximumFractionDigits: 1 })} s`
        }
        hint="on average"
      />
    </div>
  );
}
