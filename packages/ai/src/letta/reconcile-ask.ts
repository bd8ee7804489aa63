import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ModelCall, ReconciledAsk } from '../port.ts';
import { type CallLetta, listOf, PROVIDER } from './call-letta.ts';
import { isFailure, LettaMessage, LettaUsage, readAs, toAnswer } from './read-reply.ts';

const PAGE = 100;
const MAX_PAGES = 10;

const Run = z.object({ status: z.string(), stop_reason: z.string().nullish() });
const Page = z.array(LettaMessage);

/** Letta's name for a message of ours (`otid`): a UUID, always the same one for a key. */
export function otidOf(idempotencyKey: string): string {
  const hash = createHash('sha256').update(idempotencyKey).digest('hex');
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
}

/**
 * What came of an ask. A message is kept only after the agent's first step: while the agent is at work for anybody, one
 * that is not there yet is `unknown`. So is one that may lie deeper than the last 1,000 messages. Look a minute later,
 * not at once: one that is still on its way to the server would be `not_taken` too.
 */
export async function reconcileAsk(
  callLetta: CallLetta,
  agentId: string,
  idempotencyKey: string,
  call: ModelCall,
): Promise<ReconciledAsk> {
  // Runs before messages: one that ends between the two looks would be missed in both the other way round.
  const running = await callLetta(
    'read',
    call,
    (client) => listOf(client.runs.list({ agent_id: agentId, active: true, limit: 1 })),
    (runs) => readAs(PROVIDER, z.array(z.unknown()), runs),
  );
  const found = await findMessage(callLetta, agentId, otidOf(idempotencyKey), call);
  if (found === 'unknown' || (found === 'none' && running.length > 0)) return { state: 'unknown' };
  if (found === 'none') return { state: 'not_taken' };

  const { asked, after } = found;
  if (!asked.run_id) {
    if (running.length > 0) return { state: 'unknown' };
    // Old servers name no run: what follows is the answer as far as the next question.
    const next = after.findIndex(({ message_type }) => message_type === 'user_message');
    const messages = next < 0 ? after : after.slice(0, next);
    return { state: 'done', ...toAnswer(PROVIDER, { messages, stopReason: undefined, usage: undefined }, true) };
  }

  const runId = asked.run_id;
  const run = await callLetta(
    'read',
    call,
    (client) => client.runs.retrieve(runId),
    (answer) => readAs(PROVIDER, Run, answer),
  );
  if (run.status === 'created' || run.status === 'running') return { state: 'unknown' };
  const usage = await callLetta(
    'read',
    call,
    (client) => client.runs.usage.retrieve(runId),
    (answer) => readAs(PROVIDER, LettaUsage, answer),
  );
  const stopReason = run.status === 'completed' ? (run.stop_reason ?? undefined) : failureOf(run);
  const messages = after.filter(({ run_id }) => run_id === runId);
  return { state: 'done', ...toAnswer(PROVIDER, { messages, stopReason, usage }, true) };
}

/** A run that failed did so whatever its stop reason says. */
const failureOf = ({ status, stop_reason }: z.infer<typeof Run>): string => {
  if (status === 'cancelled') return status;
  return isFailure(stop_reason) ? stop_reason : 'error';
};

type Found = { asked: LettaMessage; after: LettaMessage[] };

/** Our message and all that came after it, oldest first. Pages come newest first. */
async function findMessage(
  callLetta: CallLetta,
  agentId: string,
  otid: string,
  call: ModelCall,
): Promise<Found | 'none' | 'unknown'> {
  const after: LettaMessage[] = [];
  for (let page = 0; page < MAX_PAGES; page++) {
    const cursor = after.at(-1)?.id;
    const query = { limit: PAGE, order: 'desc', ...(cursor && { after: cursor }) };
    const messages = await callLetta(
      'read',
      call,
      (client) => listOf(client.agents.messages.list(agentId, query)),
      (items) => readAs(PROVIDER, Page, items),
    );
    const at = messages.findIndex((message) => message.otid === otid && message.message_type === 'user_message');
    if (at >= 0) return { asked: messages[at]!, after: [...after, ...messages.slice(0, at)].reverse() };
    // A cursor that leads nowhere would turn in circles.
    if (messages.length === 0 || messages.at(-1)?.id === cursor) return 'none';
    after.push(...messages);
  }
  return 'unknown';
}
