import { Link } from '@remix-run/react';
import type { Balance } from '@repo/domain/credits/schema';
import { Button } from '@repo/ui';
import { Coins } from 'lucide-react';

/** What can be spent now. Leads to where it went and where it comes from. */
export function CreditsPill({ balance: { credits } }: { balance: Balance }) {
  return (
    <Button variant="outline" size="sm" asChild className="rounded-full tabular-nums">
      <Link to="/credits" prefetch="intent" aria-label={`${credits} credits. Where they went`}>
        <Coins aria-hidden />
        {credits.toLocaleString('en')}
      </Link>
    </Button>
  );
}
