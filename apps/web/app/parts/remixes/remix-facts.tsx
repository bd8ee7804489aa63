import { Link } from '@remix-run/react';
import type { RemixView } from '@repo/domain/remixes/schema';
import { Badge } from '@repo/ui';
import type { RefObject } from 'react';
import { PromptQuote } from './prompt-quote.tsx';

const LINK = 'font-medium text-ink underline decoration-control/60 underline-offset-4 hover:decoration-current';

/** Who made it, from what, and with which words. */
export function RemixFacts({ remix, heading }: { remix: RemixView; heading: RefObject<HTMLHeadingElement> }) {
  const { ad, adTitle, brandName, author, parent, parentId, isMine, status, prompt, picture } = remix;
  return (
    <header className="grid gap-3">
      <div className="grid gap-1.5">
        <div className="flex flex-wrap items-center gap-2">
          <h1 ref={heading} tabIndex={-1} className="text-2xl font-semibold text-balance outline-none">
            {isMine ? 'Your remix' : `Remix by ${author.name}`}
          </h1>
          {isMine && status === 'draft' && picture && <Badge>Draft: only you see it</Badge>}
          {isMine && status === 'published' && <Badge tone="success">Published</Badge>}
          {status === 'hidden' && <Badge tone="danger">Hidden by the staff</Badge>}
        </div>
        <p className="text-sm text-muted">
          {parentId ? 'Started from ' : 'Made from '}
          {ad ? (
            <Link to={`/ads/${ad.id}`} prefetch="intent" className={LINK}>
              {adTitle}
            </Link>
          ) : (
            'an ad that was removed'
          )}
          {brandName && <>, an ad by {brandName}</>}
          {parent && (
            <>
              , through{' '}
              <Link to={`/remixes/${parent.id}`} prefetch="intent" className={LINK}>
                {parent.isMine ? 'another remix of yours' : `a remix by ${parent.author.name}`}
              </Link>
            </>
          )}
          {parentId && !parent && ', through a remix that is no longer shown'}.
        </p>
      </div>
      <PromptQuote prompt={prompt} />
    </header>
  );
}
