import type { ReactElement } from 'react';
import { Button } from './button.tsx';

export type ShowMoreProps = {
  /** How many are on the page now. */
  shown: number;
  /** How many there are in all, where that is known cheaply. */
  total?: number;
  hasMore: boolean;
  pending?: boolean;
  /** What is listed, in the plural: "ads". */
  noun?: string;
  onMore?: () => void;
  /** A link to the next page, so that it works before scripts arrive: `<Link to="?after=…" />`. */
  link?: ReactElement;
};

/** The foot of a list paged by cursor. */
export function ShowMore({ shown, total, hasMore, pending, noun = 'items', onMore, link }: ShowMoreProps) {
  const count =
    total === undefined
      ? `${shown.toLocaleString('en')} ${noun}`
      : `${shown.toLocaleString('en')} of ${total.toLocaleString('en')} ${noun}`;
  return (
    <nav aria-label={`More ${noun}`} className="grid justify-items-center gap-3 py-8">
      {hasMore && link && (
        <Button variant="outline" asChild aria-busy={pending || undefined}>
          {link}
        </Button>
      )}
      {hasMore && !link && (
        <Button variant="outline" pending={pending} pendingLabel={`Loading more ${noun}`} onClick={onMore}>
          Show more
        </Button>
      )}
      <p className="text-[13px] text-faint tabular-nums" aria-live="polite">
        {hasMore ? count : `That is all: ${count}`}
      </p>
    </nav>
  );
}
