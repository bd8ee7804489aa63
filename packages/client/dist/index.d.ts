export type { AppRouter } from './router.js';
export { type Client, type ClientOptions, createClient } from './create-client.js';
export { RemixifyError } from './remixify-error.js';
export { type GenerationState, isSettled } from './watch-generation.js';
