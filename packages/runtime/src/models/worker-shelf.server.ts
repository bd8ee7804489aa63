import type { AnyModel } from '@repo/ai';
import { createGeminiModel } from '@repo/ai/gemini';
import { createLocalModel, createLocalVideoModel } from '@repo/ai/local';
import { createAzureOpenAiModel, createOpenAiModel } from '@repo/ai/openai';
import { createVeoModel, type VertexCredentials } from '@repo/ai/veo';
import type { ModelShelf } from '@repo/domain/generation/catalogue';
import type { OutsideFetch } from '@repo/outbound';
import { LOCAL, type ModelEnv, modelEntries, modelIds, modelOrder } from './model-entries.ts';
import { textModels } from './text-models.ts';

/** The models with the means to call them; links in their answers are asked by `outside`. Loads picture code: for workers only. */
export function workerShelf(env: ModelEnv, outside: OutsideFetch): ModelShelf {
  const ids = modelIds(env);
  const texts = textModels(env);
  const models = new Map<string, AnyModel>(texts);
  models.set(LOCAL.effects, createLocalModel());
  models.set(LOCAL.motion, createLocalVideoModel());
  const { GEMINI_API_KEY, OPENAI_API_KEY, AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_API_KEY, VERTEX_PROJECT } = env;
  if (GEMINI_API_KEY) {
    const access = { apiKey: GEMINI_API_KEY, ...(env.GEMINI_BASE_URL && { baseUrl: env.GEMINI_BASE_URL }) };
    models.set(`google/${ids.geminiImage}`, createGeminiModel({ ...access, modelId: ids.geminiImage }));
  }
  if (OPENAI_API_KEY) {
    const access = { apiKey: OPENAI_API_KEY, ...(env.OPENAI_BASE_URL && { baseUrl: env.OPENAI_BASE_URL }) };
    for (const modelId of [ids.openaiImage, env.FLUX_MODEL]) {
      if (modelId) models.set(`openai/${modelId}`, createOpenAiModel({ ...access, modelId, outside }));
    }
  }
  const deployment = env.AZURE_OPENAI_IMAGE_DEPLOYMENT;
  if (AZURE_OPENAI_ENDPOINT && AZURE_OPENAI_API_KEY && deployment) {
    const access = {
      endpoint: AZURE_OPENAI_ENDPOINT,
      apiKey: AZURE_OPENAI_API_KEY,
      apiVersion: env.AZURE_OPENAI_API_VERSION,
    };
    models.set(`azure/${deployment}`, createAzureOpenAiModel({ ...access, deployment, outside }));
  }
  if (VERTEX_PROJECT) {
    const place = { project: VERTEX_PROJECT, location: env.VERTEX_LOCATION, credentials: credentialsOf(env), outside };
    const baseUrl = env.VERTEX_BASE_URL;
    models.set(`vertex/${ids.veo}`, createVeoModel({ ...place, ...(baseUrl && { baseUrl }), modelId: ids.veo }));
  }
  return {
    entries: modelEntries(env),
    order: modelOrder(env),
    modelOf: (id) => models.get(id) ?? null,
    streamOf: (id) => texts.get(id) ?? null,
  };
}

/** A token that was given, else a service account file, else whatever identity the machine has. */
function credentialsOf(env: ModelEnv): VertexCredentials {
  if (env.VERTEX_ACCESS_TOKEN) return { accessToken: env.VERTEX_ACCESS_TOKEN };
  if (env.GOOGLE_APPLICATION_CREDENTIALS) return { serviceAccountFile: env.GOOGLE_APPLICATION_CREDENTIALS };
  return { adc: true };
}
