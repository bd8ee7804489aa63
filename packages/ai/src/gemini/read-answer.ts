import { z } from 'zod';
import { mediaTypeOf } from '../call/media-type-of.ts';
import { type MediaResult, type Picture, ProviderError, type ProviderFailure } from '../port.ts';

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
const Answer = z.object({
  candidates: z.array(Candidate).nullish(),
  promptFeedback: z.object({ blockReason: z.string().nullish(), blockReasonMessage: z.string().nullish() }).nullish(),
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

/**
 * The picture in an answer that came with status 200, and the model's words beside it.
 * Throws `ProviderError`: `refused`, `invalid`, `empty` (no picture), `unavailable` (not what Gemini may say).
 */
export function readAnswer(provider: string, answer: unknown): MediaResult {
  const fail = (reason: ProviderFailure, detail: string, maybeTaken = false) =>
    new ProviderError(provider, reason, { detail: detail.slice(0, 1000), maybeTaken });

  const parsed = Answer.safeParse(answer);
  if (!parsed.success) throw fail('unavailable', `an answer of another shape: ${z.prettifyError(parsed.error)}`, true);
  const { candidates, promptFeedback } = parsed.data;
  if (promptFeedback?.blockReason) {
    throw fail('refused', [promptFeedback.blockReason, promptFeedback.blockReasonMessage].filter(Boolean).join(': '));
  }

  const candidate = candidates?.[0];
  // Thoughts come first and may hold drafts of the picture: the result is the last one that is no thought.
  const parts = (candidate?.content?.parts ?? []).filter((part) => !part.thought);
  const words = parts
    .map((part) => part.text?.trim())
    .filter(Boolean)
    .join('\n');
  const ended = candidate?.finishReason ?? 'no finish reason';
  const told = [ended, words].filter(Boolean).join(': ');
  if (REFUSALS.has(ended)) throw fail('refused', told);
  if (ended === 'LANGUAGE') throw fail('invalid', told);

  const data = parts.findLast((part) => part.inlineData?.data)?.inlineData?.data;
  if (!data) throw fail('empty', told);
  const bytes = Buffer.from(data, 'base64');
  const mimeType = mediaTypeOf(bytes);
  if (!mimeType) throw fail('unavailable', `${bytes.byteLength} bytes that are no picture`, true);
  const output: Picture = { bytes, mimeType };
  return { outputs: [output], notes: [], ...(words && { text: words }) };
}
