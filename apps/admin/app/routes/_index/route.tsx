import type { LoaderFunctionArgs } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { useRouteLoaderData } from '@remix-run/react';
import { apiFor, type PageSession } from '@repo/runtime';
import { Button, Container, EmptyState } from '@repo/ui';
import { ChartColumn } from 'lucide-react';
import { requireMember } from '#app/parts/report/require-member.server.ts';

/** Leads to the report of the first brand, by name; stays only with people who have none. */
export async function loader({ request }: LoaderFunctionArgs) {
  const person = await requireMember(request);
  const [first] = await (await apiFor(request)).brands.mine();
  if (first) throw redirect(`/brands/${first.slug}`);
  return { name: person.name };
}

export default function NoBrandPage() {
  const session = useRouteLoaderData<PageSession>('root');
  return (
    <Container>
      <h1 className="sr-only">Your brands</h1>
      <EmptyState
        media={<ChartColumn />}
        title="You have no brand yet"
        actions={
          session && (
            <Button variant="primary" asChild>
              <a href={`${session.appUrl}/upload`}>Upload an ad</a>
            </Button>
          )
        }
      >
        Publish an ad and give its brand a name in the same step: then its remixes, creators and credits are counted
        here. Somebody else’s brand? Ask its owner to add you.
      </EmptyState>
    </Container>
  );
}
