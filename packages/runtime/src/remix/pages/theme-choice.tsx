import { useFetcher, useLocation } from '@remix-run/react';
import { type Theme, ThemeSwitch } from '@repo/ui';

/** The switch between system, light and dark. A plain form before scripts arrive. */
export function ThemeChoice({ theme, className }: { theme: Theme; className?: string }) {
  const fetcher = useFetcher();
  const { pathname, search } = useLocation();
  return (
    <fetcher.Form method="post" action="/theme" className={className}>
      <input type="hidden" name="to" value={pathname + search} />
      <ThemeSwitch
        value={theme}
        onChange={(chosen) => fetcher.submit({ theme: chosen }, { method: 'post', action: '/theme' })}
      />
    </fetcher.Form>
  );
}
