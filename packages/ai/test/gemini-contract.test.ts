import { createGeminiModel } from '../src/gemini/index.server.ts';
import { ProviderError } from '../src/port.ts';
import { type FakeModelOptions, fakeModel, type GeminiBehaviourName, startGeminiWire } from '../src/testing/index.ts';
import { describeMediaModel, type VendorMood } from './contract.ts';

const BEHAVIOURS: Record<VendorMood, GeminiBehaviourName> = {
  answers: 'success',
  refuses: 'image safety',
  'says nothing': 'polite words',
  'limits the rate': 'rate limit with retry-after',
  'rejects the key': 'bad key',
  'has retired the model': 'model retired',
  'is down': 'overloaded',
  'cannot be reached': 'success',
  'cuts off its answer': 'reset mid-body',
  'sends no picture bytes': 'bytes that are no image',
  hangs: 'stall before headers',
};

describeMediaModel('Gemini', async (mood) => {
  const wire = await startGeminiWire();
  wire.usually(BEHAVIOURS[mood]);
  const model = createGeminiModel({ apiKey: wire.apiKey, baseUrl: wire.baseUrl, modelId: 'gemini-3.1-flash-image' });
  if (mood === 'cannot be reached') await wire.close();
  return {
    model,
    paidRequests: () => wire.requests.length,
    taken: () => wire.arrival(1),
    close: mood === 'cannot be reached' ? undefined : wire.close,
  };
});

// The fake that stands in for every vendor in other rooms' tests must keep the promises it stands for.
const FAKES: Record<VendorMood, FakeModelOptions> = {
  answers: { pending: 2 },
  refuses: { failsWith: 'refused' },
  'says nothing': { failsWith: 'empty' },
  'limits the rate': { failsWith: () => new ProviderError('fake', 'rate_limited', { retryAfterMs: 7000 }) },
  'rejects the key': { failsWith: 'misconfigured' },
  'has retired the model': { failsWith: 'misconfigured' },
  'is down': { failsWith: 'unavailable' },
  'cannot be reached': { failsWith: 'unavailable' },
  'cuts off its answer': { failsWith: () => new ProviderError('fake', 'unavailable', { maybeTaken: true }) },
  'sends no picture bytes': { failsWith: () => new ProviderError('fake', 'unavailable', { maybeTaken: true }) },
  hangs: { delayMs: 60_000 },
};

describeMediaModel('the fake model', async (mood) => {
  const model = fakeModel(FAKES[mood]);
  return { model, paidRequests: () => model.starts.length };
});
