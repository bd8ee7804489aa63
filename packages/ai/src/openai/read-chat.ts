import { z } from 'zod';
import { ProviderError, type Usage } from '../port.ts';
import { strangeAnswer } from './vendor.ts';

const Tokens = z
  .object({ prompt_tokens: z.number().optional(), completion_tokens: z.number().optional() })
  .nullish()
  .catch(undefined);
const Completion = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
        finish_reason: z.string().nullish(),
      }),
    )
    .min(1),
  usage: Tokens,
});
export const Chunk = z.object({
  // Azure's first event has the verdicts on the prompt and no choice, the last one only the usage.
  choices: z
    .array(
      z.object({
        delta: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }).nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .nullish(),
  usage: Tokens,
});

export type ChatWords = { text: string; isCutOff: boolean; usage: Usage };

/** The words in a completion that came with status 200. Throws `refused`, `empty` or `unavailable`. */
export function readChat(provider: string, answer: unknown): ChatWords {
  const parsed = Completion.safeParse(answer);
  if (!parsed.success) throw strangeAnswer(provider, `an answer of another shape: ${z.prettifyError(parsed.error)}`);
  const { message, finish_reason: ended } = parsed.data.choices[0]!;
  const text = message.content ?? '';
  refuseWhenRefused(provider, { refusal: message.refusal, ended, text });
  const isCutOff = ended === 'length';
  if (text.trim() === '') throw nothingSaid(provider, ended);
  return { text, isCutOff, usage: toUsage(parsed.data.usage) };
}

/** "I will not" comes as words of its own, or as the vendor's filter that cut the answer off. */
export function refuseWhenRefused(
  provider: string,
  { refusal, ended, text }: { refusal: string | null | undefined; ended: string | null | undefined; text: string },
): void {
  if (refusal)
    throw new ProviderError(provider, 'refused', { detail: `refusal: ${refusal}`.slice(0, 1000), said: refusal });
  if (ended === 'content_filter') {
    throw new ProviderError(provider, 'refused', { detail: 'content_filter', said: text.trim() || undefined });
  }
}

/** A model that thinks can spend all its tokens before the first word. */
export const nothingSaid = (provider: string, ended: string | null | undefined): ProviderError =>
  new ProviderError(provider, 'empty', { detail: `no words (finish reason: ${ended ?? 'none'})` });

export const toUsage = (tokens: z.infer<typeof Tokens>): Usage => ({
  ...(tokens?.prompt_tokens !== undefined && { inputTokens: tokens.prompt_tokens }),
  ...(tokens?.completion_tokens !== undefined && { outputTokens: tokens.completion_tokens }),
});
