import { z } from 'zod';
import { AdView } from '../ads/schema.ts';
import { PageInput } from '../paging/schema.ts';
import { RemixCard } from '../remixes/schema.ts';

export const FEED_TABS = ['all', 'ads', 'remixes'] as const;
export type FeedTab = (typeof FEED_TABS)[number];

export const ReadFeedInput = PageInput.extend({ tab: z.enum(FEED_TABS).default('all') });
export type ReadFeedInput = z.output<typeof ReadFeedInput>;

export const FeedItem = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ad'), ad: AdView }),
  z.object({ type: z.literal('remix'), remix: RemixCard }),
]);
export type FeedItem = z.infer<typeof FeedItem>;
