import { Link, useLocation } from '@remix-run/react';
import { Badge, Container, NavItem } from '@repo/ui';

const PLACES = [
  { to: '/operations', label: 'Operations' },
  { to: '/alerts', label: 'Alerts' },
  { to: '/models', label: 'Models' },
  { to: '/usage', label: 'Usage' },
  { to: '/quotas', label: 'Quotas' },
  { to: '/credits', label: 'Credits' },
  { to: '/brands', label: 'Brands' },
] as const;

/** Where a receipt is, one is among credits. */
const isAt = (to: string, pathname: string): boolean =>
  pathname === to || pathname.startsWith(`${to}/`) || (to === '/credits' && pathname.startsWith('/receipts/'));

/** The staff's own pages. */
export function StaffNav({ openAlerts = 0 }: { openAlerts?: number }) {
  const { pathname } = useLocation();
  return (
    <nav aria-label="Staff" className="border-t border-line">
      <Container>
        {/* Wraps where it is narrow: the page one is on is always in sight, also without scripts. */}
        <ul className="-mx-3 flex flex-wrap gap-x-1 py-1">
          {PLACES.map(({ to, label }) => (
            <li key={to} className="shrink-0">
              <NavItem active={isAt(to, pathname)}>
                <Link to={to} prefetch="intent">
                  {label}
                  {to === '/alerts' && openAlerts > 0 && (
                    <Badge tone="danger" className="ml-1.5">
                      {openAlerts} <span className="sr-only">open</span>
                    </Badge>
                  )}
                </Link>
              </NavItem>
            </li>
          ))}
        </ul>
      </Container>
    </nav>
  );
}
