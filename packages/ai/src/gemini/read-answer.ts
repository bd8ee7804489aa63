import { mediaTypeOf } from '../call/media-type-of.ts';
import type { MediaResult, Picture } from '../port.ts';
import { failAs, readCandidate } from './read-candidate.ts';

/**
 * The picture in an answer that came with status 200, and the model's words beside it.
 * Throws `ProviderError`: `refused`, `invalid`, `empty` (no picture; `said` has its words), `unavailable`.
 */
export function readAnswer(provider: string, answer: unknown): MediaResult {
  const { parts, ended, usage } = readCandidate(provider, answer);
  const fail = failAs(provider);
  const words = parts
    .map((part) => part.text?.trim())
    .filter(Boolean)
    .join('\n');
  // Drafts may come before it: the result is the last one.
  const data = parts.findLast((part) => part.inlineData?.data)?.inlineData?.data;
  if (!data) {
    const told = [ended ?? 'no finish reason', words].filter(Boolean).join(': ');
    throw fail('empty', told, { said: words || undefined });
  }
  const bytes = Buffer.from(data, 'base64');
  const mimeType = mediaTypeOf(bytes);
  if (!mimeType?.startsWith('image/'))
    throw fail('unavailable', `${bytes.byteLength} bytes that are no picture`, { maybeTaken: true });
  const output: Picture = { bytes, mimeType };
  return { outputs: [output], notes: [], ...(words && { text: words }), usage: { ...usage, images: 1 } };
}
