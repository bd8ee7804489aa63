import { IMAGE_CREDITS } from '@repo/domain/credits/rules';
import type { CatalogueEntry } from '@repo/domain/generation/catalogue';
import type { Env } from '../env.ts';

/** The id of Google's newest picture model; overridden by GEMINI_IMAGE_MODEL. */
const GEMINI_IMAGE_MODEL = 'gemini-3.1-flash-image';

export const geminiModelId = (env: Pick<Env, 'GEMINI_IMAGE_MODEL'>): string =>
  env.GEMINI_IMAGE_MODEL ?? GEMINI_IMAGE_MODEL;

export const LOCAL_MODEL = 'local/effects';

/** The models this installation offers, best first: the real ones where a key is set, and always the local one. */
export function modelEntries(env: Pick<Env, 'GEMINI_API_KEY' | 'GEMINI_IMAGE_MODEL'>): CatalogueEntry[] {
  const pictures = ['image.edit', 'image.create'] as const;
  const local: CatalogueEntry = {
    id: LOCAL_MODEL,
    provider: 'local',
    label: env.GEMINI_API_KEY ? 'Local effects' : 'Local effects (no AI key set)',
    kinds: pictures,
    credits: IMAGE_CREDITS,
    costMicroUsd: 0,
    typicalSeconds: 2,
    isPaid: false,
    retiresOn: null,
  };
  if (!env.GEMINI_API_KEY) return [local];
  const id = geminiModelId(env);
  const gemini: CatalogueEntry = {
    id: `google/${id}`,
    provider: 'google',
    label: `Gemini (${id})`,
    kinds: pictures,
    credits: IMAGE_CREDITS,
    costMicroUsd: 39_000,
    typicalSeconds: 12,
    isPaid: true,
    retiresOn: null,
  };
  return [gemini, local];
}
