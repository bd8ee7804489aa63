import { useSearchParams } from '@remix-run/react';
import { Notice } from '@repo/ui';

/** What was just done, by the word an action puts into the address it leads to (`?done=`). */
const SENTENCES: Record<string, string> = {
  adjusted: 'The adjustment is written: it is the newest movement of the account.',
  refunded: 'The credits were given back. Whoever paid finds the refund and your reason in their movements.',
  'limit-set': 'The limit holds from the next request on.',
  'limit-cleared': 'There is no limit any more.',
};

export type Done = 'adjusted' | 'refunded' | 'limit-set' | 'limit-cleared';
export const doneAt = (path: string, done: Done): string => `${path}?done=${done}`;

export function DoneNotice() {
  const done = useSearchParams()[0].get('done') ?? '';
  const sentence = Object.hasOwn(SENTENCES, done) ? SENTENCES[done] : undefined;
  if (!sentence) return null;
  return (
    <Notice tone="success" live>
      {sentence}
    </Notice>
  );
}
