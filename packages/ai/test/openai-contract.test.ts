import type { CallTimeouts } from '../src/call/watch-call.ts';
import {
  createAzureOpenAiModel,
  createAzureOpenAiTextModel,
  createOpenAiModel,
  createOpenAiTextModel,
} from '../src/openai/index.server.ts';
import type { OpenAiBehaviour, OpenAiBehaviourName } from '../src/testing/openai-behaviours.ts';
import { type OpenAiWire, startOpenAiWire } from '../src/testing/openai-wire.ts';
import { SAMPLE_WORDS, sampleObject } from '../src/testing/sample-answers.ts';
import { describeMediaModel, type MediaMood, type TextMood } from './contract.ts';
import { ANSWER_SCHEMA, describeTextModel, type TextKind } from './text-contract.ts';

type Told = OpenAiBehaviour | OpenAiBehaviourName;
type Shared = Exclude<MediaMood & TextMood, 'refuses' | 'says nothing'>;

const SHARED: Record<Shared, Told> = {
  answers: 'success',
  'answers slowly': 'slow success',
  'rejects the request': 'bad request',
  'rejects the key': 'bad key',
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

const MEDIA: Record<MediaMood, Told> = {
  ...SHARED,
  refuses: 'refused picture',
  'says nothing': 'no picture',
  'sends no picture bytes': 'bytes that are no image',
};

const object = JSON.stringify(sampleObject(ANSWER_SCHEMA));
const TEXT: Record<TextMood, Told> = {
  ...SHARED,
  refuses: 'polite refusal',
  'says nothing': 'no words',
  'fences its JSON': { is: 'success', words: `\`\`\`json\n${object}\n\`\`\`` },
  'wraps its JSON in prose': { is: 'success', words: `Here you are: ${object} I hope it helps.` },
  'answers without JSON': { is: 'success', words: SAMPLE_WORDS },
  'cuts its stream between events': 'cut between events',
};

/** Vectors have no words to refuse in. */
const textBehaviour = (mood: TextMood, kind: TextKind): Told | undefined => {
  if (kind !== 'text.embed') return TEXT[mood];
  if (mood === 'refuses') return undefined;
  return mood === 'says nothing' ? 'no vectors' : TEXT[mood];
};

async function open<M>(mood: MediaMood | TextMood, behaviour: Told, make: (wire: OpenAiWire, apiKey: string) => M) {
  const wire = await startOpenAiWire();
  wire.usually(behaviour);
  const isGone = mood === 'cannot be reached';
  if (isGone) await wire.close();
  const apiKey = mood === 'rejects the key' ? 'sk-wrong-9876543210' : wire.apiKey;
  return {
    model: make(wire, apiKey),
    apiKey,
    paidRequests: () => wire.requests.length,
    lastBody: () => wire.requests.at(-1)?.body ?? '',
    taken: () => wire.arrival(1),
    leftEarly: async () => (await wire.arrival(1)).leftEarly,
    close: isGone ? undefined : wire.close,
  };
}

const azureAccess = (wire: OpenAiWire, apiKey: string, deployment: string) => ({
  endpoint: wire.origin,
  apiKey,
  deployment,
  apiVersion: '2025-04-01-preview',
});

describeMediaModel('OpenAI', (mood, { timeouts }) =>
  open(mood, MEDIA[mood], ({ baseUrl }, apiKey) =>
    createOpenAiModel({ apiKey, baseUrl, modelId: 'gpt-image-2.5-flare', timeouts }),
  ),
);

describeMediaModel('Azure OpenAI', (mood, { timeouts }) =>
  open(mood, MEDIA[mood], (wire, apiKey) =>
    createAzureOpenAiModel({ ...azureAccess(wire, apiKey, 'our-painter'), timeouts }),
  ),
);

const KINDS = ['text.structured', 'image.describe', 'text.embed', 'text.stream'] as const;
type Opening = { kind: TextKind; timeouts: Partial<CallTimeouts> };

describeTextModel(
  'OpenAI',
  async (mood: TextMood, { kind, timeouts }: Opening) => {
    const behaviour = textBehaviour(mood, kind);
    if (!behaviour) return undefined;
    return open(mood, behaviour, ({ baseUrl }, apiKey) =>
      createOpenAiTextModel({ apiKey, baseUrl, modelId: 'gpt-5-mini', timeouts }),
    );
  },
  { kinds: KINDS },
);

describeTextModel(
  'Azure OpenAI',
  async (mood: TextMood, { kind, timeouts }: Opening) => {
    // Azure's filter looks at what the model writes and cuts it off.
    const behaviour = mood === 'refuses' && kind !== 'text.embed' ? 'cut off by the filter' : textBehaviour(mood, kind);
    if (!behaviour) return undefined;
    return open(mood, behaviour, (wire, apiKey) =>
      createAzureOpenAiTextModel({ ...azureAccess(wire, apiKey, 'our-writer'), timeouts }),
    );
  },
  { kinds: KINDS },
);
