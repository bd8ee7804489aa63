import { ProviderError } from '../src/port.ts';
import { fakeSpeechModel } from '../src/testing/index.ts';
import { FAILURES, type FailingMood } from './contract-moods.ts';
import { describeSpeechModel } from './speech-contract.ts';

// No vendor speaks yet: the fake that stands in for one in other rooms' tests keeps the promises it stands for.
describeSpeechModel('the fake that speaks', async (mood) => {
  const isFailing = (one: string): one is FailingMood => one in FAILURES;
  if (mood === 'answers slowly') return undefined;
  const model = fakeSpeechModel(
    isFailing(mood) ? { failsWith: new ProviderError('fake', FAILURES[mood].reason, { ...FAILURES[mood] }) } : {},
  );
  return { model, paidRequests: () => model.spoken.length };
});
