import type { GeminiBehaviourName, VeoBehaviourName } from '@repo/ai/testing';
import type { AnthropicBehaviourName } from '../../packages/ai/src/testing/anthropic-behaviours.ts';
import type { OpenAiBehaviourName } from '../../packages/ai/src/testing/openai-behaviours.ts';
import type { ChaosKind } from './plan.ts';
import type { Chance } from './seeded.ts';

export type Vendor = 'gemini' | 'openai' | 'anthropic' | 'veo';
export type Door = 'submit' | 'poll';

/**
 * How a vendor's answer ends: after `takes nothing` alone the same request may be sent again; whether it was taken
 * and billed after an `unclear` one nobody can know.
 */
export const ENDINGS = ['well', 'refusal', 'nothing usable', 'takes nothing', 'unclear'] as const;
export type Ending = (typeof ENDINGS)[number];

/** What a vendor does with one request. `behaviour` is a name its wire knows. */
export type Mood = { behaviour: string; ending: Ending; delayMs: number };

const ENDING_WEIGHTS: Record<Ending, number> = {
  well: 68,
  refusal: 6,
  'nothing usable': 5,
  'takes nothing': 12,
  unclear: 9,
};
const POLL_WEIGHTS: Record<Ending, number> = { ...ENDING_WEIGHTS, well: 75, 'takes nothing': 15, unclear: 0 };

type Repertoire<Name> = Record<Ending, readonly Name[]>;

const GEMINI_UNCLEAR = [
  'bad gateway',
  'request timeout',
  'reset before headers',
  'reset mid-body',
  'truncated JSON',
  'HTML with 200',
  'JSON null',
  'stall mid-body',
] as const;
const GEMINI: Repertoire<GeminiBehaviourName> = {
  well: ['success', 'success', 'success', 'slow success', 'success with thoughts and words'],
  refusal: ['safety', 'blocked prompt', 'prohibited content'],
  'nothing usable': ['empty content', 'nothing'],
  'takes nothing': ['rate limit', 'rate limit', 'internal error', 'overloaded', 'rate limit with retry-after'],
  unclear: GEMINI_UNCLEAR,
};
const GEMINI_PICTURES: Repertoire<GeminiBehaviourName> = {
  ...GEMINI,
  refusal: ['image safety', 'blocked prompt', 'polite words', 'recitation'],
  'nothing usable': ['empty content', 'nothing', 'bytes that are no image', 'no image'],
};
const OPENAI: Repertoire<OpenAiBehaviourName> = {
  well: ['success', 'success', 'slow success'],
  refusal: ['polite refusal'],
  'nothing usable': ['no words', 'all tokens thought away'],
  'takes nothing': ['rate limit', 'rate limit', 'internal error', 'overloaded', 'rate limit with retry-after'],
  unclear: [
    'bad gateway',
    'gateway timeout',
    'reset before headers',
    'reset mid-body',
    'truncated JSON',
    'HTML with 200',
    'JSON null',
    'empty body',
    'stall mid-body',
  ],
};
const OPENAI_PICTURES: Repertoire<OpenAiBehaviourName> = {
  ...OPENAI,
  well: [...OPENAI.well, 'success behind an address'],
  refusal: ['refused picture'],
  'nothing usable': ['no picture', 'bytes that are no image'],
};
const OPENAI_VECTORS: Repertoire<OpenAiBehaviourName> = {
  ...OPENAI,
  refusal: ['bad request'],
  'nothing usable': ['no vectors'],
};
const ANTHROPIC: Repertoire<AnthropicBehaviourName> = {
  well: ['success', 'success', 'slow success', 'JSON in prose'],
  refusal: ['refusal', 'refusal after words'],
  'nothing usable': ['nothing', 'only thoughts'],
  'takes nothing': ['rate limit', 'internal error', 'unavailable', 'overloaded'],
  unclear: [
    'bad gateway',
    'request timeout',
    'reset before headers',
    'reset mid-body',
    'truncated body',
    'HTML with 200',
    'JSON null',
    'stall mid-body',
  ],
};
const VEO_SUBMITS: Repertoire<VeoBehaviourName> = {
  well: ['well', 'slow'],
  refusal: ['sensitive words'],
  'nothing usable': ['bad request'],
  'takes nothing': ['rate limit', 'server error', 'overloaded'],
  unclear: ['reset before headers', 'reset mid-body', 'truncated', 'web page', 'empty object'],
};
const VEO_POLLS: Repertoire<VeoBehaviourName> = {
  well: ['well', 'well', 'slow'],
  refusal: ['filtered', 'filtered, nested', 'policy error'],
  'nothing usable': ['done without anything', 'no videos', 'bytes that are no film'],
  // A look costs nothing, however it ends.
  'takes nothing': ['running', 'server error', 'overloaded', 'rate limit', 'reset mid-body', 'truncated', 'web page'],
  unclear: ['running'],
};

function repertoireOf(vendor: Vendor, door: Door, kind: ChaosKind): Repertoire<string> {
  const isPicture = kind === 'image.edit' || kind === 'image.create';
  switch (vendor) {
    case 'gemini':
      return isPicture ? GEMINI_PICTURES : GEMINI;
    case 'openai':
      return isPicture ? OPENAI_PICTURES : kind === 'text.embed' ? OPENAI_VECTORS : OPENAI;
    case 'anthropic':
      return ANTHROPIC;
    case 'veo':
      return door === 'poll' ? VEO_POLLS : VEO_SUBMITS;
    default:
      return vendor satisfies never;
  }
}

export type MoodOptions = { slowestMs: number; isCalm: boolean };

/** What this vendor does with this request; on a calm day, what it was asked for. */
export function moodFor(vendor: Vendor, door: Door, kind: ChaosKind, chance: Chance, options: MoodOptions): Mood {
  const moods = repertoireOf(vendor, door, kind);
  if (options.isCalm) return { behaviour: moods.well[0]!, ending: 'well', delayMs: 0 };
  const ending = chance.weigh(door === 'poll' ? POLL_WEIGHTS : ENDING_WEIGHTS);
  // Most answers come soon, and some late enough to be killed over.
  const delayMs = Math.round(chance.hits(0.3) ? chance.roll() * options.slowestMs : chance.roll() * 150);
  return { behaviour: chance.pick(moods[ending]), ending, delayMs };
}
