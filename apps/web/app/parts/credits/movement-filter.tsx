import { Form, Link, useNavigation } from '@remix-run/react';
import { MOVEMENT_KINDS } from '@repo/domain/credits/rules';
import { Button, Field, Input } from '@repo/ui';
import { ChevronDown, ListFilter } from 'lucide-react';
import { type CreditsSearch, creditsAddress, isFiltered } from './credits-search.ts';
import { movementWords } from './movement-words.ts';

export type MovementFilterProps = {
  search: CreditsSearch;
  /** The first and last day of some spans, today's included. */
  spans: readonly { label: string; from: string; to: string }[];
};

/** Which movements are shown: a plain form that leads to an address, so each choice can be kept and shared. */
export function MovementFilter({ search, spans }: MovementFilterProps) {
  const { account, kinds, from, to, errors } = search;
  const isLoading = useNavigation().location?.pathname === '/credits';
  return (
    <details
      // The fields keep what is typed; another address is another form.
      key={creditsAddress(search)}
      open={isFiltered(search)}
      className="group rounded-xl border border-line bg-surface"
    >
      <summary className="flex min-h-11 cursor-pointer list-none items-center gap-2 rounded-xl px-4 text-sm font-medium [&::-webkit-details-marker]:hidden">
        <ListFilter aria-hidden className="size-4 text-muted" />
        Filter by kind and day
        <ChevronDown aria-hidden className="ml-auto size-4 text-muted transition-transform group-open:rotate-180" />
      </summary>
      <Form
        method="get"
        action="/credits"
        aria-label="Filter"
        preventScrollReset
        className="grid gap-4 border-t border-line p-4"
      >
        {account !== 'mine' && <input type="hidden" name="account" value={account} />}
        <fieldset className="min-w-0">
          <legend className="mb-1.5 text-sm font-medium">Kinds</legend>
          <div className="flex flex-wrap gap-1.5">
            {MOVEMENT_KINDS.map((kind) => (
              <label
                key={kind}
                className="inline-flex min-h-8 cursor-pointer items-center rounded-full border border-line-strong px-3 text-[13px] text-muted transition-colors hover:border-control hover:text-ink has-checked:border-ink has-checked:bg-ink has-checked:text-canvas has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus pointer-coarse:min-h-10"
              >
                <input
                  type="checkbox"
                  name="kind"
                  value={kind}
                  defaultChecked={kinds.includes(kind)}
                  className="sr-only"
                />
                {movementWords(kind).filter}
              </label>
            ))}
          </div>
        </fieldset>
        <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
          <Field label="From" error={errors.from} className="w-40 grow sm:grow-0">
            <Input type="date" name="from" defaultValue={from} />
          </Field>
          <Field label="To" error={errors.to} className="w-40 grow sm:grow-0">
            <Input type="date" name="to" defaultValue={to} />
          </Field>
          <div className="flex flex-wrap items-center gap-2 sm:pt-[26px]">
            <Button type="submit" variant="solid" pending={isLoading} pendingLabel="Looking">
              Show
            </Button>
            {isFiltered(search) && (
              <Button variant="ghost" asChild>
                <Link to={creditsAddress({ account })} preventScrollReset>
                  Show everything
                </Link>
              </Button>
            )}
          </div>
        </div>
        <p className="flex flex-wrap gap-x-4 gap-y-1 text-[13px] text-muted">
          {spans.map((span) => (
            <Link
              key={span.label}
              to={creditsAddress({ account, kinds, from: span.from, to: span.to })}
              preventScrollReset
              aria-current={span.from === from && span.to === to ? 'true' : undefined}
              className="underline decoration-control/60 underline-offset-4 hover:text-ink aria-[current]:font-medium aria-[current]:text-ink aria-[current]:no-underline"
            >
              {span.label}
            </Link>
          ))}
          <span className="text-faint">Days are counted in UTC.</span>
        </p>
      </Form>
    </details>
  );
}
