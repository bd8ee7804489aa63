import { mayAs } from '@repo/domain/permissions/rules';
import { apiFor } from '@repo/runtime';

/** What the ad form shows to somebody with an account. */
export async function loadAdForm(request: Request) {
  const api = await apiFor(request);
  const [brands, models, weather, quotas, balance] = await Promise.all([
    api.brands.mine(),
    api.generation.models(),
    api.generation.weather(),
    api.quotas.mine(),
    api.credits.balance(),
  ]);
  return {
    brands: brands.filter(({ role }) => mayAs(role, 'publish_ads')).map(({ id, name }) => ({ id, name })),
    /** What a picture can be made by, where the maker has none. */
    models: models.filter(({ kinds }) => kinds.includes('image.create')),
    weather: weather.filter(({ kind }) => kind === 'image.create'),
    quota: quotas.mine,
    balance,
    formKey: crypto.randomUUID(),
  };
}

export type AdFormData = Awaited<ReturnType<typeof loadAdForm>>;
