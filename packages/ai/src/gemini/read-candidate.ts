import { z } from 'zod';
import { ProviderError, type ProviderErrorOptions, type ProviderFailure, type Usage } from '../port.ts';

const Part = z.object({
  text: z.string().nullish(),
  thought: z.boolean().nullish(),
  inlineData: z.object({ data: z.string().nullish(), mimeType: z.string().nullish() }).nullish(),
});
const Candidate = z.object({
  content: z.object({ parts: z.array(Part).nullish() }).nullish(),
  // No finishMessage: the SDK drops it on its way here.
  finishReason: z.string().nullish(),
});
const Tokens = z.number().nonnegative().nullish().catch(undefined);
export const UsageMetadata = z
  .object({ promptTokenCount: Tokens, candidatesTokenCount: Tokens, thoughtsTokenCount: Tokens })
  .nullish()
  .catch(undefined);
const Answer = z.object({
  candidates: z.array(Candidate).nullish(),
  promptFeedback: z.object({ blockReason: z.string().nullish(), blockReasonMessage: z.string().nullish() }).nullish(),
  usageMetadata: UsageMetadata,
});

/** Ends that mean "I will not", whatever else the answer holds. */
const REFUSALS: ReadonlySet<string> = new Set([
  'SAFETY',
  'IMAGE_SAFETY',
  'PROHIBITED_CONTENT',
  'IMAGE_PROHIBITED_CONTENT',
  'RECITATION',
  'IMAGE_RECITATION',
  'BLOCKLIST',
  'SPII',
]);

/** What a model said and made, its thoughts left out. `ended` is why it stopped, undefined while a stream runs. */
export type CandidateRead = {
  parts: readonly z.infer<typeof Part>[];
  /** The texts as they came, joined by nothing. */
  text: string;
  ended: string | undefined;
  usage: Usage;
};

export const failAs =
  (provider: string) =>
  (reason: ProviderFailure, detail: string, options: ProviderErrorOptions = {}): ProviderError =>
    new ProviderError(provider, reason, { ...options, detail: detail.slice(0, 1000) });

/**
 * The first candidate of an answer (or of one event of a stream) that came with status 200.
 * Throws `ProviderError`: `refused`, `invalid` (a language it has not), `unavailable` (not what Gemini may say).
 */
export function readCandidate(provider: string, answer: unknown): CandidateRead {
  const fail = failAs(provider);
  const parsed = Answer.safeParse(answer);
  if (!parsed.success) {
    const detail = `an answer of another shape: ${z.prettifyError(parsed.error)}`;
    throw fail('unavailable', detail, { maybeTaken: true });
  }
  const { candidates, promptFeedback, usageMetadata } = parsed.data;
  if (promptFeedback?.blockReason) {
    throw fail('refused', [promptFeedback.blockReason, promptFeedback.blockReasonMessage].filter(Boolean).join(': '));
  }

  const candidate = candidates?.[0];
  const parts = (candidate?.content?.parts ?? []).filter((part) => !part.thought);
  const text = parts.map((part) => part.text ?? '').join('');
  const ended = candidate?.finishReason ?? undefined;
  const told = [ended, text.trim()].filter(Boolean).join(': ');
  const said = text.trim() || undefined;
  if (ended && REFUSALS.has(ended)) throw fail('refused', told, { said });
  if (ended === 'LANGUAGE') throw fail('invalid', told, { said });
  return { parts, text, ended, usage: toUsage(usageMetadata) };
}

/** Thoughts are paid like any other words. */
export function toUsage(metadata: z.infer<typeof UsageMetadata>): Usage {
  const { promptTokenCount: inputTokens, candidatesTokenCount, thoughtsTokenCount } = metadata ?? {};
  const isCounted = candidatesTokenCount != null || thoughtsTokenCount != null;
  return {
    ...(inputTokens != null && { inputTokens }),
    ...(isCounted && { outputTokens: (candidatesTokenCount ?? 0) + (thoughtsTokenCount ?? 0) }),
  };
}
