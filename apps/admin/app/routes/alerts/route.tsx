import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { apiFor } from '@repo/runtime';
import { Container, Notice, PageHeader } from '@repo/ui';
import { OpenAlerts, PastAlerts } from '#app/parts/alerts/alert-list.tsx';
import { CountedAt } from '#app/parts/page/counted-at.tsx';
import { requireStaff } from '#app/parts/staff/require-staff.server.ts';

export const meta: MetaFunction = () => [{ title: 'Alerts · Remixify' }, { name: 'robots', content: 'noindex' }];

export async function loader({ request }: LoaderFunctionArgs) {
  await requireStaff(request);
  return (await apiFor(request)).operations.alerts();
}

export default function AlertsPage() {
  const { open, history, countedAt } = useLoaderData<typeof loader>();
  return (
    <Container className="pb-10">
      <PageHeader title="Alerts" description="What is wrong with this installation, and what to do about it." />
      <div className="grid gap-6">
        {open.length === 0 ? (
          <Notice tone="success" title="Nothing is wrong">
            Models, queue, books, spending and disks are looked at every minute.
          </Notice>
        ) : (
          <OpenAlerts alerts={open} />
        )}
        <section aria-labelledby="past" className="grid gap-3">
          <h2 id="past" className="text-lg font-semibold">
            What is over
          </h2>
          {history.length === 0 ? <p className="text-muted">Nothing so far.</p> : <PastAlerts alerts={history} />}
        </section>
        <CountedAt at={countedAt} />
      </div>
    </Container>
  );
}
