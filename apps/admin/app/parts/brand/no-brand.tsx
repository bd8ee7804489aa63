import { useRouteLoaderData } from '@remix-run/react';
import type { PageSession } from '@repo/runtime';
import { Button, Container, EmptyState } from '@repo/ui';
import { ChartColumn } from 'lucide-react';

/** For people who belong to no brand. */
export function NoBrand() {
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
