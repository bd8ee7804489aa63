import { Link } from '@remix-run/react';
import { ThemeChoice } from '@repo/runtime/pages';
import { Container, Logo, type Theme } from '@repo/ui';

export function SiteFooter({ theme }: { theme: Theme }) {
  return (
    <footer className="mt-16 border-t border-line pb-16 md:pb-0">
      <Container width="wide" className="flex flex-wrap items-center justify-between gap-x-8 gap-y-4 py-8">
        <div className="grid gap-2">
          <Link to="/" className="w-fit rounded-md" aria-label="Remixify, front page">
            <Logo title="" className="h-5" />
          </Link>
          <p className="text-sm text-muted">Brands publish ads. You remix them with a sentence.</p>
        </div>
        <ThemeChoice theme={theme} />
      </Container>
    </footer>
  );
}
