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

type StatusWords = { text: string; tone: 'neutral' | 'accent' | 'success' | 'warning' | 'danger' };

const STATUSES = {
  queued: { text: 'In the queue', tone: 'neutral' },
  running: { text: 'Being made', tone: 'accent' },
  retrying: { text: 'Trying again', tone: 'warning' },
  checking: { text: 'Finding out what became of it', tone: 'warning' },
  done: { text: 'Done', tone: 'success' },
  failed: { text: 'It did not work', tone: 'danger' },
  cancelled: { text: 'Cancelled', tone: 'neutral' },
} satisfies Record<GenerationStatus, StatusWords>;

export const statusWords = (status: GenerationStatus): StatusWords => STATUSES[status];
