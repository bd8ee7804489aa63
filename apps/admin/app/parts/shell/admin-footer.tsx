import { ThemeChoice } from '@repo/runtime/pages';
import { Container, type Theme } from '@repo/ui';

export function AdminFooter({ theme }: { theme: Theme }) {
  return (
    <footer className="mt-16 border-t border-line">
      <Container className="flex flex-wrap items-center justify-between gap-4 py-6">
        <p className="text-sm text-muted">Every number here is counted from the records it stands for.</p>
        <ThemeChoice theme={theme} />
      </Container>
    </footer>
  );
}
