import { Form, Link } from '@remix-run/react';
import type { PageSession } from '@repo/runtime';
import { Badge, Button, Container, IconButton, Logo, LogoMark } from '@repo/ui';
import { ArrowUpRight, LogOut } from 'lucide-react';
import { StaffNav } from '#app/parts/staff/staff-nav.tsx';

/** Null session: the page failed before anybody could be asked who is there. */
export function AdminHeader({ session }: { session: (PageSession & { openAlerts: number }) | null }) {
  const person = session?.may.useAccount ? session.person : null;
  const isForStaff = session?.may.operate ?? false;
  return (
    <header className="sticky top-0 z-40 border-b border-line bg-canvas/90 backdrop-blur-md">
      <Container className="flex h-14 items-center gap-3 sm:h-16">
        <Link
          to="/"
          aria-label="Remixify for brands, front page"
          className="flex shrink-0 items-center gap-3 rounded-md"
        >
          <LogoMark className="size-7 sm:hidden" />
          <Logo title="" className="hidden sm:block" />
          <Badge>{isForStaff ? 'Staff' : 'Brands'}</Badge>
        </Link>
        <div className="ml-auto flex items-center gap-1 sm:gap-3">
          {session && (
            <Button variant="ghost" size="sm" asChild>
              <a href={session.appUrl}>
                Open the feed <ArrowUpRight aria-hidden />
              </a>
            </Button>
          )}
          {person && (
            <>
              <span className="hidden max-w-48 truncate text-sm text-muted sm:block">{person.name}</span>
              <Form method="post" action="/sign-out">
                <IconButton type="submit" label="Sign out" size="sm">
                  <LogOut aria-hidden />
                </IconButton>
              </Form>
            </>
          )}
        </div>
      </Container>
      {isForStaff && <StaffNav openAlerts={session?.openAlerts ?? 0} />}
    </header>
  );
}
