import { Link, useLocation } from '@remix-run/react';
import { NavItem } from '@repo/ui';

/** The pages of the settings, in the order they are shown. */
const PAGES = [
  { to: '/settings', label: 'Account' },
  { to: '/settings/security', label: 'Two-step sign-in' },
  { to: '/settings/passkeys', label: 'Passkeys' },
  { to: '/settings/keys', label: 'API keys' },
  { to: '/settings/webhooks', label: 'Webhooks' },
] as const;

/** Leads from one page of the settings to the others. */
export function SettingsNav() {
  const { pathname } = useLocation();
  return (
    <nav aria-label="Settings" className="-mx-3 flex flex-wrap gap-1">
      {PAGES.map(({ to, label }) => (
        <NavItem key={to} active={pathname === to}>
          <Link to={to}>{label}</Link>
        </NavItem>
      ))}
    </nav>
  );
}
