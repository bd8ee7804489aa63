import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData, useRevalidator } from '@remix-run/react';
import { MONTHLY_CREDITS } from '@repo/domain/credits/rules';
import { apiFor, sessionOf } from '@repo/runtime';
import { Button, Container, EmptyState, Notice, PageHeader } from '@repo/ui';
import { Sparkles } from 'lucide-react';
import { api } from '#app/parts/api/api-client.ts';
import { useLive } from '#app/parts/api/use-live.ts';
import { DoneNotice } from '#app/parts/page/done-notice.tsx';
import { useArrivalFocus } from '#app/parts/page/use-arrival-focus.ts';
import { useEvery } from '#app/parts/page/use-every.ts';
import { RemixWall } from '#app/parts/remixes/remix-wall.tsx';

/** Verbs after which a card looks different; a percent more does not. */
const CHANGES = new Set(['done', 'failed', 'cancelled', 'running', 'retrying', 'published', 'hidden', 'shown']);
const OPEN = new Set(['queued', 'running', 'retrying', 'checking']);
/** Events tell of most changes at once; this is for those that got lost. */
const LOOK_MS = 5_000;
const NOTHING = { items: [], nextCursor: null };

export async function loader({ request }: LoaderFunctionArgs) {
  const after = new URL(request.url).searchParams.get('after');
  const caller = await apiFor(request);
  const { user } = await sessionOf(request);
  // A visitor has made nothing yet: that is an empty list, not a reason to sign in.
  const remixes = user ? await caller.remixes.mine({ cursor: after }) : NOTHING;
  return { remixes, isGuest: user?.isGuest ?? false, isVisitor: user === null, isFirstPage: after === null };
}

export const meta: MetaFunction = () => [{ title: 'My remixes · Remixify' }, { name: 'robots', content: 'noindex' }];

export default function MyRemixesPage() {
  const { remixes, isGuest, isVisitor, isFirstPage } = useLoaderData<typeof loader>();
  const heading = useArrivalFocus<HTMLSpanElement>();
  const revalidator = useRevalidator();
  const readAnew = () => revalidator.state === 'idle' && revalidator.revalidate();
  useLive({}, ({ verb }) => CHANGES.has(verb) && readAnew(), readAnew);
  const isMaking = remixes.items.some(({ generationStatus }) => OPEN.has(generationStatus ?? ''));
  useEvery(LOOK_MS, isMaking, readAnew);
  const isEmpty = remixes.items.length === 0;
  return (
    <Container width="wide">
      <PageHeader
        title={
          <span ref={heading} tabIndex={-1} className="outline-none">
            My remixes
          </span>
        }
        description="Everything you made, whatever became of it. Drafts are seen by nobody but you."
      />
      <DoneNotice className="mb-6" />
      {isGuest && !isEmpty && (
        <Notice
          className="mb-6"
          title="You are here as a guest"
          actions={
            <Button size="sm" variant="solid" asChild>
              <Link to="/sign-up?to=%2Fmy-remixes">Sign up to keep them</Link>
            </Button>
          }
        >
          These live in this browser only. With an account they are yours everywhere, you can publish them, and you get{' '}
          {MONTHLY_CREDITS} credits a month.
        </Notice>
      )}
      {!isFirstPage && (
        <Notice className="mb-6">
          You are further down the list.{' '}
          <Link to="/my-remixes" className="font-medium underline underline-offset-4">
            Back to the newest
          </Link>
        </Notice>
      )}
      {isEmpty ? (
        <EmptyState
          media={<Sparkles />}
          title="Nothing made yet"
          actions={
            <>
              <Button variant="primary" asChild>
                <Link to="/?tab=ads">Pick an ad to remix</Link>
              </Button>
              {isVisitor && (
                <Button variant="outline" asChild>
                  <Link to="/sign-in?to=%2Fmy-remixes">Sign in</Link>
                </Button>
              )}
            </>
          }
        >
          Say in a sentence what should change about an ad. What comes of it stands here, draft or published.
        </EmptyState>
      ) : (
        <RemixWall
          label="My remixes"
          first={remixes}
          load={(cursor) => api.remixes.mine.query({ cursor })}
          addressOf={(cursor) => `/my-remixes?after=${cursor}`}
          isOwnList
        />
      )}
    </Container>
  );
}
