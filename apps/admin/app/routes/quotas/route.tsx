import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Container, PageHeader } from '@repo/ui';
import { find } from '#app/parts/staff/find.server.ts';
import { FindForm } from '#app/parts/staff/find-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Quotas · Remixify' }, { name: 'robots', content: 'noindex' }];

export const loader = ({ request }: LoaderFunctionArgs) => find(request);

export default function QuotasPage() {
  return (
    <Container className="pb-10">
      <PageHeader
        title="Quotas"
        description="How much a person or a brand may use in a month. Find one to see what they used and to set limits."
        className="pb-6"
      />
      <FindForm page="quotas" {...useLoaderData<typeof loader>()} />
    </Container>
  );
}
