import { z } from 'zod';
import { readJson } from '../call/read-json.ts';
import type { TextPiece, TextResult, Usage } from '../port.ts';
import { failAs, readCandidate, toUsage, UsageMetadata } from './read-candidate.ts';

/** The words of a whole answer. Throws `ProviderError`: `refused`, `invalid`, `empty`, `unavailable`. */
export function readWords(provider: string, answer: unknown): { text: string; usage: Usage; isCut: boolean } {
  const { text, ended, usage } = readCandidate(provider, answer);
  if (!text.trim()) throw failAs(provider)('empty', ended ?? 'no finish reason');
  return { text: text.trim(), usage, isCut: ended === 'MAX_TOKENS' };
}

/** The object in a whole answer. Words without one are `empty`, with the words kept in `said`. */
export function readObject(provider: string, answer: unknown): Extract<TextResult, { kind: 'text.structured' }> {
  const { text, usage, isCut } = readWords(provider, answer);
  // Within JSON that was cut off, smaller values are whole: none of them is what was asked for.
  const value = isCut ? parseWhole(text) : readJson(text);
  if (value === undefined) {
    const detail = isCut ? 'MAX_TOKENS: the JSON was cut off' : 'no JSON in the answer';
    throw failAs(provider)('empty', detail, { said: text });
  }
  return { kind: 'text.structured', value, text, usage };
}

function parseWhole(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The words of a stream as they come, then its one end. A stream may end by a token limit: what came is the answer.
 * Throws `ProviderError`: as `readWords`, and `unavailable` when it was cut before Gemini said why it stopped.
 */
export async function* readStream(provider: string, events: AsyncIterable<unknown>): AsyncGenerator<TextPiece> {
  let ended: string | undefined;
  let hasSpoken = false;
  let usage: Usage = {};
  for await (const event of events) {
    const candidate = readCandidate(provider, event);
    ended = candidate.ended ?? ended;
    usage = { ...usage, ...candidate.usage };
    if (!candidate.text) continue;
    hasSpoken = true;
    yield { type: 'delta', text: candidate.text };
  }
  if (ended === undefined) throw failAs(provider)('unavailable', 'the stream was cut off', { maybeTaken: true });
  if (!hasSpoken) throw failAs(provider)('empty', ended);
  yield { type: 'end', usage };
}

const Embeddings = z.object({
  embeddings: z.array(z.object({ values: z.array(z.number()).min(1) })).nullish(),
  usageMetadata: UsageMetadata,
});

/** One vector for each of `count` texts, all of one length. Throws `ProviderError`: `empty`, `unavailable`. */
export function readVectors(
  provider: string,
  answer: unknown,
  count: number,
): Extract<TextResult, { kind: 'text.embed' }> {
  const fail = failAs(provider);
  const parsed = Embeddings.safeParse(answer);
  if (!parsed.success) {
    const detail = `an answer of another shape: ${z.prettifyError(parsed.error)}`;
    throw fail('unavailable', detail, { maybeTaken: true });
  }
  const vectors = (parsed.data.embeddings ?? []).map(({ values }) => values);
  if (vectors.length === 0) throw fail('empty', 'no vectors');
  const lengths = new Set(vectors.map((vector) => vector.length));
  if (vectors.length !== count || lengths.size > 1) {
    const detail = `${vectors.length} vectors of ${[...lengths].join(', ')} numbers for ${count} texts`;
    throw fail('unavailable', detail, { maybeTaken: true });
  }
  return { kind: 'text.embed', vectors, usage: toUsage(parsed.data.usageMetadata) };
}
