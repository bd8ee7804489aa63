type Told = {
  /** Where it stands in the log of events. */
  nouns: readonly string[];
  verb: string;
  description: string;
  /** What of the event's own facts is passed on, beside its id. */
  fields: readonly string[];
  /** Where the API tells more; `{id}` is the thing's. */
  more: string | null;
};

/** Everything one can be told of: a closed list, documented in `docs/webhooks.md`. */
export const WEBHOOK_EVENTS = {
  'generation.done': {
    nouns: ['generation'],
    verb: 'done',
    description: 'A generation is finished and its result is stored.',
    fields: ['status'],
    more: '/api/v1/generations/{id}',
  },
  'generation.failed': {
    nouns: ['generation'],
    verb: 'failed',
    description: 'A generation failed. Nothing was charged.',
    fields: ['status'],
    more: '/api/v1/generations/{id}',
  },
  'generation.cancelled': {
    nouns: ['generation'],
    verb: 'cancelled',
    description: 'A generation was cancelled.',
    fields: ['status'],
    more: '/api/v1/generations/{id}',
  },
  'remix.published': {
    nouns: ['remix'],
    verb: 'published',
    description: 'You published a remix, or somebody published one of your brand’s ad.',
    fields: ['adId'],
    more: '/api/v1/remixes/{id}',
  },
  'remix.removed': {
    nouns: ['remix'],
    verb: 'removed',
    description: 'You removed a remix.',
    fields: [],
    more: null,
  },
  'ad.published': {
    nouns: ['ad'],
    verb: 'published',
    description: 'An ad was published.',
    fields: [],
    more: '/api/v1/ads/{id}',
  },
  'ad.removed': { nouns: ['ad'], verb: 'removed', description: 'An ad was removed.', fields: [], more: null },
  'asset.usable': {
    nouns: ['asset'],
    verb: 'usable',
    description: 'An upload was checked and can be used.',
    fields: [],
    more: null,
  },
  'asset.rejected': {
    nouns: ['asset'],
    verb: 'rejected',
    description: 'An upload was refused, with the reason.',
    fields: ['rule', 'sentence'],
    more: null,
  },
  'credits.adjusted': {
    nouns: ['credits'],
    verb: 'adjusted',
    description: 'The staff changed a balance.',
    fields: ['amount', 'reason'],
    more: '/api/v1/credits',
  },
  'credits.refunded': {
    nouns: ['credits'],
    verb: 'refunded',
    description: 'A generation was paid back.',
    fields: ['generationId', 'amount', 'reason'],
    more: '/api/v1/credits',
  },
  'quota.set': {
    nouns: ['brand', 'account'],
    verb: 'quota_set',
    description: 'What may be used in a month was changed.',
    fields: ['metric', 'limit'],
    more: '/api/v1/quotas',
  },
} as const satisfies Record<string, Told>;

export type WebhookEventType = keyof typeof WEBHOOK_EVENTS;
export const WEBHOOK_EVENT_TYPES = Object.keys(WEBHOOK_EVENTS) as [WebhookEventType, ...WebhookEventType[]];
export const PING = 'webhook.ping';

export const WEBHOOKS_AT_MOST = 20;
export const DELIVERIES_KEPT_DAYS = 30;
/** The old secret signs beside the new one for so long. */
export const ROTATION_HOURS = 24;
/** For so long the key that made a webhook is shown its secret again: its first answer may have been lost. */
export const SECRET_AGAIN_HOURS = 24;
/** An endpoint that only fails for so long is stopped. */
export const STOPPED_AFTER_DAYS = 5;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** How long after each failed try the next one comes; together a day. */
export const PAUSES_MS = [5 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 15 * HOUR] as const;
export const TRIES_AT_MOST = PAUSES_MS.length + 1;
const LONGEST_WISH_MS = HOUR;

/** When to try again after the `tries`-th failure, or null when it was the last. `spread` in [0, 1) keeps a crowd apart. */
export function pauseAfter(tries: number, spread: number, wishedMs = 0): number | null {
  const pause = PAUSES_MS[tries - 1];
  if (pause === undefined) return null;
  return Math.max(Math.round(pause * (0.9 + spread * 0.2)), Math.min(wishedMs, LONGEST_WISH_MS));
}
