import { RemixBrowser } from '@remix-run/react';
import { StrictMode, startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { RequestInfo, readRequestInfo } from './request-info.tsx';
import { watchRequestIds } from './watch-request-ids.ts';

/** Brings the page that the server sent to life. */
export function startPage(): void {
  watchRequestIds();
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <RequestInfo.Provider value={readRequestInfo()}>
          <RemixBrowser />
        </RequestInfo.Provider>
      </StrictMode>,
    );
  });
}
