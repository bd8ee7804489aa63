export { createGeminiModel, type GeminiOptions } from './create-gemini-model.ts';
export type { CallTimeouts } from './watch-call.ts';
