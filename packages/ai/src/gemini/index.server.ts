export type { CallTimeouts } from '../call/watch-call.ts';
export type { GeminiOptions } from './ask-gemini.ts';
export { createGeminiModel } from './create-gemini-model.ts';
export { createGeminiTextModel } from './create-gemini-text-model.ts';
