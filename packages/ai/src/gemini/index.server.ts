export type { CallTimeouts } from '../call/watch-call.ts';
export { createGeminiModel, type GeminiOptions } from './create-gemini-model.ts';
