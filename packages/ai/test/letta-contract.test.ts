import { createLettaAgent } from '../src/letta/index.server.ts';
import type { LettaBehaviourName } from '../src/testing/letta-behaviours.ts';
import { startLettaWire } from '../src/testing/letta-wire.ts';
import { describeMemoryAgent, type MemoryMood } from './memory-contract.ts';

/** Letta has no word for a refusal: an agent that will not answer says so in words. */
const BEHAVIOURS: Record<Exclude<MemoryMood, 'refuses'>, LettaBehaviourName> = {
  answers: 'well',
  'answers slowly': 'slow',
  'says nothing': 'only thoughts',
  'rejects the request': 'bad request',
  'rejects the key': 'unauthenticated',
  'forbids the model': 'forbidden',
  'has retired the model': 'agent gone',
  'times out': 'request timeout',
  'limits the rate': 'rate limit',
  'limits the rate for 7 seconds': 'rate limit with retry-after',
  breaks: 'internal error',
  'is down': 'unavailable',
  'cannot be reached': 'well',
  'resets before its answer': 'reset before headers',
  'resets in its answer': 'reset mid-body',
  'stalls in its answer': 'stall mid-body',
  'truncates its JSON': 'truncated body',
  'answers with a web page': 'HTML with 200',
  'sends a huge answer': 'huge body',
  hangs: 'stall before headers',
};

describeMemoryAgent('Letta', async (mood, { at, timeouts }) => {
  if (mood === 'refuses') return undefined;
  const wire = await startLettaWire();
  for (const door of at === 'ask' ? [wire.asks] : [wire.reads, wire.writes]) door.usually(BEHAVIOURS[mood]);
  const { apiKey, baseUrl, agentId, asks, writes } = wire;
  const agent = createLettaAgent({ apiKey, baseUrl, agentId, timeouts });
  if (mood === 'cannot be reached') await wire.close();
  return {
    agent,
    apiKey,
    paidRequests: () => asks.requests.length + writes.requests.length,
    passages: () => wire.agent.passages,
    taken: () => asks.arrival(1),
    close: mood === 'cannot be reached' ? undefined : wire.close,
  };
});
