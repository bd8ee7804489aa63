import { microUsdText } from '@repo/domain/usage/rules';
import type { UsageRow } from '@repo/domain/usage/schema';

/** What can be drawn by day. */
export const MEASURES = ['dollars', 'credits', 'calls', 'failures', 'images', 'film', 'tokens'] as const;
export type Measure = (typeof MEASURES)[number];

const count = (value: number): string => value.toLocaleString('en');
const seconds = (value: number): string => (Math.round(value * 10) / 10).toLocaleString('en');

type Told = { label: string; about: string; none: string; of(row: Counts): number; text(value: number): string };
type Counts = Omit<UsageRow, 'key' | 'label'>;

/** How each is called, counted and written. */
export const MEASURE = {
  dollars: {
    label: 'Dollars',
    about: 'What providers charge for their calls.',
    none: 'No provider charged anything in these days.',
    of: ({ microUsd }) => microUsd,
    text: microUsdText,
  },
  credits: {
    label: 'Credits',
    about: 'What was captured for finished work, less what was refunded.',
    none: 'No credits were captured in these days, or all were refunded.',
    of: ({ credits }) => credits,
    text: count,
  },
  calls: {
    label: 'Calls',
    about: 'Requests that a provider answered or failed.',
    none: 'No provider was called in these days.',
    of: ({ calls }) => calls,
    text: count,
  },
  failures: {
    label: 'Failures',
    about: 'Calls that brought nothing.',
    none: 'No call failed in these days.',
    of: ({ failures }) => failures,
    text: count,
  },
  images: {
    label: 'Pictures',
    about: 'Pictures that models made.',
    none: 'No pictures were made in these days.',
    of: ({ images }) => images,
    text: count,
  },
  film: {
    label: 'Seconds of film',
    about: 'Seconds of film that models made.',
    none: 'No film was made in these days.',
    of: ({ videoSeconds }) => videoSeconds,
    text: seconds,
  },
  tokens: {
    label: 'Tokens',
    about: 'Tokens that text models read and wrote.',
    none: 'No tokens were read or written in these days.',
    of: ({ inputTokens, outputTokens }) => inputTokens + outputTokens,
    text: count,
  },
} satisfies Record<Measure, Told>;
