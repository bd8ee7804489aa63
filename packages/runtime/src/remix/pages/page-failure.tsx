import { isRouteErrorResponse, Link, useLocation, useRouteError } from '@remix-run/react';
import { Button, ErrorState } from '@repo/ui';
import { useEffect, useState } from 'react';
import { DatabaseAway } from './database-away.tsx';
import { useRequestInfo } from './request-info.tsx';
import { lastFailedRequestId } from './watch-request-ids.ts';

/** What stands where a page could not: says what happened, what to do, and which request it was. */
export function PageFailure() {
  const error = useRouteError();
  const requestId = useFailedRequestId();
  const { pathname, search } = useLocation();
  const status = isRouteErrorResponse(error) ? error.status : 500;

  if (status === 503) return <DatabaseAway requestId={requestId} />;
  if (status === 404) {
    return (
      <ErrorState
        code={404}
        headingLevel="h1"
        title="There is nothing here"
        next="Check the address for a slip of the keys, or look round the feed: what was here may have been taken down."
        actions={<FrontPage />}
        requestId={requestId}
      >
        {sentenceOf(error, 'This page does not exist, or what it showed has gone.')}
      </ErrorState>
    );
  }
  if (status === 403) {
    return (
      <ErrorState
        code={403}
        headingLevel="h1"
        title="This is not yours to open"
        next="Sign in with the account it belongs to, or ask whoever sent you here to give you access."
        actions={
          <>
            <Button variant="primary" asChild>
              <Link to={`/sign-in?to=${encodeURIComponent(pathname + search)}`}>Sign in</Link>
            </Button>
            <FrontPage quiet />
          </>
        }
        requestId={requestId}
      >
        {sentenceOf(error, 'Your account has no right to see this page.')}
      </ErrorState>
    );
  }
  if (status === 429) {
    return (
      <ErrorState
        code={429}
        headingLevel="h1"
        title="That was too fast"
        charged="Nothing. A request that is not taken costs nothing."
        next="Wait a moment, then try again. What you typed is still on the page before this one."
        actions={
          <Button variant="primary" asChild>
            <a href={pathname + search}>Try again</a>
          </Button>
        }
        requestId={requestId}
      >
        {sentenceOf(error, 'Many requests came from here within a short time.')}
      </ErrorState>
    );
  }
  if (status < 500) {
    return (
      <ErrorState
        code={status}
        headingLevel="h1"
        title="That request could not be read"
        next="Go back and try again. If a form led you here, what you typed is still on the page before this one."
        actions={<FrontPage />}
        requestId={requestId}
      >
        {sentenceOf(error, 'Something in it was missing or malformed.')}
      </ErrorState>
    );
  }
  return (
    <ErrorState
      code={500}
      headingLevel="h1"
      title="Something broke on our side"
      charged="Nothing. What fails here is never charged."
      next="Try once more. If it breaks again, tell us the request id below: it leads us to what happened."
      actions={
        <>
          <Button variant="primary" asChild>
            <a href={pathname + search}>Try again</a>
          </Button>
          <FrontPage quiet />
        </>
      }
      requestId={requestId}
    >
      It is not your doing, and it has been written down.
    </ErrorState>
  );
}

function FrontPage({ quiet = false }: { quiet?: boolean }) {
  return (
    <Button variant={quiet ? 'outline' : 'primary'} asChild>
      <Link to="/">Go to the feed</Link>
    </Button>
  );
}

/** A refusal of ours carries a sentence made to be shown. Anything longer or richer is not one. */
function sentenceOf(error: unknown, otherwise: string): string {
  const said = isRouteErrorResponse(error) && typeof error.data === 'string' ? error.data.trim() : '';
  return said.length > 0 && said.length <= 300 && !said.startsWith('Error') ? said : otherwise;
}

/** The id of the request that failed: of this page, or of the one the browser made later. */
function useFailedRequestId(): string | undefined {
  const { requestId } = useRequestInfo();
  const [failed, setFailed] = useState<string | null>(null);
  useEffect(() => setFailed(lastFailedRequestId()), []);
  return failed ?? (requestId || undefined);
}
