import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData, useRevalidator } from '@remix-run/react';
import { MONTHLY_CREDITS } from '@repo/domain/credits/rules';
import { apiFor, sessionOf } from '@repo/runtime';
import { Button, Container, EmptyState, Notice, PageHeader, StatTile } from '@repo/ui';
import { Coins, Download } from 'lucide-react';
import { useLive } from '#app/parts/api/use-live.ts';
import { AccountSwitch } from '#app/parts/credits/account-switch.tsx';
import { BooksEven } from '#app/parts/credits/books-even.tsx';
import { creditsAddress, isFiltered } from '#app/parts/credits/credits-search.ts';
import { GuestCredits } from '#app/parts/credits/guest-credits.tsx';
import { loadCredits } from '#app/parts/credits/load-credits.server.ts';
import { MonthUsage } from '#app/parts/credits/month-usage.tsx';
import { MovementFilter } from '#app/parts/credits/movement-filter.tsx';
import { MovementsTable } from '#app/parts/credits/movements-table.tsx';
import { useArrivalFocus } from '#app/parts/page/use-arrival-focus.ts';
import { Day } from '#app/parts/shell/day.tsx';
import { WeatherList } from '#app/parts/weather/weather-list.tsx';

export async function loader({ request }: LoaderFunctionArgs) {
  const { user } = await sessionOf(request);
  return loadCredits(await apiFor(request), request.url, user);
}

export const meta: MetaFunction = () => [
  { title: 'Where your credits went · Remixify' },
  { name: 'robots', content: 'noindex' },
];

/** Events after which credits have moved. */
const MOVES = new Set(['queued', 'done', 'failed', 'cancelled']);

export default function CreditsPage() {
  const { search, spans, balance, books, brands, owner, usage, weather } = useLoaderData<typeof loader>();
  const heading = useArrivalFocus<HTMLSpanElement>();
  const revalidator = useRevalidator();
  const readAnew = () => revalidator.state === 'idle' && revalidator.revalidate();
  useLive({ noun: 'generation' }, ({ verb }) => MOVES.has(verb) && readAnew(), readAnew);
  const { account, after } = search;
  return (
    <Container className="pb-10">
      <PageHeader
        title={
          <span ref={heading} tabIndex={-1} className="outline-none">
            {account === 'mine' ? 'Where your credits went' : `Where the credits of ${owner} went`}
          </span>
        }
        description="Every movement, what it was for, and what was left after it."
        className="pb-6"
      />
      <div className="grid gap-6">
        <AccountSwitch brands={brands} current={account} />
        <div className="grid grid-cols-2 gap-3 sm:grid-cols-3">
          <StatTile label={account === 'mine' ? 'You can spend' : 'The brand can spend'} value={balance.credits} />
          <StatTile
            label="Held"
            value={balance.held}
            hint={balance.held > 0 ? 'for what is being made; it comes back if nothing does' : 'nothing is being made'}
          />
          {balance.nextAllowanceAt && (
            <StatTile
              label="Next allowance"
              value={<Day at={balance.nextAllowanceAt} />}
              hint={`filled up to ${MONTHLY_CREDITS}, whatever is left`}
              className="max-sm:col-span-2"
            />
          )}
        </div>
        {balance.isGuest && <GuestCredits balance={balance} hasMovements={(books?.movements.items.length ?? 0) > 0} />}
        <div className="grid grid-cols-1 items-start gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <section aria-labelledby="movements" className="grid grid-cols-1 gap-4">
            <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
              <h2 id="movements" className="text-lg font-semibold">
                Movements
              </h2>
              {books && (
                <Button variant="outline" size="sm" asChild>
                  {/* Not a page: the browser itself must fetch it. */}
                  <a href={creditsAddress({ ...search, after: null }, '/credits/export.csv')} download>
                    <Download aria-hidden />
                    Download as CSV
                  </a>
                </Button>
              )}
            </div>
            {books && <MovementFilter search={search} spans={spans} />}
            {books && books.movements.items.length > 0 ? (
              <>
                <MovementsTable movements={books.movements.items} owner={owner ?? 'you'} />
                <nav aria-label="More movements" className="flex flex-wrap justify-between gap-3">
                  {after && (
                    <Button variant="outline" asChild>
                      <Link to={creditsAddress({ ...search, after: null })}>Back to the newest</Link>
                    </Button>
                  )}
                  {books.movements.nextCursor && (
                    <Button variant="outline" asChild className="ml-auto">
                      <Link to={creditsAddress({ ...search, after: books.movements.nextCursor })}>Older</Link>
                    </Button>
                  )}
                </nav>
              </>
            ) : (
              <Nothing search={search} />
            )}
          </section>
          <aside aria-label="Added up" className="grid gap-4 lg:sticky lg:top-24">
            {books && <BooksEven statement={books.statement} hasKinds={search.kinds.length > 0} />}
            <MonthUsage report={usage} />
            <WeatherList weather={weather} />
          </aside>
        </div>
      </div>
    </Container>
  );
}

function Nothing({ search }: { search: ReturnType<typeof useLoaderData<typeof loader>>['search'] }) {
  if (search.errors.from || search.errors.to) {
    return <Notice tone="warning">These days make no sense, so no movement is shown. Mend them above.</Notice>;
  }
  if (isFiltered(search) || search.after) {
    return (
      <EmptyState
        media={<Coins />}
        title="No movement of this kind in these days"
        actions={
          <Button variant="outline" asChild>
            <Link to={creditsAddress({ account: search.account })}>Show everything</Link>
          </Button>
        }
        className="py-10"
      />
    );
  }
  return (
    <EmptyState
      media={<Coins />}
      title="Nothing has moved yet"
      actions={
        search.account === 'mine' && (
          <Button variant="primary" asChild>
            <Link to="/?tab=ads">Pick an ad to remix</Link>
          </Button>
        )
      }
      className="py-10"
    >
      {search.account === 'mine'
        ? 'As soon as you remix something, each credit that is held, spent or given back stands here.'
        : 'As soon as this brand pays for something, each credit that is held, spent or given back stands here.'}
    </EmptyState>
  );
}
