import { mayEdit } from '@repo/domain/brands/rules';
import { apiFor } from '@repo/runtime';

/** What the ad form shows to somebody with an account. */
export async function loadAdForm(request: Request) {
  const api = await apiFor(request);
  const [brands, models, balance] = await Promise.all([
    api.brands.mine(),
    api.generation.models(),
    api.credits.balance(),
  ]);
  return {
    brands: brands.filter(({ role }) => mayEdit(role)).map(({ id, name }) => ({ id, name })),
    /** What makes a described picture unless something else is chosen. */
    model: models.find(({ kinds }) => kinds.includes('image.create')) ?? null,
    credits: balance.credits,
    formKey: crypto.randomUUID(),
  };
}

export type AdFormData = Awaited<ReturnType<typeof loadAdForm>>;
