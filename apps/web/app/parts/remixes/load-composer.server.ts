import type { apiFor } from '@repo/runtime';

/** What a composer shows besides what is remixed. */
export async function loadComposer(caller: Awaited<ReturnType<typeof apiFor>>) {
  const [models, weather, quotas] = await Promise.all([
    caller.generation.models(),
    caller.generation.weather(),
    caller.quotas.mine(),
  ]);
  return {
    models: models.filter(({ kinds }) => kinds.includes('image.edit')),
    weather: weather.filter(({ kind }) => kind === 'image.edit'),
    quota: quotas.mine,
    formKey: crypto.randomUUID(),
  };
}

export type ComposerData = Awaited<ReturnType<typeof loadComposer>>;
