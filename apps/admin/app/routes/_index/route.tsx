import { useRouteLoaderData } from '@remix-run/react';
import { Button, Container, EmptyState } from '@repo/ui';
import { ChartColumn } from 'lucide-react';
import type { loader } from '#app/root.tsx';

export default function FrontPage() {
  const session = useRouteLoaderData<typeof loader>('root');
  return (
    <Container>
      <EmptyState
        media={<ChartColumn />}
        title="No brand yet"
        actions={
          session && (
            <Button variant="primary" asChild>
              <a href={`${session.appUrl}/upload`}>Upload an ad</a>
            </Button>
          )
        }
      >
        Publish an ad under a brand of yours: its remixes, creators and credits are counted here.
      </EmptyState>
    </Container>
  );
}
