import { Link } from '@remix-run/react';
import { NavItem } from '@repo/ui';
import { PERIODS, type Period } from './periods.ts';

/** How far back to count. */
export function PeriodLinks({ current }: { current: Period }) {
  return (
    <nav aria-label="Period">
      <ul className="flex gap-1">
        {PERIODS.map((days) => (
          <li key={days}>
            <NavItem active={days === current}>
              <Link to={`?days=${days}`} prefetch="intent" preventScrollReset>
                {days} days
              </Link>
            </NavItem>
          </li>
        ))}
      </ul>
    </nav>
  );
}
