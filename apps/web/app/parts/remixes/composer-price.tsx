import { Link } from '@remix-run/react';
import { creditsText, MONTHLY_CREDITS } from '@repo/domain/credits/rules';
import type { Balance } from '@repo/domain/credits/schema';
import { Notice } from '@repo/ui';
import { Day } from '#app/parts/shell/day.tsx';

export type ComposerPriceProps = {
  price: number;
  balance: Balance | null;
  here: string;
  /** The server just said that it does not suffice. */
  isRefused: boolean;
};

/** What it costs and what there is, before anything is pressed. */
export function ComposerPrice({ price, balance, here, isRefused }: ComposerPriceProps) {
  const isShort = isRefused || (balance !== null && balance.credits < price);
  return (
    <>
      <p className="text-sm tabular-nums">
        <span className="font-medium">{creditsText(price)}</span>
        {balance && <span className="text-muted"> · you have {balance.credits}</span>}
      </p>
      {balance && isShort && <OutOfCredits price={price} balance={balance} here={here} isRefused={isRefused} />}
    </>
  );
}

function OutOfCredits({ price, balance, here, isRefused }: ComposerPriceProps & { balance: Balance }) {
  const { credits, held, isGuest, nextAllowanceAt } = balance;
  const shortage = `A remix costs ${price} and you have ${credits}${held > 0 ? `, with ${held} more held for what is being made` : ''}.${isRefused ? ' Nothing was charged.' : ''}`;
  if (isGuest) {
    return (
      <Notice tone="warning" live={isRefused} title="Your guest credits are used up">
        {shortage}{' '}
        <Link
          to={`/sign-up?to=${encodeURIComponent(here)}`}
          className="font-medium text-ink underline underline-offset-4"
        >
          Sign up
        </Link>{' '}
        for {MONTHLY_CREDITS} a month, free. What you made comes along, and your text waits here.
      </Notice>
    );
  }
  return (
    <Notice tone="warning" live={isRefused} title="Not enough credits">
      {shortage}{' '}
      {nextAllowanceAt && (
        <>
          You are topped up to {MONTHLY_CREDITS} on <Day at={nextAllowanceAt} />.
        </>
      )}{' '}
      Your text stays here.
    </Notice>
  );
}
