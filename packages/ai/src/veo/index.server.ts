export type { CallTimeouts } from '../call/watch-call.ts';
export type { VertexCredentials } from './create-token-source.ts';
export { createVeoModel, type VeoOptions } from './create-veo-model.ts';
