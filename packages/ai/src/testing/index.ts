export { type AnthropicRecord, type AnthropicWire, startAnthropicWire } from './anthropic-wire.ts';
export { type FakeModel, type FakeModelOptions, fakeModel } from './fake-model.ts';
export { type FakeSpeechModel, type FakeSpeechOptions, fakeSpeechModel } from './fake-speech-model.ts';
export { type FakeTextModel, type FakeTextOptions, fakeTextModel } from './fake-text-model.ts';
export { type GeminiBehaviour, type GeminiBehaviourName, NAMED_BEHAVIOURS } from './gemini-behaviours.ts';
export { type GeminiWire, type RecordedRequest, startGeminiWire } from './gemini-wire.ts';
export { type LettaRecord, type LettaWire, startLettaWire } from './letta-wire.ts';
export { type OpenAiRecord, type OpenAiWire, startOpenAiWire } from './openai-wire.ts';
export { startVeoWire, VEO_BEHAVIOURS, type VeoBehaviour, type VeoBehaviourName, type VeoWire } from './veo-wire.ts';
