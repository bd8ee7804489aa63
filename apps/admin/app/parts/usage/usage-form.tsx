import { Form, Link, useNavigation } from '@remix-run/react';
import type { UsageGroup } from '@repo/domain/usage/rules';
import { Button, Field, Input, Select } from '@repo/ui';
import { MEASURE } from './measures.ts';
import { type UsageRules, type UsageSearch, usageAddress } from './usage-search.ts';

export const GROUP_LABELS = {
  provider: 'Provider',
  model: 'Model',
  brand: 'Brand',
  user: 'Person',
  day: 'Day',
} satisfies Record<UsageGroup, string>;

export type UsageFormProps = { page: string; search: UsageSearch; rules: UsageRules };

/** Which days, and how they are put together: a plain form that leads to an address. */
export function UsageForm({ page, search, rules }: UsageFormProps) {
  const { from, to, by, show, errors, spans } = search;
  const isLoading = useNavigation().location?.pathname === page;
  return (
    <Form
      key={usageAddress(page, search)}
      method="get"
      action={page}
      aria-label="What to count"
      preventScrollReset
      className="grid gap-3 rounded-xl border border-line bg-surface p-4"
    >
      <div className="grid grid-cols-2 items-start gap-x-4 gap-y-3 sm:flex sm:flex-wrap">
        <Field label="From" error={errors.from} className="sm:w-40">
          <Input type="date" name="from" defaultValue={from} />
        </Field>
        <Field label="To" error={errors.to} className="sm:w-40">
          <Input type="date" name="to" defaultValue={to} />
        </Field>
        <Field label="Listed by" className="sm:w-36">
          <Select
            name="by"
            defaultValue={by}
            options={rules.groups.map((value) => ({ value, label: GROUP_LABELS[value] }))}
          />
        </Field>
        <Field label="Drawn" className="sm:w-44">
          <Select
            name="show"
            defaultValue={show}
            options={rules.measures.map((value) => ({ value, label: MEASURE[value].label }))}
          />
        </Field>
        <Button
          type="submit"
          variant="solid"
          pending={isLoading}
          pendingLabel="Counting"
          className="col-span-2 sm:mt-[26px]"
        >
          Count
        </Button>
      </div>
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-[13px] text-muted">
        {spans.map((span) => (
          <Link
            key={span.label}
            to={usageAddress(page, { by, show, from: span.from, to: span.to })}
            preventScrollReset
            aria-current={span.from === from && span.to === to ? 'true' : undefined}
            className="underline decoration-control/60 underline-offset-4 hover:text-ink aria-[current]:font-medium aria-[current]:text-ink aria-[current]:no-underline"
          >
            {span.label}
          </Link>
        ))}
        <span className="text-faint">Days are UTC.</span>
      </p>
    </Form>
  );
}
