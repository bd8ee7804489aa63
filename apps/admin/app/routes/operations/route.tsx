import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData, useNavigation } from '@remix-run/react';
import { apiFor } from '@repo/runtime';
import { Button, Container, PageHeader } from '@repo/ui';
import { RefreshCw } from 'lucide-react';
import { EngineTiles } from '#app/parts/engine/engine-tiles.tsx';
import { FailureList } from '#app/parts/engine/failure-list.tsx';
import { QueueTable } from '#app/parts/engine/queue-table.tsx';
import { RetirementNotice } from '#app/parts/engine/retirement-notice.tsx';
import { StuckWork } from '#app/parts/engine/stuck-work.tsx';
import { WeatherList } from '#app/parts/engine/weather-list.tsx';
import { CountedAt } from '#app/parts/page/counted-at.tsx';
import { requireStaff } from '#app/parts/staff/require-staff.server.ts';

export const meta: MetaFunction = () => [{ title: 'Operations · Remixify' }, { name: 'robots', content: 'noindex' }];

export async function loader({ request }: LoaderFunctionArgs) {
  await requireStaff(request);
  const api = await apiFor(request);
  const [engine, weather, { warnings }] = await Promise.all([
    api.operations.engine(),
    api.generation.weather(),
    api.operations.models(),
  ]);
  return { engine, weather, warnings };
}

export default function OperationsPage() {
  const { engine, weather, warnings } = useLoaderData<typeof loader>();
  const isCounting = useNavigation().location?.pathname === '/operations';
  return (
    <Container className="pb-10">
      <PageHeader
        title="Operations"
        description="What waits, what runs, and what went wrong."
        actions={
          <Button variant="outline" asChild>
            <Link to="/operations" aria-busy={isCounting || undefined} preventScrollReset>
              <RefreshCw aria-hidden /> Count again
            </Link>
          </Button>
        }
      />
      <div className="grid gap-6">
        <EngineTiles report={engine} />
        <StuckWork stuck={engine.stuck} />
        <RetirementNotice warnings={warnings} hasLink />
        <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)]">
          <div className="grid grid-cols-1 gap-6">
            <section aria-labelledby="queues" className="grid grid-cols-1 gap-3">
              <h2 id="queues" className="text-lg font-semibold">
                Queues
              </h2>
              <QueueTable queues={engine.queues} />
            </section>
            <section aria-labelledby="failures" className="grid grid-cols-1 gap-3">
              <h2 id="failures" className="text-lg font-semibold">
                Failures in the last hour
              </h2>
              <FailureList lastHour={engine.lastHour} />
            </section>
          </div>
          <section aria-labelledby="weather" className="grid grid-cols-1 gap-3">
            <h2 id="weather" className="text-lg font-semibold">
              Weather
            </h2>
            <WeatherList weather={weather} />
          </section>
        </div>
        <CountedAt at={engine.countedAt} />
      </div>
    </Container>
  );
}
