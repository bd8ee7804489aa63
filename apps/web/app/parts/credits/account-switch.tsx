import { Link } from '@remix-run/react';
import type { AccountRef } from '@repo/domain/credits/schema';
import { creditsAddress } from './credits-search.ts';

export type AccountSwitchProps = {
  brands: readonly { id: string; name: string }[];
  current: AccountRef;
};

/** Whose credits are looked at: one's own, or those of a brand one belongs to. */
export function AccountSwitch({ brands, current }: AccountSwitchProps) {
  if (brands.length === 0) return null;
  return (
    <nav aria-label="Account" className="flex flex-wrap gap-1.5">
      {[{ id: 'mine' as const, name: 'You' }, ...brands].map(({ id, name }) => (
        <Link
          key={id}
          to={creditsAddress({ account: id })}
          prefetch="intent"
          aria-current={id === current ? 'page' : undefined}
          className="inline-flex min-h-9 max-w-full items-center rounded-full border border-line-strong px-3.5 text-sm text-muted transition-colors hover:border-control hover:text-ink aria-[current=page]:border-ink aria-[current=page]:bg-ink aria-[current=page]:text-canvas pointer-coarse:min-h-11"
        >
          <span className="truncate">{name}</span>
        </Link>
      ))}
    </nav>
  );
}
