import { createGeminiModel, createGeminiTextModel } from '../src/gemini/index.server.ts';
import { ProviderError } from '../src/port.ts';
import { type FakeModelOptions, fakeModel, type GeminiBehaviourName, startGeminiWire } from '../src/testing/index.ts';
import { describeMediaModel, type MediaMood, type TextMood } from './contract.ts';
import { type FailingMood, MEDIA_FAILURES, type Wanted } from './contract-moods.ts';
import { describeTextModel, type TextKind } from './text-contract.ts';

type Mood = Exclude<FailingMood, 'refuses' | 'says nothing'> | 'answers' | 'answers slowly';
const BEHAVIOURS: Record<Mood, GeminiBehaviourName> = {
  answers: 'success',
  'answers slowly': 'slow success',
  'rejects the request': 'bad request',
  'rejects the key': 'unauthenticated',
  'forbids the model': 'forbidden',
  'has retired the model': 'model retired',
  'times out': 'request timeout',
  'limits the rate': 'rate limit',
  'limits the rate for 7 seconds': 'rate limit with retry-after',
  breaks: 'internal error',
  'is down': 'overloaded',
  'cannot be reached': 'success',
  'resets before its answer': 'reset before headers',
  'resets in its answer': 'reset mid-body',
  'stalls in its answer': 'stall mid-body',
  'truncates its JSON': 'truncated JSON',
  'answers with a web page': 'HTML with 200',
  'sends a huge answer': 'huge body',
  hangs: 'stall before headers',
};

const PICTURES: Record<MediaMood, GeminiBehaviourName> = {
  ...BEHAVIOURS,
  refuses: 'image safety',
  'says nothing': 'polite words',
  'sends no picture bytes': 'bytes that are no image',
};

const WORDS: Record<TextMood, GeminiBehaviourName> = {
  ...BEHAVIOURS,
  refuses: 'safety',
  'says nothing': 'empty content',
  'fences its JSON': 'fenced JSON',
  'wraps its JSON in prose': 'JSON in prose',
  'answers without JSON': 'only words',
  'cuts its stream between events': 'cut between events',
};

/** A far end in a mood, and what the suites ask of it. */
async function openWire(behaviour: GeminiBehaviourName, mood: string) {
  const wire = await startGeminiWire();
  wire.usually(behaviour);
  const isGone = mood === 'cannot be reached';
  if (isGone) await wire.close();
  return {
    options: { apiKey: wire.apiKey, baseUrl: wire.baseUrl },
    apiKey: wire.apiKey,
    paidRequests: () => wire.requests.length,
    taken: () => wire.arrival(1),
    leftEarly: async () => (await wire.arrival(1)).leftEarly,
    lastBody: () => wire.requests.at(-1)?.text ?? '',
    close: isGone ? undefined : wire.close,
  };
}

describeMediaModel(
  'Gemini',
  async (mood, { timeouts }) => {
    const { options, ...wire } = await openWire(PICTURES[mood], mood);
    return { model: createGeminiModel({ ...options, modelId: 'gemini-3.1-flash-image', timeouts }), ...wire };
  },
  { kinds: ['image.edit', 'image.create'] },
);

const openText =
  (modelId: string) =>
  async (mood: TextMood, { kind, timeouts }: { kind: TextKind; timeouts: object }) => {
    // Numbers are never refused.
    if (kind === 'text.embed' && mood === 'refuses') return undefined;
    const { options, ...wire } = await openWire(WORDS[mood], mood);
    return { model: createGeminiTextModel({ ...options, modelId, timeouts }), ...wire };
  };

describeTextModel('Gemini', openText('gemini-3.1-flash'), {
  kinds: ['text.structured', 'image.describe', 'text.stream'],
});
describeTextModel('Gemini embedding', openText('gemini-embedding-2'), { kinds: ['text.embed'] });

// The fake that stands in for every vendor in other rooms' tests must keep the promises it stands for.
describeMediaModel(
  'the fake model',
  async (mood, { timeouts }) => {
    // It has no limits of its own to end it.
    if (mood === 'hangs' && timeouts.firstByteMs) return undefined;
    const model = fakeModel(optionsOf(mood));
    return { model, paidRequests: () => model.starts.length };
  },
  { doesAll: true },
);

function optionsOf(mood: MediaMood): FakeModelOptions {
  if (mood === 'answers') return { pending: 2 };
  if (mood === 'answers slowly') return { pending: 2, delayMs: 20 };
  if (mood === 'hangs') return { delayMs: 60_000 };
  const { reason, maybeTaken, retryAfterMs }: Wanted = MEDIA_FAILURES[mood];
  return { failsWith: () => new ProviderError('fake', reason, { maybeTaken, retryAfterMs }) };
}
