import type { ReactNode } from 'react';
import { cn } from '../cn.ts';

export type RadioCard = {
  value: string;
  label: ReactNode;
  description?: ReactNode;
  /** Right of the label: a price, a badge. */
  aside?: ReactNode;
  media?: ReactNode;
  disabled?: boolean;
};

export type RadioCardsProps = {
  name: string;
  legend: string;
  hideLegend?: boolean;
  options: readonly RadioCard[];
  value?: string;
  defaultValue?: string;
  onChange?: (value: string) => void;
  error?: ReactNode;
  /** Most columns, where there is room. */
  columns?: 1 | 2 | 3;
  className?: string;
};

const COLUMNS = { 1: '', 2: '@md:grid-cols-2', 3: '@md:grid-cols-2 @2xl:grid-cols-3' };

/** One of a few, each with a sentence. Real radios underneath: arrows move, forms post. */
export function RadioCards(props: RadioCardsProps) {
  const { name, legend, hideLegend, options, value, defaultValue, onChange, error, columns = 1, className } = props;
  return (
    <fieldset className={cn('@container min-w-0', className)} aria-invalid={error ? true : undefined}>
      <legend className={cn('mb-1.5 text-sm font-medium', hideLegend && 'sr-only')}>{legend}</legend>
      <div className={cn('grid gap-2', COLUMNS[columns])}>
        {options.map((option) => (
          <label
            key={option.value}
            className="relative flex items-start gap-3 rounded-xl border border-line-strong bg-surface p-3.5 transition-colors hover:border-control has-checked:border-ink has-checked:shadow-[inset_0_0_0_1px_var(--ink)] has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus has-disabled:opacity-50"
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              disabled={option.disabled}
              {...(value === undefined
                ? { defaultChecked: defaultValue === option.value }
                : { checked: value === option.value })}
              onChange={() => onChange?.(option.value)}
              className="mt-0.5 size-4 shrink-0 appearance-none rounded-full border border-control bg-surface outline-none checked:border-[5px] checked:border-ink"
            />
            {option.media}
            <span className="grid min-w-0 flex-1 gap-0.5 text-sm">
              <span className="flex items-baseline justify-between gap-2 font-medium">
                <span className="min-w-0">{option.label}</span>
                {option.aside && <span className="shrink-0 text-[13px] font-normal text-muted">{option.aside}</span>}
              </span>
              {option.description && <span className="text-[13px] text-muted">{option.description}</span>}
            </span>
          </label>
        ))}
      </div>
      {error && (
        <p role="alert" className="mt-1.5 text-[13px] text-danger-text">
          {error}
        </p>
      )}
    </fieldset>
  );
}
