export type { CallTimeouts } from '../call/watch-call.ts';
export { type AnthropicOptions, createAnthropicTextModel } from './create-anthropic-text-model.ts';
