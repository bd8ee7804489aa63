import { z } from 'zod';
import { ProviderError, type Usage } from '../port.ts';
import { strangeAnswer } from './vendor.ts';

const Embeddings = z.object({
  data: z.array(z.object({ index: z.number().int(), embedding: z.array(z.number()).min(1) })),
  usage: z.object({ prompt_tokens: z.number().optional() }).nullish().catch(undefined),
});

/** One vector for each of `count` texts, in their order, whatever order they came in. Throws `empty`, `unavailable`. */
export function readVectors(
  provider: string,
  answer: unknown,
  count: number,
  dimensions: number | undefined,
): { vectors: number[][]; usage: Usage } {
  const parsed = Embeddings.safeParse(answer);
  if (!parsed.success) throw strangeAnswer(provider, `an answer of another shape: ${z.prettifyError(parsed.error)}`);
  const { data, usage } = parsed.data;
  if (data.length === 0) throw new ProviderError(provider, 'empty', { detail: 'no vector in the answer' });
  const byIndex = new Map(data.map(({ index, embedding }) => [index, embedding]));
  const vectors = Array.from({ length: count }, (_, index) => byIndex.get(index) ?? []);
  const length = dimensions ?? vectors[0]?.length ?? 0;
  if (data.length !== count || vectors.some((vector) => vector.length !== length)) {
    throw strangeAnswer(provider, `not ${count} vectors of one length`);
  }
  const inputTokens = usage?.prompt_tokens;
  return { vectors, usage: inputTokens === undefined ? {} : { inputTokens } };
}
