import { Link } from '@remix-run/react';
import { MONTHLY_CREDITS } from '@repo/domain/credits/rules';
import type { Balance } from '@repo/domain/credits/schema';
import type { QuotaReport } from '@repo/domain/quotas/schema';
import { Notice } from '@repo/ui';
import { type PriceTag, priceText } from '#app/parts/generations/price-of.ts';
import { limitsOf } from '#app/parts/quotas/quota-stop.ts';
import { UsageBar } from '#app/parts/quotas/usage-bar.tsx';
import { Day } from '#app/parts/shell/day.tsx';

export type ComposerPriceProps = {
  price: PriceTag;
  quota: QuotaReport | null;
  balance: Balance | null;
  here: string;
  /** The server just said that it does not suffice. */
  isRefused: boolean;
};

/** What it costs and what there is, before anything is pressed. */
export function ComposerPrice({ price, quota, balance, here, isRefused }: ComposerPriceProps) {
  const { credits } = price;
  const hasLimits = quota !== null && limitsOf(quota, 'image.edit').length > 0;
  const isShort = isRefused || (balance !== null && balance.credits < credits);
  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <p className="text-sm tabular-nums">
          <span className="font-medium">{priceText(price)}</span>
          {balance && <span className="text-muted"> · you have {balance.credits}</span>}
        </p>
        <div className={hasLimits ? 'w-full' : 'w-40 grow sm:max-w-48'}>
          <UsageBar report={quota} kind="image.edit" balance={balance} />
        </div>
      </div>
      {balance && isShort && <OutOfCredits credits={credits} balance={balance} here={here} isRefused={isRefused} />}
    </>
  );
}

type OutOfCreditsProps = { credits: number; balance: Balance; here: string; isRefused: boolean };

function OutOfCredits({ credits, balance, here, isRefused }: OutOfCreditsProps) {
  const { held, isGuest, nextAllowanceAt } = balance;
  const shortage = `A remix costs ${credits} and you have ${balance.credits}${held > 0 ? `, with ${held} more held for what is being made` : ''}.${isRefused ? ' Nothing was charged.' : ''}`;
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
