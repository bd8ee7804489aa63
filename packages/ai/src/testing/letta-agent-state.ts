import { randomUUID } from 'node:crypto';
import type { LettaBehaviour } from './letta-behaviours.ts';
import { SAMPLE_WORDS } from './sample-answers.ts';

type Well = Extract<LettaBehaviour, { is: 'well' }>;
export type LettaStoredMessage = {
  id: string;
  message_type: string;
  otid: string | null;
  run_id: string | null;
  [part: string]: unknown;
};
export type LettaRun = {
  id: string;
  agent_id: string;
  status: 'running' | 'completed' | 'failed' | 'cancelled';
  stop_reason: string | null;
  tokens: number;
};
export type LettaStoredBlock = { id: string; label: string; value: string; limit: number };

/** What one agent at Letta has before its eyes, has said and has been told, as the server keeps it. */
export type LettaAgentState = {
  blocks: LettaStoredBlock[];
  passages: string[];
  /** Oldest first. */
  messages: LettaStoredMessage[];
  runs: LettaRun[];
};

export const freshAgent = (): LettaAgentState => ({
  blocks: [
    { id: `block-${randomUUID()}`, label: 'brand', value: 'Warm, plain words.', limit: 200 },
    { id: `block-${randomUUID()}`, label: 'human', value: '', limit: 20_000 },
  ],
  passages: [],
  messages: [],
  runs: [],
});

/** A question begins a run; its messages are kept only when the agent has answered. */
export function beginRun(state: LettaAgentState, agentId: string): LettaRun {
  const run: LettaRun = {
    id: `run-${randomUUID()}`,
    agent_id: agentId,
    status: 'running',
    stop_reason: null,
    tokens: 0,
  };
  state.runs.push(run);
  return run;
}

/** The agent's answer in Letta's words: what it said lies between what it thought and did. */
export function endRun(
  state: LettaAgentState,
  run: LettaRun,
  asked: { content: string; otid?: string | undefined },
  { texts = [SAMPLE_WORDS], stopReason = 'end_turn', run: status = 'completed', tokens = 31 }: Well,
): object {
  const note = (message_type: string, parts: object, otid: string = randomUUID()): LettaStoredMessage => ({
    id: `message-${randomUUID()}`,
    date: new Date().toISOString(),
    message_type,
    otid,
    run_id: run.id,
    step_id: `step-${run.id}`,
    is_err: null,
    ...parts,
  });
  const tool = { name: 'archival_memory_search', arguments: '{"query":"winter"}', tool_call_id: 'call_1' };
  const said = texts.map((text, at) =>
    // Both forms are in use: plain, and in parts.
    note('assistant_message', { content: at % 2 === 0 ? text : [{ type: 'text', text }] }),
  );
  const answer = [
    note('reasoning_message', { reasoning: 'They want ideas.', source: 'reasoner_model' }),
    ...said.slice(0, -1),
    note('tool_call_message', { tool_call: tool, tool_calls: [tool] }),
    note('tool_return_message', { tool_return: 'nothing found', status: 'success', tool_call_id: 'call_1' }),
    ...said.slice(-1),
  ];
  if (tokens > 0) state.messages.push(note('user_message', { content: asked.content }, asked.otid), ...answer);
  Object.assign(run, { status, stop_reason: stopReason, tokens });
  return {
    messages: answer,
    stop_reason: { message_type: 'stop_reason', stop_reason: stopReason },
    usage: {
      message_type: 'usage_statistics',
      prompt_tokens: tokens * 10,
      completion_tokens: tokens,
      total_tokens: tokens * 11,
      step_count: tokens > 0 ? 2 : 0,
      run_ids: [run.id],
    },
  };
}

/** A page of a list, as the cursors of the query cut it. */
export function pageOf<T extends { id: string }>(oldestFirst: readonly T[], query: URLSearchParams): T[] {
  const items = query.get('order') === 'asc' ? [...oldestFirst] : [...oldestFirst].reverse();
  const cursor = query.get('after');
  const from = cursor ? items.findIndex(({ id }) => id === cursor) + 1 : 0;
  return items.slice(from, from + Number(query.get('limit') ?? 50));
}
