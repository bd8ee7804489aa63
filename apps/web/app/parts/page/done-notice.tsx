import { useSearchParams } from '@remix-run/react';
import { Notice } from '@repo/ui';

/** What was just done, by the word an action puts into the address it leads to (`?done=`). */
const SENTENCES: Record<string, string> = {
  'ad-removed': 'The ad was removed. Remixes of it stay with the people who made them.',
  'remix-deleted': 'The remix was deleted.',
  published: 'Published. Everybody can see it and remix it now.',
  reported: 'Thank you. The staff will look at it.',
  hidden: 'Hidden: only its author, its brand and the staff can see it now.',
  shown: 'Shown again to everybody.',
};

export const doneAt = (path: string, done: keyof typeof SENTENCES & string): string => `${path}?done=${done}`;

export function DoneNotice({ className }: { className?: string }) {
  const done = useSearchParams()[0].get('done') ?? '';
  const sentence = Object.hasOwn(SENTENCES, done) ? SENTENCES[done] : undefined;
  if (!sentence) return null;
  return (
    <Notice tone="success" live {...(className ? { className } : {})}>
      {sentence}
    </Notice>
  );
}
