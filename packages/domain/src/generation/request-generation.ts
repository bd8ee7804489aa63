import { transactAs } from '@repo/db';
import type { z } from 'zod';
import type { UserContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import { answerSchemaOf } from './answer-schema.ts';
import { mustSeePictures, openGeneration } from './open-generation.ts';
import { readGeneration } from './read-generations.ts';
import { type GenerationView, type RequestGeneration, RequestGenerationInput } from './schema.ts';

/**
 * Asks a model for something. The generation, its hold and its job are written together or not at all. `askedHash`
 * stands for the request where it was asked in other words than these.
 */
export async function requestGeneration(
  ctx: UserContext,
  input: RequestGeneration,
  askedHash?: string,
): Promise<GenerationView> {
  const request = RequestGenerationInput.parse(input);
  if (request.kind === 'text.stream') {
    throw new DomainError('invalid', 'What is answered word by word is asked for with generation.stream.');
  }
  const id = await transactAs(ctx.db, ctx.actor, async (tx) => {
    if (request.kind === 'image.edit' || request.kind === 'image.describe') {
      await mustSeePictures(tx, ctx, [request.assetId]);
    }
    return (await openGeneration(tx, ctx, request, askedHash)).generation.id;
  });
  return readGeneration(ctx, id);
}

type StructuredRequest<Answer> = Omit<Extract<RequestGeneration, { kind: 'text.structured' }>, 'kind' | 'schema'> & {
  answer: z.ZodType<Answer>;
};

/** Asks for an object of this zod type; `readAnswer` gives it when the generation is done. */
export function requestStructured<Answer>(
  ctx: UserContext,
  { answer, ...request }: StructuredRequest<Answer>,
): Promise<GenerationView> {
  return requestGeneration(ctx, { ...request, kind: 'text.structured', schema: answerSchemaOf(answer) });
}

/** The object a `text.structured` generation answered, checked by its zod type; null until it is done. Throws ZodError. */
export function readAnswer<Answer>(generation: GenerationView, answer: z.ZodType<Answer>): Answer | null {
  if (generation.output?.kind !== 'text.structured') return null;
  return answer.parse(generation.output.value);
}
