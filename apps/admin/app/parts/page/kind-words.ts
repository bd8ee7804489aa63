import type { GenerationKind, GenerationStatus } from '@repo/domain/generation/rules';

const KINDS = {
  'image.edit': 'Remix of a picture',
  'image.create': 'Picture from words',
  'image.describe': 'Description of a picture',
  'video.create': 'Film',
  'text.structured': 'Filled-in form',
  'text.stream': 'Text',
  'text.embed': 'Meaning of texts',
  'speech.create': 'Speech',
} satisfies Record<GenerationKind, string>;

/** What a kind of work makes. A kind of a newer server is shown as it is. */
export const kindText = (kind: string): string => (Object.hasOwn(KINDS, kind) ? KINDS[kind as GenerationKind] : kind);

const STATUSES = {
  queued: { text: 'Waiting', tone: 'neutral' },
  running: { text: 'Running', tone: 'accent' },
  retrying: { text: 'Trying again', tone: 'warning' },
  checking: { text: 'Checking', tone: 'warning' },
  done: { text: 'Done', tone: 'success' },
  failed: { text: 'Failed', tone: 'danger' },
  cancelled: { text: 'Cancelled', tone: 'neutral' },
} satisfies Record<GenerationStatus, { text: string; tone: 'neutral' | 'accent' | 'success' | 'warning' | 'danger' }>;

export type StatusWords = (typeof STATUSES)[GenerationStatus];

export const statusWords = (status: string): StatusWords | { text: string; tone: 'neutral' } =>
  Object.hasOwn(STATUSES, status) ? STATUSES[status as GenerationStatus] : { text: status, tone: 'neutral' };
