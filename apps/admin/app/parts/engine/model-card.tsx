import type { CatalogueModel } from '@repo/domain/operations/schema';
import { Badge, Card, cn } from '@repo/ui';
import type { ReactNode } from 'react';
import { kindText } from '#app/parts/page/kind-words.ts';
import { durationText, Moment } from '#app/parts/page/moment.tsx';
import { costText } from './cost-text.ts';
import { HealthBadge } from './health-badge.tsx';

/** Everything about one model: what it is, what it costs, and how it does at each of its kinds. */
export function ModelCard({ model }: { model: CatalogueModel }) {
  const { id, label, provider, isEnabled, isStandIn, isPaid, atOnce, typicalSeconds, costs, retiresOn } = model;
  return (
    <Card padding="none" className={cn(!isEnabled && 'border-dashed')}>
      <div className="grid gap-4 p-4">
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <div className="grid min-w-0 gap-0.5">
            <h3 className="font-semibold [overflow-wrap:anywhere]">{label}</h3>
            <code className="font-mono text-xs text-muted [overflow-wrap:anywhere]">{id}</code>
          </div>
          <p className="flex flex-wrap gap-1.5">
            <Badge tone="outline">{provider}</Badge>
            {isStandIn && <Badge>Stand-in, no model</Badge>}
            {isPaid && <Badge tone="accent">Paid</Badge>}
            {isEnabled ? <Badge tone="success">Switched on</Badge> : <Badge tone="danger">Switched off</Badge>}
          </p>
        </div>
        <dl className="grid grid-cols-2 gap-x-6 gap-y-2 text-sm sm:grid-cols-4">
          <Fact term="Costs us">
            {costs.length === 0
              ? 'Nothing'
              : costs.map(({ per, microUsd }) => (
                  <span key={per} className="block">{`${costText(microUsd)} / ${per}`}</span>
                ))}
          </Fact>
          <Fact term="At once">{atOnce.toLocaleString('en')}</Fact>
          <Fact term="Takes typically">{durationText(typicalSeconds)}</Fact>
          <Fact term="Ends on">
            {retiresOn ? (
              <Ending day={retiresOn} retirement={model.retirement} />
            ) : (
              <span className="text-muted">Not announced</span>
            )}
          </Fact>
        </dl>
      </div>
      <Kinds model={model} />
    </Card>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="grid content-start gap-0.5">
      <dt className="text-[13px] text-muted">{term}</dt>
      <dd className="tabular-nums">{children}</dd>
    </div>
  );
}

function Ending({ day, retirement }: { day: string; retirement: CatalogueModel['retirement'] }) {
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      <time dateTime={day}>{day}</time>
      {retirement === 'past' && <Badge tone="danger">Past</Badge>}
      {retirement === 'soon' && <Badge tone="warning">Soon</Badge>}
    </span>
  );
}

/** Of one width in all cards, so that they read as one table. */
const HEADS = [
  ['Kind', 'sm:w-[22%]'],
  ['Price', 'sm:w-[22%]'],
  ['Half within', 'sm:w-[14%]'],
  ['95 % within', 'sm:w-[14%]'],
  ['Health', ''],
] as const;

/** Narrow, each kind is a block of its own; wide, a row. */
function Kinds({ model: { label, prices, health, typicalSeconds } }: { model: CatalogueModel }) {
  return (
    <table className="block w-full border-t border-line text-sm sm:table sm:table-fixed">
      <caption className="sr-only">{`What ${label} does`}</caption>
      <thead className="sr-only text-left text-[13px] text-muted sm:not-sr-only sm:table-header-group">
        <tr className="border-b border-line">
          {HEADS.map(([head, width], at) => (
            <th
              key={head}
              scope="col"
              className={cn('px-4 py-2 font-normal', width, (at === 2 || at === 3) && 'text-right')}
            >
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="block sm:table-row-group">
        {prices.map(({ kind, per, credits }) => {
          const state = health.find((one) => one.kind === kind)!;
          const { p50Seconds, p95Seconds } = state;
          return (
            <tr
              key={kind}
              className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 border-b border-line px-4 py-2.5 last:border-0 sm:table-row sm:px-0"
            >
              <th scope="row" className="text-left font-medium sm:px-4 sm:py-2">
                {kindText(kind)}
              </th>
              <td className="text-right whitespace-nowrap tabular-nums sm:px-4 sm:py-2 sm:text-left">
                {credits === 0
                  ? 'Free'
                  : `${credits.toLocaleString('en')} ${credits === 1 ? 'credit' : 'credits'} / ${per}`}
              </td>
              <td className="text-muted tabular-nums sm:px-4 sm:py-2 sm:text-right">
                <span className="sm:hidden">Half within </span>
                <Measured seconds={p50Seconds} typical={typicalSeconds} />
              </td>
              <td className="text-right text-muted tabular-nums sm:px-4 sm:py-2">
                <span className="sm:hidden">95 % </span>
                {p95Seconds === null ? '–' : durationText(p95Seconds)}
              </td>
              <td className="col-span-2 sm:px-4 sm:py-2">
                <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  <HealthBadge state={state.state} isMeasured={p50Seconds !== null} />
                  <Trouble state={state} />
                </span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** What was measured, marked where that is far from what the catalogue says. */
function Measured({ seconds, typical }: { seconds: number | null; typical: number }) {
  if (seconds === null) return <span title="Not measured yet">–</span>;
  const isFar = seconds > Math.max(typical * 2, typical + 1);
  return <span className={isFar ? 'font-medium text-warning-text' : 'text-ink'}>{durationText(seconds)}</span>;
}

function Trouble({ state }: { state: CatalogueModel['health'][number] }) {
  if (state.state === 'healthy') return null;
  return (
    <span className="text-[13px] text-muted">
      {state.since && (
        <>
          since <Moment at={state.since} />
        </>
      )}
      {state.state === 'down' &&
        (state.nextProbeAt ? (
          <>
            , tried again from <Moment at={state.nextProbeAt} to="clock" /> on
          </>
        ) : (
          ', being tried again now'
        ))}
    </span>
  );
}
