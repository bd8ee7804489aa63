import { createAnthropicTextModel } from '../src/anthropic/index.server.ts';
import type { AnthropicBehaviourName } from '../src/testing/anthropic-behaviours.ts';
import { startAnthropicWire } from '../src/testing/anthropic-wire.ts';
import type { TextMood } from './contract-moods.ts';
import { describeTextModel } from './text-contract.ts';

const BEHAVIOURS: Record<TextMood, AnthropicBehaviourName> = {
  answers: 'success',
  'answers slowly': 'slow success',
  refuses: 'refusal',
  'says nothing': 'nothing',
  'rejects the request': 'bad request',
  'rejects the key': 'names the key',
  'forbids the model': 'forbidden',
  'has retired the model': 'model retired',
  'times out': 'request timeout',
  'limits the rate': 'rate limit',
  'limits the rate for 7 seconds': 'rate limit with retry-after',
  breaks: 'internal error',
  'is down': 'unavailable',
  'cannot be reached': 'success',
  'resets before its answer': 'reset before headers',
  'resets in its answer': 'reset mid-body',
  'stalls in its answer': 'stall mid-body',
  'truncates its JSON': 'truncated body',
  'answers with a web page': 'HTML with 200',
  'sends a huge answer': 'huge body',
  hangs: 'stall before headers',
  'fences its JSON': 'fenced JSON',
  'wraps its JSON in prose': 'JSON in prose',
  'answers without JSON': 'only words',
  'cuts its stream between events': 'cut between events',
};

describeTextModel(
  'Anthropic',
  async (mood, { timeouts }) => {
    const wire = await startAnthropicWire();
    wire.usually(BEHAVIOURS[mood]);
    const { apiKey, baseUrl, requests } = wire;
    const model = createAnthropicTextModel({ apiKey, baseUrl, modelId: 'claude-haiku-5-5', timeouts });
    if (mood === 'cannot be reached') await wire.close();
    return {
      model,
      apiKey,
      paidRequests: () => requests.length,
      lastBody: () => requests.at(-1)?.text ?? '',
      taken: () => wire.arrival(1),
      leftEarly: async () => (await wire.arrival(1)).leftEarly,
      close: mood === 'cannot be reached' ? undefined : wire.close,
    };
  },
  { kinds: ['text.structured', 'image.describe', 'text.stream'] },
);
