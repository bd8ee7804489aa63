import { Link } from '@remix-run/react';
import { IMAGE_CREDITS, MONTHLY_CREDITS } from '@repo/domain/credits/rules';
import type { Balance } from '@repo/domain/credits/schema';
import { Button, Popover, PopoverContent, PopoverTrigger } from '@repo/ui';
import { Coins } from 'lucide-react';
import { Day } from './day.tsx';

/** What can be spent now, and where it comes from. */
export function CreditsPill({ balance }: { balance: Balance }) {
  const { credits, held, isGuest, nextAllowanceAt } = balance;
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button
          variant="outline"
          size="sm"
          className="rounded-full tabular-nums"
          aria-label={`${credits} credits. Where credits come from`}
        >
          <Coins aria-hidden />
          {credits}
        </Button>
      </PopoverTrigger>
      <PopoverContent aria-label="Your credits" align="end" className="grid gap-3">
        <p className="text-2xl font-semibold tabular-nums">
          {credits} <span className="text-base font-normal text-muted">credits</span>
        </p>
        <p className="text-muted">
          A remix of a picture costs {IMAGE_CREDITS}. They are held when you press Remix, and come back by themselves if
          nothing is delivered.
        </p>
        {held > 0 && <p>{held} of yours are held for remixes that are being made.</p>}
        {isGuest ? (
          <>
            <p>With an account you get {MONTHLY_CREDITS} each month, and what you made so far comes along.</p>
            <Button variant="primary" size="sm" asChild>
              <Link to="/sign-up">Sign up</Link>
            </Button>
          </>
        ) : (
          nextAllowanceAt && (
            <p className="text-muted">
              Filled up to {MONTHLY_CREDITS} again on <Day at={nextAllowanceAt} />.
            </p>
          )
        )}
      </PopoverContent>
    </Popover>
  );
}
