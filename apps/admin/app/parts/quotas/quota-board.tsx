import { Form, useNavigation } from '@remix-run/react';
import { metricText, numberText, resetText } from '@repo/domain/quotas/rules';
import type { QuotaLine, QuotaReport } from '@repo/domain/quotas/schema';
import type { Rejection } from '@repo/runtime';
import { Badge, Button, Card, Field, Input, Meter } from '@repo/ui';
import { DoneNotice } from '#app/parts/page/done-notice.tsx';
import { RefusalNotice } from '#app/parts/page/refusal-notice.tsx';

const MONTH = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });

export type QuotaBoardProps = {
  report: QuotaReport;
  rejection: Rejection | null;
  /** Who may set limits, for those who may not. */
  whoMay: string;
};

/** What was used this month of what may be, and the limits to set for those who may. */
export function QuotaBoard({ report, rejection, whoMay }: QuotaBoardProps) {
  const { lines, month, resetsAt, maySet } = report;
  return (
    <div className="grid grid-cols-1 gap-6 pb-10">
      <DoneNotice />
      <RefusalNotice rejection={rejection} />
      <div className="grid gap-1">
        <h2 className="text-lg font-semibold">{MONTH.format(new Date(`${month}-15T00:00:00Z`))}</h2>
        <p className="text-sm text-muted">
          Counting starts again on {resetText(resetsAt)}. What is being made counts with the most it can take.{' '}
          {!maySet && whoMay}
        </p>
      </div>
      <div className="grid grid-cols-1 gap-3 lg:grid-cols-2">
        {lines.map((line) => (
          <Limit
            key={`${line.metric} ${line.limit}`}
            line={line}
            maySet={maySet}
            rejection={rejection?.values['metric'] === line.metric ? rejection : null}
          />
        ))}
      </div>
    </div>
  );
}

function Limit({ line, maySet, rejection }: { line: QuotaLine; maySet: boolean; rejection: Rejection | null }) {
  const { metric, label, limit } = line;
  const sent = useNavigation().formData;
  const isSending = sent?.get('metric') === metric;
  return (
    <Card className="grid content-start gap-4">
      <Used line={line} />
      {maySet && (
        <Form
          method="post"
          preventScrollReset
          className="border-t border-line pt-4"
          aria-label={`Limit of ${label.toLowerCase()}`}
        >
          <input type="hidden" name="metric" value={metric} />
          <div className="flex flex-col gap-3 sm:flex-row sm:items-start sm:gap-2">
            <Field
              label={`${label} a month at most`}
              error={rejection?.fields['limit']?.[0]}
              className="min-w-40 sm:flex-1"
            >
              <Input
                name="limit"
                inputMode="numeric"
                autoComplete="off"
                placeholder="No limit"
                defaultValue={rejection?.values['limit'] ?? (limit === null ? '' : String(limit))}
              />
            </Field>
            <div className="flex gap-2 sm:pt-[26px]">
              <Button
                type="submit"
                name="intent"
                value="set"
                variant="solid"
                pending={isSending && sent?.get('intent') === 'set'}
                pendingLabel="Setting"
              >
                Set
              </Button>
              {limit !== null && (
                <Button
                  type="submit"
                  name="intent"
                  value="clear"
                  variant="outline"
                  pending={isSending && sent?.get('intent') === 'clear'}
                  pendingLabel="Clearing"
                  aria-label={`Clear the limit of ${label.toLowerCase()}`}
                >
                  Clear
                </Button>
              )}
            </div>
          </div>
        </Form>
      )}
    </Card>
  );
}

function Used({ line: { metric, label, used, limit, fraction, warning } }: { line: QuotaLine }) {
  const left = limit === null ? null : Math.max(0, limit - used);
  return (
    <div className="grid gap-2">
      <div className="flex items-start justify-between gap-3">
        <h3 className="text-sm font-semibold">{label}</h3>
        {warning === 'hard' && <Badge tone="danger">Used up</Badge>}
        {warning === 'soft' && <Badge tone="warning">Over 80 %</Badge>}
        {limit === null && <Badge tone="outline">No limit</Badge>}
      </div>
      <p className="text-2xl font-semibold tracking-tight tabular-nums">
        {numberText(used)}
        {limit !== null && <span className="text-base font-normal text-muted"> of {numberText(limit)}</span>}
      </p>
      {fraction !== null && (
        <Meter
          label={`${label} this month`}
          value={fraction}
          valueText={`${numberText(used)} of ${numberText(limit!)}`}
          tone={warning === 'hard' ? 'danger' : warning === 'soft' ? 'warning' : 'ink'}
        >
          {left === 0 ? 'Nothing is left: further requests are turned away.' : `${metricText(metric, left!)} left.`}
        </Meter>
      )}
    </div>
  );
}
