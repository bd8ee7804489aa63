import { Link, NavLink, useLocation } from '@remix-run/react';
import type { PageSession } from '@repo/runtime';
import { Button, Container, Logo, LogoMark, NavItem } from '@repo/ui';
import { ImagePlus, LayoutGrid, Sparkles } from 'lucide-react';
import { AccountMenu } from './account-menu.tsx';
import { CreditsPill } from './credits-pill.tsx';

export const PLACES = [
  { to: '/', label: 'Feed', Icon: LayoutGrid },
  { to: '/upload', label: 'Upload an ad', Icon: ImagePlus },
  { to: '/my-remixes', label: 'My remixes', Icon: Sparkles },
] as const;

/** Null session: the page failed before anybody could be asked who is there. */
export function SiteHeader({ session }: { session: PageSession | null }) {
  const { pathname } = useLocation();
  const isHere = (to: string) => (to === '/' ? pathname === '/' : pathname.startsWith(to));
  return (
    <>
      <header className="sticky top-0 z-40 border-b border-line bg-canvas/90 backdrop-blur-md">
        <Container width="wide" className="flex h-14 items-center gap-2 sm:h-16 sm:gap-6">
          <Link to="/" aria-label="Remixify, front page" className="shrink-0 rounded-md">
            <LogoMark className="size-7 sm:hidden" />
            <Logo title="" className="hidden sm:block" />
          </Link>
          <nav aria-label="Main" className="hidden md:block">
            <ul className="flex items-center gap-1">
              {PLACES.map(({ to, label }) => (
                <li key={to}>
                  <NavItem active={isHere(to)}>
                    <Link to={to} prefetch="intent">
                      {label}
                    </Link>
                  </NavItem>
                </li>
              ))}
            </ul>
          </nav>
          <div className="ml-auto flex items-center gap-1.5 sm:gap-3">
            {session?.balance && <CreditsPill balance={session.balance} />}
            <Who session={session} />
          </div>
        </Container>
      </header>
      <nav
        aria-label="Main"
        className="fixed inset-x-0 bottom-0 z-40 border-t border-line bg-canvas/95 pb-[env(safe-area-inset-bottom)] backdrop-blur-md md:hidden"
      >
        <ul className="grid grid-cols-3">
          {PLACES.map(({ to, label, Icon }) => (
            <li key={to}>
              <NavLink
                to={to}
                aria-current={isHere(to) ? 'page' : undefined}
                className="grid min-h-14 place-content-center justify-items-center gap-0.5 text-[11px] text-muted aria-[current=page]:font-medium aria-[current=page]:text-ink"
              >
                <Icon aria-hidden className="size-5" />
                {label}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
    </>
  );
}

function Who({ session }: { session: PageSession | null }) {
  const { pathname, search } = useLocation();
  // While records are away nobody can be recognised: offering to sign in would be a lie.
  if (!session || session.databaseAway) return null;
  if (session.person && !session.person.isGuest)
    return <AccountMenu person={session.person} adminUrl={session.adminUrl} />;
  const isEntrance = /^\/sign-(in|up)/.test(pathname);
  const back = isEntrance || pathname === '/' ? '' : `?to=${encodeURIComponent(pathname + search)}`;
  return (
    <>
      <Button variant="ghost" size="sm" asChild>
        <Link to={`/sign-in${back}`}>Sign in</Link>
      </Button>
      <Button variant="solid" size="sm" asChild>
        <Link to={`/sign-up${back}`}>Sign up</Link>
      </Button>
    </>
  );
}
