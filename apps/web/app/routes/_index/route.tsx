import type { LoaderFunctionArgs } from '@remix-run/node';
import { Link, useLoaderData, useRouteLoaderData } from '@remix-run/react';
import type { FeedTab } from '@repo/domain/feed/schema';
import { apiFor, sharedAmongVisitors } from '@repo/runtime';
import { Button, Container, EmptyState, Notice } from '@repo/ui';
import { ImagePlus, Sparkles } from 'lucide-react';
import { api } from '#app/parts/api/api-client.ts';
import { FirstSteps } from '#app/parts/brands/first-steps.tsx';
import { FeedIntro } from '#app/parts/feed/feed-intro.tsx';
import { feedAddress, readFeedSearch } from '#app/parts/feed/feed-search.ts';
import { FeedTabs } from '#app/parts/feed/feed-tabs.tsx';
import { FeedWall, feedItemId } from '#app/parts/feed/feed-wall.tsx';
import { DoneNotice } from '#app/parts/page/done-notice.tsx';
import { ListEnd } from '#app/parts/page/list-end.tsx';
import { useMore } from '#app/parts/page/use-more.ts';
import type { loader as rootLoader } from '#app/root.tsx';

const NOUNS = {
  all: ['picture', 'pictures'],
  ads: ['ad', 'ads'],
  remixes: ['remix', 'remixes'],
} as const satisfies Record<FeedTab, readonly [string, string]>;

export async function loader({ request }: LoaderFunctionArgs) {
  const { tab, after } = readFeedSearch(request.url);
  const asked = await apiFor(request);
  const feed = await sharedAmongVisitors(request, JSON.stringify(['feed', tab, after]), () =>
    asked.ads.feed({ tab, cursor: after }),
  );
  return { tab, isFirstPage: after === null, feed };
}

export default function FeedPage() {
  const { tab, isFirstPage, feed } = useLoaderData<typeof loader>();
  const session = useRouteLoaderData<typeof rootLoader>('root');
  const list = useMore(tab, feed, {
    idOf: feedItemId,
    load: (cursor) => api.ads.feed.query({ tab, cursor }),
  });
  const isVisitor = session?.person === null && !session.databaseAway;
  // Nothing was ever published here: there is nothing to explain or to sort, only a first step to take.
  if (tab === 'all' && isFirstPage && list.items.length === 0) {
    return (
      <Container width="wide">
        <h1 className="sr-only">Feed</h1>
        <DoneNotice className="mt-4" />
        <FirstSteps isSignedIn={session?.person?.isGuest === false} />
      </Container>
    );
  }
  const adIds = [...new Set(feed.items.map((item) => (item.type === 'ad' ? item.ad.id : item.remix.adId)))];
  return (
    <Container width="wide">
      {isVisitor && isFirstPage ? <FeedIntro adIds={adIds} /> : <h1 className="sr-only">Feed</h1>}
      <div className={isVisitor && isFirstPage ? '' : 'pt-3 sm:pt-5'}>
        <FeedTabs current={tab} />
      </div>
      <DoneNotice className="mt-4" />
      {!isFirstPage && (
        <Notice className="mt-4">
          You are further down the list.{' '}
          <Link to={feedAddress(tab)} className="font-medium underline underline-offset-4">
            Back to the newest
          </Link>
        </Notice>
      )}
      {list.items.length === 0 ? (
        <NothingYet tab={tab} />
      ) : (
        <div className="pt-5">
          <FeedWall
            isMixed={tab === 'all'}
            items={list.items}
            label={tab === 'ads' ? 'Ads' : tab === 'remixes' ? 'Remixes' : 'Ads and remixes'}
          />
          <ListEnd list={list} nouns={NOUNS[tab]} addressOf={(cursor) => feedAddress(tab, cursor)} />
        </div>
      )}
    </Container>
  );
}

function NothingYet({ tab }: { tab: FeedTab }) {
  if (tab === 'remixes') {
    return (
      <EmptyState
        media={<Sparkles />}
        title="No remixes yet"
        actions={
          <Button variant="primary" asChild>
            <Link to="/?tab=ads">Pick an ad to remix</Link>
          </Button>
        }
      >
        Say in a sentence what should change about an ad, publish the result, and it stands here first.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      media={<ImagePlus />}
      title="No ads yet"
      actions={
        <Button variant="primary" asChild>
          <Link to="/upload">Upload an ad</Link>
        </Button>
      }
    >
      Upload a picture with a brand and a title, and it stands here for everybody to remix.
    </EmptyState>
  );
}
