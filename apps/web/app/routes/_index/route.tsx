import { Link } from '@remix-run/react';
import { Button, Container, EmptyState } from '@repo/ui';
import { ImagePlus } from 'lucide-react';

export default function FrontPage() {
  return (
    <Container width="wide">
      <EmptyState
        media={<ImagePlus />}
        title="No ads yet"
        actions={
          <Button variant="primary" asChild>
            <Link to="/upload">Upload an ad</Link>
          </Button>
        }
      >
        Upload a picture with a brand and a title, and it stands here for everybody to remix.
      </EmptyState>
    </Container>
  );
}
