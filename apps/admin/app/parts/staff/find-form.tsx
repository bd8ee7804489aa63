import { Form, Link, useNavigation } from '@remix-run/react';
import type { Matches } from '@repo/domain/operations/schema';
import { Avatar, Badge, Button, Card, EmptyState, Field, Input } from '@repo/ui';
import { ReceiptText, Search } from 'lucide-react';
import { kindText, statusWords } from '#app/parts/page/kind-words.ts';
import { subjectAddress } from './subject-address.ts';

export type FindFormProps = {
  page: 'credits' | 'quotas';
  /** As typed. */
  words: string;
  /** Why they cannot be looked for. */
  error: string | null;
  /** Null: nothing was looked for yet. */
  matches: Matches | null;
};

/** Looks for a person or a brand, and leads to their page. */
export function FindForm({ page, words, error, matches }: FindFormProps) {
  const isLooking = useNavigation().location?.search.startsWith('?q=') ?? false;
  return (
    <div className="grid gap-6">
      <Form method="get" role="search" className="flex flex-wrap items-start gap-2" key={words}>
        <Field
          label="Person or brand"
          error={error}
          hint="An e-mail address, a name, or the number of a person, a brand or a generation."
          className="w-full max-w-lg grow sm:w-auto"
        >
          <Input
            type="search"
            name="q"
            defaultValue={words}
            leading={<Search aria-hidden />}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        <Button type="submit" variant="solid" pending={isLooking} pendingLabel="Looking" className="sm:mt-[26px]">
          Find
        </Button>
      </Form>
      {matches && <Found page={page} words={words} matches={matches} />}
    </div>
  );
}

function Found({ page, words, matches }: { page: FindFormProps['page']; words: string; matches: Matches }) {
  const { people, brands, generation, hasMore } = matches;
  if (people.length + brands.length === 0 && !generation) {
    return (
      <EmptyState media={<Search />} title={`Nobody is called “${words}”`}>
        Check the spelling, or use the exact e-mail address. Guests are found by their number only.
      </EmptyState>
    );
  }
  return (
    <section aria-label="Found" className="grid gap-3">
      <ul className="grid gap-2 sm:grid-cols-2">
        {generation && (
          <Match
            to={`/receipts/${generation.id}`}
            name={kindText(generation.kind)}
            about="A generation: its receipt"
            media={<ReceiptText aria-hidden className="m-2 size-5 text-muted" />}
            badge={statusWords(generation.status).text}
          />
        )}
        {people.map(({ id, name, email, isGuest }) => (
          <Match
            key={id}
            to={subjectAddress(page, 'user', id)}
            name={name}
            about={isGuest ? 'A guest' : email}
            media={<Avatar name={name} seed={id} />}
          />
        ))}
        {brands.map(({ id, name, slug }) => (
          <Match
            key={id}
            to={subjectAddress(page, 'brand', id)}
            name={name}
            about={slug}
            media={<Avatar name={name} seed={id} shape="square" />}
            badge="Brand"
          />
        ))}
      </ul>
      {hasMore && (
        <p className="text-[13px] text-muted">There are more. Type more of the name, or the whole address.</p>
      )}
    </section>
  );
}

type MatchProps = { to: string; name: string; about: string; media: JSX.Element; badge?: string };

function Match({ to, name, about, media, badge }: MatchProps) {
  return (
    <li>
      <Card interactive padding="none" className="flex items-center gap-3 p-3">
        {media}
        <span className="grid min-w-0 flex-1">
          <Link
            to={to}
            prefetch="intent"
            className="truncate text-sm font-medium outline-none card-link after:absolute after:inset-0 after:rounded-[inherit]"
          >
            {name}
          </Link>
          <span className="truncate text-[13px] text-muted">{about}</span>
        </span>
        {badge && <Badge tone="outline">{badge}</Badge>}
      </Card>
    </li>
  );
}
