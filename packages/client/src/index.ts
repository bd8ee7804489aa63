export type { AppRouter } from '@repo/api';
export { type Client, type ClientOptions, createClient } from './create-client.ts';
export { RemixifyError } from './remixify-error.ts';
export { type GenerationState, isSettled } from './watch-generation.ts';
