import { createGeminiModel } from '../src/gemini/index.server.ts';
import { ProviderError } from '../src/port.ts';
import { type FakeModelOptions, fakeModel, type GeminiBehaviourName, startGeminiWire } from '../src/testing/index.ts';
import { describeMediaModel, type MediaMood } from './contract.ts';
import { MEDIA_FAILURES, type Wanted } from './contract-moods.ts';

const BEHAVIOURS: Record<MediaMood, GeminiBehaviourName> = {
  answers: 'success',
  'answers slowly': 'slow success',
  refuses: 'image safety',
  'says nothing': 'polite words',
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
  'sends no picture bytes': 'bytes that are no image',
  hangs: 'stall before headers',
};

describeMediaModel('Gemini', async (mood, { timeouts }) => {
  const wire = await startGeminiWire();
  wire.usually(BEHAVIOURS[mood]);
  const { apiKey, baseUrl } = wire;
  const model = createGeminiModel({ apiKey, baseUrl, modelId: 'gemini-3.1-flash-image', timeouts });
  if (mood === 'cannot be reached') await wire.close();
  return {
    model,
    apiKey,
    paidRequests: () => wire.requests.length,
    taken: () => wire.arrival(1),
    close: mood === 'cannot be reached' ? undefined : wire.close,
  };
});

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
