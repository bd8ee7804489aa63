import { Link } from '@remix-run/react';
import { MONTHLY_CREDITS } from '@repo/domain/credits/rules';
import type { Balance } from '@repo/domain/credits/schema';
import { Button, Notice } from '@repo/ui';

/** What becomes of a guest's credits. */
export function GuestCredits({ balance, hasMovements }: { balance: Balance; hasMovements: boolean }) {
  return (
    <Notice
      title={hasMovements ? 'You are here as a guest' : `You have ${balance.credits} credits to try it with`}
      actions={
        <>
          <Button size="sm" variant="solid" asChild>
            <Link to="/sign-up?to=%2Fcredits">Sign up</Link>
          </Button>
          <Button size="sm" variant="ghost" asChild>
            <Link to="/sign-in?to=%2Fcredits">Sign in</Link>
          </Button>
        </>
      }
    >
      These credits live in this browser only and are not filled up again. When you sign up, free, what is left of them
      comes along with everything you made, and you get {MONTHLY_CREDITS} a month.
    </Notice>
  );
}
