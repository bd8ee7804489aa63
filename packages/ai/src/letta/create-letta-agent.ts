import { z } from 'zod';
import { type MemoryAgent, type MemoryBlock, ProviderError } from '../port.ts';
import { createCaller, type LettaOptions, listOf, PROVIDER } from './call-letta.ts';
import { readAs, readReply } from './read-reply.ts';
import { otidOf, reconcileAsk } from './reconcile-ask.ts';

export type { LettaOptions } from './call-letta.ts';

const MAX_BLOCKS = 100;

const Block = z.object({ label: z.string().nullish(), value: z.string(), limit: z.number() });
const Passages = z.array(z.object({ text: z.string() })).min(1);

/**
 * An agent at Letta: it answers over several steps, keeps what it learns, and can be asked later whether a lost
 * question reached it. It answers one question at a time: while it is at work a second one is `unavailable`.
 */
export function createLettaAgent(options: LettaOptions): MemoryAgent {
  const { agentId } = options;
  const callLetta = createCaller(options);

  return {
    type: 'memory',
    name: `${PROVIDER}/${agentId}`,

    ask: (message, call = {}) => {
      const otid = call.idempotencyKey && otidOf(call.idempotencyKey);
      const messages = [{ role: 'user', content: message, ...(otid && { otid }) } as const];
      return callLetta(
        'ask',
        call,
        (client) => client.agents.messages.create(agentId, { messages, streaming: false }),
        (reply) => readReply(PROVIDER, reply),
      );
    },

    reconcile: (idempotencyKey, call = {}) => reconcileAsk(callLetta, agentId, idempotencyKey, call),

    remember: async (passage, call = {}) => {
      await callLetta(
        'write',
        call,
        (client) => client.agents.passages.create(agentId, { text: passage }),
        (passages) => readAs(PROVIDER, Passages, passages),
      );
    },

    readBlocks: async (call = {}) => {
      const blocks = await callLetta(
        'read',
        call,
        (client) => listOf(client.agents.blocks.list(agentId, { limit: MAX_BLOCKS })),
        (items) => readAs(PROVIDER, z.array(Block), items),
      );
      return blocks.flatMap(toBlock);
    },

    writeBlock: async (label, value, call = {}) => {
      // Such a label is no part of an address: the SDK would refuse it, or speak of all blocks at once.
      if (!label.trim() || label === '.' || label === '..') {
        throw new ProviderError(PROVIDER, 'invalid', { detail: `no block can be called "${label}"` });
      }
      const written = await callLetta(
        'write',
        call,
        (client) => client.agents.blocks.update(label, { agent_id: agentId, value }),
        (block) => readAs(PROVIDER, Block, block),
      );
      return { label, value: written.value, limit: written.limit };
    },
  };
}

const toBlock = ({ label, value, limit }: z.infer<typeof Block>): MemoryBlock[] =>
  label ? [{ label, value, limit }] : [];
