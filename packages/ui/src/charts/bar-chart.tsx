import { type KeyboardEvent, type PointerEvent, type ReactNode, useId, useState } from 'react';
import { cn } from '../cn.ts';
import { niceTicks } from './nice-ticks.ts';

export type BarDatum = {
  key: string;
  /** Short, under the bar: "12 Nov". */
  label: string;
  /** Spoken and in the table: "12 November 2026". Defaults to `label`. */
  longLabel?: string;
  /** 0 or more. */
  value: number;
};

export type BarChartProps = {
  title: ReactNode;
  /** One sentence on what is counted. */
  description?: ReactNode;
  data: readonly BarDatum[];
  formatValue?: (value: number) => string;
  /** What a value is, for the table's head: "Credits". */
  valueLabel?: string;
  /** Head of the table's first column. */
  keyLabel?: string;
  emptyText?: string;
  className?: string;
};

const HEIGHT = 176;

/** Bars over days. Pointer, touch and arrow keys read single values; the same numbers stand in a table below. */
export function BarChart(props: BarChartProps) {
  const {
    title,
    description,
    data,
    valueLabel = 'Value',
    keyLabel = 'Day',
    emptyText = 'Nothing to show yet.',
  } = props;
  const format = props.formatValue ?? ((value: number) => value.toLocaleString('en'));
  const id = useId();
  const [active, setActive] = useState<number | null>(null);
  const total = data.reduce((sum, datum) => sum + datum.value, 0);
  const ticks = niceTicks(Math.max(0, ...data.map((datum) => datum.value)));
  const top = ticks.at(-1)!;
  const slot = 100 / Math.max(1, data.length);
  const shown = active === null ? null : data[active];
  const every = Math.max(1, Math.ceil(data.length / 7));

  const point = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = Math.floor(((event.clientX - box.left) / box.width) * data.length);
    setActive(Math.min(data.length - 1, Math.max(0, at)));
  };
  const press = (event: KeyboardEvent) => {
    const last = data.length - 1;
    const next = { ArrowRight: (active ?? -1) + 1, ArrowLeft: (active ?? last + 1) - 1, Home: 0, End: last }[event.key];
    if (event.key === 'Escape') setActive(null);
    if (next === undefined) return;
    event.preventDefault();
    setActive(Math.min(last, Math.max(0, next)));
  };

  return (
    <figure className={cn('@container min-w-0', props.className)}>
      <figcaption className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1">
        <div className="grid gap-0.5">
          <p id={`${id}-title`} className="text-sm font-medium">
            {title}
          </p>
          {description && (
            <p id={`${id}-about`} className="text-[13px] text-muted">
              {description}
            </p>
          )}
        </div>
        <p aria-live="polite" className="text-right text-sm tabular-nums">
          <span className="font-semibold">{format(shown ? shown.value : total)}</span>{' '}
          <span className="text-muted">{shown ? (shown.longLabel ?? shown.label) : 'in all'}</span>
        </p>
      </figcaption>
      {data.length === 0 ? (
        <p className="grid h-44 place-items-center text-sm text-muted">{emptyText}</p>
      ) : (
        <div className="mt-5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3">
          <Axis ticks={ticks} top={top} format={format} />
          {/* biome-ignore lint/a11y/useSemanticElements: a group of bars, not of form fields. */}
          <div
            role="group"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys read the bars one by one.
            tabIndex={0}
            aria-labelledby={`${id}-title`}
            aria-describedby={description ? `${id}-about ${id}-keys` : `${id}-keys`}
            onPointerMove={point}
            onPointerDown={point}
            onPointerLeave={(event) => event.pointerType === 'mouse' && setActive(null)}
            onKeyDown={press}
            onBlur={() => setActive(null)}
            className="touch-pan-y rounded-sm"
          >
            <span id={`${id}-keys`} className="sr-only">
              Left and right arrow keys read single values.
            </span>
            <svg
              role="img"
              aria-labelledby={`${id}-svg`}
              width="100%"
              height={HEIGHT}
              className="block overflow-visible"
            >
              <title
                id={`${id}-svg`}
              >{`${data.length} bars, the highest ${format(Math.max(...data.map((d) => d.value)))}`}</title>
              {ticks.map((tick) => (
                <line
                  key={tick}
                  x1="0"
                  x2="100%"
                  y1={HEIGHT - (tick / top) * HEIGHT}
                  y2={HEIGHT - (tick / top) * HEIGHT}
                  className={tick === 0 ? 'stroke-line-strong' : 'stroke-line'}
                />
              ))}
              {data.map((datum, at) => (
                <Bar
                  key={datum.key}
                  left={at * slot}
                  slot={slot}
                  share={datum.value / top}
                  dim={active !== null && active !== at}
                />
              ))}
            </svg>
            <svg
              aria-hidden="true"
              width="100%"
              height="24"
              className="block overflow-visible text-[11px] tabular-nums"
            >
              {data.map((datum, at) => {
                // Counted from the end, so that the newest always has its name.
                const fromEnd = data.length - 1 - at;
                const isEdge = data.length > 3 && (at === 0 || fromEnd === 0);
                const anchor = isEdge ? (at === 0 ? 'start' : 'end') : 'middle';
                return fromEnd % every === 0 || at === active ? (
                  <text
                    key={datum.key}
                    x={`${(at + 0.5) * slot}%`}
                    y="18"
                    textAnchor={anchor}
                    dx={{ start: -4, middle: 0, end: 4 }[anchor]}
                    className={cn(
                      'fill-faint',
                      active !== null && (at === active ? 'fill-ink font-medium' : 'opacity-0'),
                      active === null && (fromEnd / every) % 2 === 1 && 'hidden @md:inline',
                    )}
                  >
                    {datum.label}
                  </text>
                ) : null;
              })}
            </svg>
          </div>
        </div>
      )}
      {data.length > 0 && (
        <details className="mt-3 text-[13px]">
          <summary className="w-fit rounded-sm text-muted hover:text-ink">Show as a table</summary>
          <div className="mt-2 max-h-64 overflow-y-auto rounded-lg border border-line">
            <table className="w-full tabular-nums">
              <thead className="sticky top-0 bg-sunken text-left text-muted">
                <tr>
                  <th scope="col" className="px-3 py-1.5 font-medium">
                    {keyLabel}
                  </th>
                  <th scope="col" className="px-3 py-1.5 text-right font-medium">
                    {valueLabel}
                  </th>
                </tr>
              </thead>
              <tbody>
                {data.map((datum) => (
                  <tr key={datum.key} className="border-t border-line">
                    <th scope="row" className="px-3 py-1.5 text-left font-normal">
                      {datum.longLabel ?? datum.label}
                    </th>
                    <td className="px-3 py-1.5 text-right">{format(datum.value)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </figure>
  );
}

function Axis({ ticks, top, format }: { ticks: number[]; top: number; format: (value: number) => string }) {
  return (
    <div aria-hidden="true" className="relative text-[11px] tabular-nums">
      {/* Invisible, to be as wide as the widest: text of an SVG takes no room. */}
      {ticks.map((tick) => (
        <span key={tick} className="invisible block h-0 overflow-hidden">
          {format(tick)}
        </span>
      ))}
      <svg aria-hidden="true" className="absolute inset-0 size-full overflow-visible">
        {ticks.map((tick) => (
          <text key={tick} x="100%" y={HEIGHT - (tick / top) * HEIGHT + 4} textAnchor="end" className="fill-faint">
            {format(tick)}
          </text>
        ))}
      </svg>
    </div>
  );
}

function Bar({ left, slot, share, dim }: { left: number; slot: number; share: number; dim: boolean }) {
  // A value that is not nothing is never drawn as nothing.
  const height = share > 0 ? Math.max(3, share * HEIGHT) : 0;
  return (
    <rect
      x={`${left + slot * 0.14}%`}
      y={HEIGHT - height}
      width={`${slot * 0.72}%`}
      height={height}
      rx="2.5"
      className={cn('fill-accent transition-opacity duration-100', dim && 'opacity-35')}
    />
  );
}
