import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { apiFor } from '@repo/runtime';
import { Container, PageHeader } from '@repo/ui';
import { AutoOrder } from '#app/parts/engine/auto-order.tsx';
import { ModelCard } from '#app/parts/engine/model-card.tsx';
import { RetirementNotice } from '#app/parts/engine/retirement-notice.tsx';
import { CountedAt } from '#app/parts/page/counted-at.tsx';
import { requireStaff } from '#app/parts/staff/require-staff.server.ts';

export const meta: MetaFunction = () => [{ title: 'Models · Remixify' }, { name: 'robots', content: 'noindex' }];

export async function loader({ request }: LoaderFunctionArgs) {
  await requireStaff(request);
  return (await apiFor(request)).operations.models();
}

export default function ModelsPage() {
  const { models, auto, warnings, countedAt } = useLoaderData<typeof loader>();
  return (
    <Container className="pb-10">
      <PageHeader
        title="Models"
        description="What is set up here, what it costs, how it does, and which one is taken when nobody chooses."
      />
      <div className="grid grid-cols-1 gap-8">
        <RetirementNotice warnings={warnings} />
        <section aria-labelledby="auto" className="grid grid-cols-1 gap-3">
          <div className="grid gap-1">
            <h2 id="auto" className="text-lg font-semibold">
              What auto takes now
            </h2>
            <p className="text-sm text-muted">
              Best first. A request that fails before anything was taken goes on to the next that is not down.
            </p>
          </div>
          <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
            {auto.map((order) => (
              <AutoOrder key={order.kind} order={order} />
            ))}
          </div>
        </section>
        <section aria-labelledby="catalogue" className="grid grid-cols-1 gap-3">
          <h2 id="catalogue" className="text-lg font-semibold">
            The catalogue, {models.length} models
          </h2>
          {models.map((model) => (
            <ModelCard key={model.id} model={model} />
          ))}
        </section>
        <CountedAt at={countedAt} />
      </div>
    </Container>
  );
}
