import { Link } from '@remix-run/react';
import type { Statement } from '@repo/domain/credits/schema';
import { Button, EmptyState, Notice, StatTile } from '@repo/ui';
import { Coins } from 'lucide-react';
import type { ReactNode } from 'react';
import { BooksEven } from './books-even.tsx';
import { type CreditsSearch, creditsAddress, isFiltered } from './credits-search.ts';
import { MovementFilter } from './movement-filter.tsx';
import { MovementsTable, type MovementsTableProps } from './movements-table.tsx';

export type AccountViewProps = {
  page: string;
  search: CreditsSearch;
  balance: number;
  statement: Statement;
  movements: { items: MovementsTableProps['movements']; nextCursor: string | null };
  receiptAddress: MovementsTableProps['receiptAddress'];
  /** Beside the heading of the movements, such as a download. */
  actions?: ReactNode;
  /** Above what is added up, such as a form. */
  aside?: ReactNode;
};

/** An account: what there is, every movement, and the sum of them. */
export function AccountView(props: AccountViewProps) {
  const { page, search, balance, statement, movements, receiptAddress, actions, aside } = props;
  const span = statement.from || statement.to ? 'in these days' : 'since the start';
  return (
    <div className="grid grid-cols-1 gap-6 pb-10">
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        <StatTile label="Can be spent" value={balance.toLocaleString('en')} hint="credits, now" />
        <StatTile
          label="Held"
          value={statement.held.toLocaleString('en')}
          hint={statement.held > 0 ? 'for what is being made' : 'nothing is being made'}
        />
        <StatTile label="Came in" value={cameIn(statement).toLocaleString('en')} hint={span} />
        <StatTile label="Spent" value={spent(statement).toLocaleString('en')} hint={span} />
      </div>
      <div className="grid grid-cols-1 items-start gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_20rem] lg:grid-rows-[auto_1fr]">
        {aside && <div className="lg:col-start-2">{aside}</div>}
        <section
          aria-labelledby="movements"
          className="grid grid-cols-1 gap-4 lg:col-start-1 lg:row-span-2 lg:row-start-1"
        >
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
            <h2 id="movements" className="text-lg font-semibold">
              Movements
            </h2>
            {actions}
          </div>
          <MovementFilter page={page} search={search} />
          {movements.items.length > 0 ? (
            <MovementsTable movements={movements.items} receiptAddress={receiptAddress} />
          ) : (
            <Nothing page={page} search={search} />
          )}
          {(search.after || movements.nextCursor) && (
            <nav aria-label="More movements" className="flex flex-wrap justify-between gap-3">
              {search.after && (
                <Button variant="outline" asChild>
                  <Link to={creditsAddress(page, { ...search, after: null })}>Back to the newest</Link>
                </Button>
              )}
              {movements.nextCursor && (
                <Button variant="outline" asChild className="ml-auto">
                  <Link to={creditsAddress(page, { ...search, after: movements.nextCursor })}>Older</Link>
                </Button>
              )}
            </nav>
          )}
        </section>
        <div className="lg:col-start-2">
          <BooksEven statement={statement} />
        </div>
      </div>
    </div>
  );
}

const totalOf = ({ totals }: Statement, kind: Statement['totals'][number]['kind']) =>
  totals.find((one) => one.kind === kind) ?? { amount: 0, moved: 0 };

/** What was given, bought, moved here or adjusted; less than nothing where more was taken. */
const cameIn = (statement: Statement): number =>
  (['grant', 'purchase', 'transfer', 'adjustment'] as const).reduce(
    (sum, kind) => sum + totalOf(statement, kind).amount,
    0,
  );

const spent = (statement: Statement): number =>
  totalOf(statement, 'capture').moved - totalOf(statement, 'refund').amount;

function Nothing({ page, search }: { page: string; search: CreditsSearch }) {
  if (search.errors.from || search.errors.to) {
    return <Notice tone="warning">These days cannot be read. Mend them above.</Notice>;
  }
  if (!isFiltered(search) && !search.after) {
    return (
      <EmptyState media={<Coins />} title="Nothing has moved yet" className="py-10">
        Every credit that is given, held, spent or given back stands here from then on.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      media={<Coins />}
      title="No movement of this kind in these days"
      actions={
        <Button variant="outline" asChild>
          <Link to={page}>Show everything</Link>
        </Button>
      }
      className="py-10"
    />
  );
}
