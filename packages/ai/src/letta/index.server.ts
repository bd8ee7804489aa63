export type { CallTimeouts } from '../call/watch-call.ts';
export { createLettaAgent, type LettaOptions } from './create-letta-agent.ts';
