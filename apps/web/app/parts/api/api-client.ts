import type { AppRouter } from '@repo/api';
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import superjson from 'superjson';

const API_URL = '/api/trpc';
/** The server refuses larger batches. */
const MAX_BATCH_SIZE = 10;

/** The API for code that runs in the browser. Pages read in their loader; this is for what happens between pages. */
export const api = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: ({ type }) => type === 'subscription',
      true: httpSubscriptionLink({ url: API_URL, transformer: superjson }),
      false: httpBatchLink({ url: API_URL, transformer: superjson, maxItems: MAX_BATCH_SIZE }),
    }),
  ],
});
