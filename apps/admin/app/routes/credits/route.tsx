import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Container, PageHeader } from '@repo/ui';
import { find } from '#app/parts/staff/find.server.ts';
import { FindForm } from '#app/parts/staff/find-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Credits · Remixify' }, { name: 'robots', content: 'noindex' }];

export const loader = ({ request }: LoaderFunctionArgs) => find(request);

export default function CreditsPage() {
  return (
    <Container className="pb-10">
      <PageHeader
        title="Credits"
        description="Find a person or a brand to see and adjust their credits, or a generation to see its receipt and refund it."
        className="pb-6"
      />
      <FindForm page="credits" {...useLoaderData<typeof loader>()} />
    </Container>
  );
}
