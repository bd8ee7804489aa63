import { Link, useNavigation } from '@remix-run/react';
import { creditsText } from '@repo/domain/credits/rules';
import type { ModelView } from '@repo/domain/generation/schema';
import type { QuotaReport } from '@repo/domain/quotas/schema';
import type { Rejection } from '@repo/runtime';
import { Button, Notice } from '@repo/ui';
import { withReturnPath } from '#app/parts/accounts/return-path.ts';
import { autoModels, priceOf } from '#app/parts/generations/price-of.ts';
import { quotaStop } from '#app/parts/quotas/quota-stop.ts';

/** As many as are offered where a model failed. */
const AT_MOST = 2;

/** Models of the kind that a guest may use whatever this installation allows, the best first. */
export function freeForGuests(models: readonly ModelView[]): readonly ModelView[] {
  const free = models.filter(({ kinds, isPaid }) => kinds.includes('image.edit') && !isPaid);
  return [...free.filter(({ isStandIn }) => !isStandIn), ...free.filter(({ isStandIn }) => isStandIn)];
}

/** The model that a press would use, where it is one that guests may not. */
export function keptFromGuests(models: readonly ModelView[], choice: string): ModelView | null {
  const taken = models.find(({ id }) => id === choice) ?? autoModels(models, 'image.edit')[0];
  return taken?.isPaid ? taken : null;
}

/** Said beside the price, before anything is pressed. */
export function AccountHint({ label, models, here }: { label: string; models: readonly ModelView[]; here: string }) {
  const other = freeForGuests(models)[0];
  return (
    <p className="text-[13px] text-muted">
      {label} is for people with an account:{' '}
      <Link to={withReturnPath('/sign-up', here)} className="font-medium text-ink underline underline-offset-4">
        sign up
      </Link>
      , it is free{other ? `, or choose ${other.label}` : ''}.
    </p>
  );
}

export type AccountFirstProps = {
  rejection: Rejection;
  signUp: string;
  models: readonly ModelView[];
  quota: QuotaReport | null;
};

/**
 * Why a guest was refused, with both ways on. Its presses belong to the composer's form, so they send the text as it
 * stands; they must come after the composer's own, which is the one that Enter in a field presses.
 */
export function AccountFirst({ rejection, signUp, models, quota }: AccountFirstProps) {
  const sent = useNavigation().formData;
  const offers = freeForGuests(models)
    .slice(0, AT_MOST)
    .map((model) => ({ model, credits: priceOf(models, model.id, 'image.edit')?.credits ?? 0 }));
  const isSending = (id: string) => sent?.get('intent') === 'remix' && sent.getAll('model').at(-1) === id;
  return (
    <Notice
      tone="danger"
      live
      actions={
        <>
          <Button size="sm" asChild>
            {/* In another tab: this one keeps what was typed, whatever the browser. */}
            <a href={signUp} target="_blank" rel="noreferrer">
              Sign up in a new tab
            </a>
          </Button>
          {offers.map(({ model, credits }) => (
            <Button
              key={model.id}
              type="submit"
              name="model"
              value={model.id}
              variant="outline"
              size="sm"
              disabled={quotaStop(quota, 'image.edit', credits) !== null}
              pending={isSending(model.id)}
              pendingLabel="Sending your remix"
            >
              Make it with {model.label} ({creditsText(credits)})
            </Button>
          ))}
        </>
      }
    >
      {rejection.message} Your text stays here: come back and press Remix again
      {offers.length > 0 ? ', or make it without an account' : ''}.
      {offers.some(({ model }) => model.isStandIn) &&
        ' Local effects are our own stand-in: they follow rules and are no AI.'}
    </Notice>
  );
}
