import type { TextModel } from '@repo/ai';
import { LOCAL, type ModelEnv, modelIds } from './model-entries.ts';

type Vendor = Promise<TextModel>;

/**
 * The models that read and write, by their ids. Their vendors' libraries are loaded when one is first used, so that a
 * web process which never streams a word carries none of them.
 */
export function textModels(env: ModelEnv): Map<string, TextModel> {
  const ids = modelIds(env);
  const models = new Map<string, TextModel>();
  const add = (id: string, load: () => Vendor) => models.set(id, lazily(id, load));

  add(LOCAL.rules, async () => (await import('@repo/ai/local-text')).createLocalTextModel());
  const { GEMINI_API_KEY, ANTHROPIC_API_KEY, OPENAI_API_KEY, AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_API_KEY } = env;
  if (GEMINI_API_KEY) {
    const access = { apiKey: GEMINI_API_KEY, ...(env.GEMINI_BASE_URL && { baseUrl: env.GEMINI_BASE_URL }) };
    for (const modelId of [ids.geminiText, ids.geminiEmbed]) {
      add(`google/${modelId}`, async () =>
        (await import('@repo/ai/gemini-text')).createGeminiTextModel({ ...access, modelId }),
      );
    }
  }
  if (ANTHROPIC_API_KEY) {
    const access = { apiKey: ANTHROPIC_API_KEY, ...(env.ANTHROPIC_BASE_URL && { baseUrl: env.ANTHROPIC_BASE_URL }) };
    add(`anthropic/${ids.anthropic}`, async () =>
      (await import('@repo/ai/anthropic')).createAnthropicTextModel({ ...access, modelId: ids.anthropic }),
    );
  }
  if (OPENAI_API_KEY) {
    const access = { apiKey: OPENAI_API_KEY, ...(env.OPENAI_BASE_URL && { baseUrl: env.OPENAI_BASE_URL }) };
    for (const modelId of [ids.openaiText, ids.openaiEmbed]) {
      add(`openai/${modelId}`, async () =>
        (await import('@repo/ai/openai-text')).createOpenAiTextModel({ ...access, modelId }),
      );
    }
  }
  if (AZURE_OPENAI_ENDPOINT && AZURE_OPENAI_API_KEY) {
    const access = {
      endpoint: AZURE_OPENAI_ENDPOINT,
      apiKey: AZURE_OPENAI_API_KEY,
      apiVersion: env.AZURE_OPENAI_API_VERSION,
    };
    for (const deployment of [env.AZURE_OPENAI_DEPLOYMENT, env.AZURE_OPENAI_EMBED_DEPLOYMENT]) {
      if (!deployment) continue;
      add(`azure/${deployment}`, async () =>
        (await import('@repo/ai/openai-text')).createAzureOpenAiTextModel({ ...access, deployment }),
      );
    }
  }
  return models;
}

/** A model that is made when it is first asked. */
function lazily(name: string, load: () => Vendor): TextModel {
  let loaded: Vendor | undefined;
  const model = () => {
    loaded ??= load();
    return loaded;
  };
  return {
    type: 'text',
    name,
    answer: async (request, call) => (await model()).answer(request, call),
    async *stream(request, call) {
      yield* (await model()).stream(request, call);
    },
  };
}
