import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { apiFor } from '@repo/runtime';
import { Container, PageHeader } from '@repo/ui';
import { requireStaff } from '#app/parts/staff/require-staff.server.ts';
import { loadUsage } from '#app/parts/usage/load-usage.server.ts';
import { STAFF_USAGE } from '#app/parts/usage/usage-rules.ts';
import { UsageView } from '#app/parts/usage/usage-view.tsx';

export const meta: MetaFunction = () => [{ title: 'Usage · Remixify' }, { name: 'robots', content: 'noindex' }];

export async function loader({ request }: LoaderFunctionArgs) {
  await requireStaff(request);
  return loadUsage(await apiFor(request), request.url, { rules: STAFF_USAGE });
}

export default function UsagePage() {
  return (
    <Container>
      <PageHeader
        title="Usage"
        description="What was asked of providers, what it cost, and what people paid for it."
        className="pb-6"
      />
      <UsageView page="/usage" rules={STAFF_USAGE} isForStaff {...useLoaderData<typeof loader>()} />
    </Container>
  );
}
