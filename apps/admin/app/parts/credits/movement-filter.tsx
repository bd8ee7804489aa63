import { Form, Link, useNavigation } from '@remix-run/react';
import { MOVEMENT_KINDS } from '@repo/domain/credits/rules';
import { Button, Field, Input } from '@repo/ui';
import { type CreditsSearch, creditsAddress, isFiltered } from './credits-search.ts';
import { movementWords } from './movement-words.ts';

export type MovementFilterProps = { page: string; search: CreditsSearch };

/** Which movements are shown: a plain form that leads to an address. */
export function MovementFilter({ page, search }: MovementFilterProps) {
  const { kinds, from, to, errors } = search;
  const { location, formMethod } = useNavigation();
  return (
    <Form
      key={creditsAddress(page, search)}
      method="get"
      action={page}
      aria-label="Filter"
      preventScrollReset
      className="grid gap-4 rounded-xl border border-line bg-surface p-4"
    >
      <fieldset className="min-w-0">
        <legend className="mb-1.5 text-sm font-medium">Kinds</legend>
        <div className="flex flex-wrap gap-1.5">
          {MOVEMENT_KINDS.map((kind) => (
            <label
              key={kind}
              className="relative inline-flex min-h-8 cursor-pointer items-center rounded-full border border-line-strong px-3 text-[13px] text-muted transition-colors hover:border-control hover:text-ink has-checked:border-ink has-checked:bg-ink has-checked:text-canvas has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus pointer-coarse:min-h-10"
            >
              <input
                type="checkbox"
                name="kind"
                value={kind}
                defaultChecked={kinds.includes(kind)}
                className="sr-only"
              />
              {movementWords(kind).text}
            </label>
          ))}
        </div>
      </fieldset>
      <div className="grid grid-cols-2 items-start gap-x-4 gap-y-3 sm:flex sm:flex-wrap">
        <Field label="From" error={errors.from} className="sm:w-40">
          <Input type="date" name="from" defaultValue={from} />
        </Field>
        <Field label="To" error={errors.to} className="sm:w-40">
          <Input type="date" name="to" defaultValue={to} />
        </Field>
        <div className="col-span-2 flex flex-wrap items-center gap-2 sm:pt-[26px]">
          <Button
            type="submit"
            variant="solid"
            pending={location?.pathname === page && formMethod === 'GET'}
            pendingLabel="Looking"
          >
            Show
          </Button>
          {isFiltered(search) && (
            <Button variant="ghost" asChild>
              <Link to={page} preventScrollReset>
                Show everything
              </Link>
            </Button>
          )}
        </div>
      </div>
    </Form>
  );
}
