import { Link } from '@remix-run/react';
import { GUEST_CREDITS, IMAGE_CREDITS } from '@repo/domain/credits/rules';
import { ArrowRight } from 'lucide-react';

/** Said of the newest ads in turn: one press shows what it is all about. */
const SENTENCES = ['make it a snowy night', 'turn it into an oil painting', 'add the words "SEE YOU SOON"'];

/** What this is, for somebody who comes for the first time: two lines, and three ways to try at once. */
export function FeedIntro({ adIds }: { adIds: readonly string[] }) {
  const tries = SENTENCES.flatMap((sentence, at) => {
    const adId = adIds[at % Math.max(1, adIds.length)];
    return adId ? [{ sentence, adId }] : [];
  });
  return (
    <div className="grid gap-4 pt-8 pb-5 sm:pt-12 sm:pb-7">
      <div className="grid max-w-2xl gap-2">
        <h1 className="text-3xl font-semibold tracking-tight text-balance sm:text-4xl">Remix any ad with a sentence</h1>
        <p className="text-muted text-pretty">
          Pick one, say what should change, and see it beside the original. You have {GUEST_CREDITS} credits, enough for{' '}
          {GUEST_CREDITS / IMAGE_CREDITS} remixes; no account needed.
        </p>
      </div>
      {tries.length > 0 && (
        <ul
          aria-label="Try one"
          className="-mx-4 flex gap-2 overflow-x-auto px-4 pb-1 [scrollbar-width:none] sm:mx-0 sm:flex-wrap sm:px-0"
        >
          {tries.map(({ sentence, adId }) => (
            <li key={sentence} className="shrink-0">
              <Link
                to={`/ads/${adId}?say=${encodeURIComponent(sentence)}#remix`}
                prefetch="intent"
                className="group/try inline-flex min-h-10 items-center gap-2 rounded-full border border-control/60 bg-surface px-4 text-sm transition-colors hover:border-accent hover:bg-accent-soft"
              >
                <span>{sentence}</span>
                <ArrowRight
                  aria-hidden
                  className="size-4 text-accent-text transition-transform group-hover/try:translate-x-0.5"
                />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
