import { createHash } from 'node:crypto';
import { redirect } from '@remix-run/node';
import { IdempotencyKey, ModelChoice, Prompt } from '@repo/domain/generation/schema';
import type { apiFor } from '@repo/runtime';
import { z } from 'zod';

/** What a composer posts, besides what is remixed. */
export const RemixForm = z.object({
  intent: z.literal('remix'),
  prompt: Prompt,
  model: ModelChoice,
  idempotencyKey: IdempotencyKey,
});

type Source = { adId: string; parentId: string | null };

/** Asks for the remix and leads to it. */
export async function askForRemix(
  api: Awaited<ReturnType<typeof apiFor>>,
  { adId, parentId }: Source,
  { prompt, model, idempotencyKey }: z.output<typeof RemixForm>,
): Promise<Response> {
  const key = keyOf(idempotencyKey, [adId, parentId ?? '', model, prompt]);
  const { remixId } = await api.remixes.request({ adId, parentId, prompt, model, idempotencyKey: key });
  return redirect(`/remixes/${remixId}`);
}

/**
 * One form may be sent twice with different words, by somebody who went back to it. The words are a part of the key, so
 * that is two remixes, while a resend of the same words stays one.
 */
const keyOf = (formKey: string, words: string[]): string =>
  `${formKey.slice(0, 50)}-${createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 24)}`;
