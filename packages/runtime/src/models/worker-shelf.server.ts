import type { MediaModel } from '@repo/ai';
import { createGeminiModel } from '@repo/ai/gemini';
import { createLocalModel } from '@repo/ai/local';
import type { ModelShelf } from '@repo/domain/generation/catalogue';
import type { Env } from '../env.ts';
import { geminiModelId, LOCAL_MODEL, modelEntries } from './model-entries.ts';

/** The models with the means to call them. Loads picture code: for workers only. */
export function workerShelf(env: Pick<Env, 'GEMINI_API_KEY' | 'GEMINI_BASE_URL' | 'GEMINI_IMAGE_MODEL'>): ModelShelf {
  const models = new Map<string, MediaModel>([[LOCAL_MODEL, createLocalModel()]]);
  if (env.GEMINI_API_KEY) {
    const modelId = geminiModelId(env);
    const gemini = createGeminiModel({
      apiKey: env.GEMINI_API_KEY,
      modelId,
      ...(env.GEMINI_BASE_URL ? { baseUrl: env.GEMINI_BASE_URL } : {}),
    });
    models.set(`google/${modelId}`, gemini);
  }
  return { entries: modelEntries(env), modelOf: (id) => models.get(id) ?? null };
}
