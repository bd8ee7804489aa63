import { type MemoryAgent, ProviderError } from '@repo/ai';
import { createLettaAgent } from '@repo/ai/letta';
import type { Env } from '../env.ts';

/** The agent that remembers for a brand, where one is set. */
export function memoryAgent(env: Pick<Env, 'LETTA_API_KEY' | 'LETTA_AGENT_ID' | 'LETTA_BASE_URL'>): MemoryAgent | null {
  const { LETTA_API_KEY: apiKey, LETTA_AGENT_ID: agentId, LETTA_BASE_URL: baseUrl } = env;
  return apiKey && agentId ? createLettaAgent({ apiKey, agentId, ...(baseUrl && { baseUrl }) }) : null;
}

/** Says at the start whether the agent can be reached, so that a wrong setting is not found by a person who waits. */
export async function greetMemoryAgent(agent: MemoryAgent, log: (line: string) => void): Promise<void> {
  try {
    const blocks = await agent.readBlocks();
    log(`${agent.name} remembers ${blocks.length} ${blocks.length === 1 ? 'block' : 'blocks'}`);
  } catch (error) {
    log(`${agent.name} cannot be used: ${ProviderError.is(error) ? error.message : String(error)}`);
  }
}
