import { z } from 'zod';
import { type MemoryAnswer, ProviderError, type ProviderFailure, type Usage } from '../port.ts';

/** Only the parts that are read. Of what an agent does on its way (reasoning, tools) nothing is. */
export const LettaMessage = z.object({
  id: z.string(),
  message_type: z.string(),
  content: z.union([z.string(), z.array(z.object({ text: z.string().nullish() }))]).nullish(),
  otid: z.string().nullish(),
  run_id: z.string().nullish(),
  is_err: z.boolean().nullish(),
});
export type LettaMessage = z.infer<typeof LettaMessage>;

export const LettaUsage = z
  .object({
    prompt_tokens: z.number().nullish(),
    completion_tokens: z.number().nullish(),
    step_count: z.number().nullish(),
  })
  .nullish();
type LettaUsage = z.infer<typeof LettaUsage>;

const Reply = z.object({
  messages: z.array(LettaMessage),
  stop_reason: z.object({ stop_reason: z.string() }).nullish(),
  usage: LettaUsage,
});

/** What an agent said and why it stopped, told at once or found later. */
export type Heard = { messages: readonly LettaMessage[]; stopReason: string | undefined; usage: LettaUsage };

/** Ends in which the agent did not come to its answer; what it said before is not the answer. */
const FAILED: ReadonlyMap<string, ProviderFailure> = new Map([
  ['error', 'unavailable'],
  ['llm_api_error', 'unavailable'],
  ['invalid_llm_response', 'unavailable'],
  ['invalid_tool_call', 'unavailable'],
  ['cancelled', 'unavailable'],
  ['insufficient_credits', 'misconfigured'],
  ['requires_approval', 'misconfigured'],
  ['context_window_overflow_in_system_prompt', 'misconfigured'],
]);

export const isFailure = (stopReason: string | null | undefined): stopReason is string =>
  stopReason != null && FAILED.has(stopReason);

/**
 * The answer in a reply that came with status 200. Throws `ProviderError`: `empty` (nothing was said), `unavailable`
 * or `misconfigured` (the agent failed, although the status says it went well, or the reply is of another shape).
 */
export function readReply(provider: string, reply: unknown): MemoryAnswer {
  const { messages, stop_reason, usage } = readAs(provider, Reply, reply);
  return toAnswer(provider, { messages, stopReason: stop_reason?.stop_reason, usage });
}

export function toAnswer(provider: string, { messages, stopReason, usage }: Heard, isOver = false): MemoryAnswer {
  const text = messages
    .filter(({ message_type, is_err }) => message_type === 'assistant_message' && !is_err)
    .map(({ content }) => wordsIn(content).trim())
    .filter(Boolean)
    .join('\n\n');
  const failed = FAILED.get(stopReason ?? '');
  if (failed) {
    const wasPaid = Boolean(usage?.completion_tokens || usage?.step_count || text);
    const maybeTaken = failed === 'unavailable' && wasPaid;
    throw new ProviderError(provider, failed, { detail: stopReason, said: text || undefined, maybeTaken, isOver });
  }
  if (!text) {
    throw new ProviderError(provider, 'empty', { detail: `no words: ${stopReason ?? 'no stop reason'}`, isOver });
  }
  return { text, usage: toUsage(usage) };
}

/** What the vendor sent, if it is what it may send: an HTML page with status 200 arrives as a string. */
export function readAs<T>(provider: string, shape: z.ZodType<T>, answer: unknown): T {
  const parsed = shape.safeParse(answer);
  if (parsed.success) return parsed.data;
  const detail = `an answer of another shape: ${z.prettifyError(parsed.error)}`.slice(0, 1000);
  throw new ProviderError(provider, 'unavailable', { detail, maybeTaken: true });
}

const wordsIn = (content: LettaMessage['content']): string =>
  typeof content === 'string' ? content : (content ?? []).map(({ text }) => text ?? '').join('');

const toUsage = (usage: LettaUsage): Usage => ({
  ...(usage?.prompt_tokens != null && { inputTokens: usage.prompt_tokens }),
  ...(usage?.completion_tokens != null && { outputTokens: usage.completion_tokens }),
});
