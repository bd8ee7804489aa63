import { z } from 'zod';
import { readJson } from '../call/read-json.ts';
import { ProviderError, type TextResult, type Usage } from '../port.ts';

export const StopDetails = z.object({ category: z.string().nullish(), explanation: z.string().nullish() }).nullish();
export const TokenCount = z
  .object({
    input_tokens: z.number().nullish(),
    cache_creation_input_tokens: z.number().nullish(),
    cache_read_input_tokens: z.number().nullish(),
    output_tokens: z.number().nullish(),
  })
  .nullish();

const Message = z.object({
  content: z.array(z.object({ type: z.string(), text: z.string().nullish(), input: z.unknown().optional() })),
  stop_reason: z.string().nullish(),
  stop_details: StopDetails,
  usage: TokenCount,
});
type Message = z.infer<typeof Message>;

/** How an answer ended, and what was said in it. */
export type Ending = { stopReason: string; details: z.infer<typeof StopDetails>; words: string };

/** Ends at a limit: what was said is a beginning, never the whole of an object. */
export const isCutOff = (stopReason: string): boolean =>
  stopReason === 'max_tokens' || stopReason === 'model_context_window_exceeded';

/**
 * The object in an answer that came with status 200. Throws `ProviderError`: `refused`, `empty` (no JSON, or only
 * the beginning of it), `unavailable` (not what Anthropic may say).
 */
export function readStructured(provider: string, answer: unknown): TextResult {
  const { message, ending } = readEnding(provider, answer);
  // Some gateways answer a wish for JSON with a tool call.
  const input = message.content.find(({ type }) => type === 'tool_use')?.input;
  const text = ending.words || (input === undefined ? '' : JSON.stringify(input));
  const value = isCutOff(ending.stopReason) ? undefined : (readJson(ending.words) ?? input);
  if (value === undefined) throw emptyAnswer(provider, { ...ending, words: text });
  return { kind: 'text.structured', value, text, usage: toUsage(message.usage) };
}

/** The words in an answer that came with status 200; a description cut off at its limit is still one. */
export function readDescription(provider: string, answer: unknown): TextResult {
  const { message, ending } = readEnding(provider, answer);
  if (!ending.words) throw emptyAnswer(provider, ending);
  return { kind: 'image.describe', text: ending.words, usage: toUsage(message.usage) };
}

function readEnding(provider: string, answer: unknown): { message: Message; ending: Ending } {
  const parsed = Message.safeParse(answer);
  if (!parsed.success) throw otherShape(provider, parsed.error);
  const message = parsed.data;
  const words = message.content
    .flatMap(({ type, text }) => (type === 'text' && text ? [text] : []))
    .join('')
    .trim();
  const ending = { stopReason: message.stop_reason ?? 'no stop reason', details: message.stop_details, words };
  if (ending.stopReason === 'refusal') throw refusal(provider, ending);
  return { message, ending };
}

export function refusal(provider: string, { details, words }: Ending): ProviderError {
  const detail = ['refusal', details?.category, details?.explanation].filter(Boolean).join(': ').slice(0, 1000);
  return new ProviderError(provider, 'refused', { detail, said: words || undefined });
}

export function emptyAnswer(provider: string, { stopReason, words }: Ending): ProviderError {
  const detail = isCutOff(stopReason) ? `cut off: ${stopReason}` : `nothing usable: ${stopReason}`;
  return new ProviderError(provider, 'empty', { detail, said: words || undefined });
}

export const otherShape = (provider: string, error: z.ZodError): ProviderError =>
  new ProviderError(provider, 'unavailable', {
    detail: `an answer of another shape: ${z.prettifyError(error)}`.slice(0, 1000),
    maybeTaken: true,
  });

/** Tokens read from or written to a cache are input as well: Anthropic counts them apart. */
export function toUsage(count: z.infer<typeof TokenCount>): Usage {
  const { input_tokens, cache_creation_input_tokens, cache_read_input_tokens, output_tokens } = count ?? {};
  const read = [input_tokens, cache_creation_input_tokens, cache_read_input_tokens].filter((part) => part != null);
  return {
    ...(read.length > 0 && { inputTokens: read.reduce((sum, part) => sum + part, 0) }),
    ...(output_tokens != null && { outputTokens: output_tokens }),
  };
}
