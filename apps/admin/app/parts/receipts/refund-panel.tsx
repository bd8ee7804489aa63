import { Form, Link, useNavigation } from '@remix-run/react';
import { creditsText, REASON_MAX_CHARS } from '@repo/domain/credits/rules';
import type { StaffReceipt } from '@repo/domain/operations/schema';
import type { Rejection } from '@repo/runtime';
import { Button, Card, Field, Textarea } from '@repo/ui';
import { RefusalNotice } from '#app/parts/page/refusal-notice.tsx';
import { useKeptFields } from '#app/parts/page/use-kept-fields.ts';
import { useShownFocus } from '#app/parts/page/use-shown-focus.ts';
import type { RefundReview } from './refund-form.ts';

export type RefundPanelProps = { receipt: StaffReceipt; rejection: Rejection | null; review: RefundReview | null };

/** Gives back what was charged, in two steps; says why where there is nothing to give back. */
export function RefundPanel({ receipt, rejection, review }: RefundPanelProps) {
  const { captured, refunded, payer, generationId } = receipt;
  const page = `/receipts/${generationId}`;
  const why = whyNot(receipt);
  if (why) {
    return (
      <Card className="grid gap-2">
        <h2 className="font-semibold">Refund</h2>
        <RefusalNotice rejection={rejection} />
        <p className="text-sm text-muted">{why}</p>
      </Card>
    );
  }
  const amount = creditsText(captured - refunded);
  if (review) return <Confirm name={payer.name} amount={amount} page={page} review={review} />;
  return <Say name={payer.name} amount={amount} page={page} rejection={rejection} />;
}

type SayProps = { name: string; amount: string; page: string; rejection: Rejection | null };

function Say({ name, amount, page, rejection }: SayProps) {
  const isSending = useNavigation().formData?.get('intent') === 'review';
  const kept = useKeptFields(page);
  return (
    <Card>
      <Form {...kept} method="post" action={page} preventScrollReset className="grid gap-4" aria-labelledby="refund">
        <h2 id="refund" className="font-semibold">
          Refund {amount}
        </h2>
        <RefusalNotice rejection={rejection} />
        <input type="hidden" name="intent" value="review" />
        <Field
          label="Reason"
          error={rejection?.fields['reason']?.[0]}
          hint={`${name} reads it beside the movement.`}
          required
        >
          <Textarea name="reason" rows={2} max={REASON_MAX_CHARS} defaultValue={rejection?.values['reason']} />
        </Field>
        <Button type="submit" variant="solid" pending={isSending} pendingLabel="Looking" className="justify-self-start">
          Look it over
        </Button>
      </Form>
    </Card>
  );
}

type ConfirmProps = { name: string; amount: string; page: string; review: RefundReview };

function Confirm({ name, amount, page, review }: ConfirmProps) {
  const heading = useShownFocus<HTMLHeadingElement>();
  const isSending = useNavigation().formData?.get('intent') === 'refund';
  return (
    <Card>
      <Form method="post" action={page} preventScrollReset className="grid gap-4" aria-labelledby="confirm">
        <h2 id="confirm" ref={heading} tabIndex={-1} className="font-semibold outline-none">
          Give {amount} back to {name}?
        </h2>
        {Object.entries({ intent: 'refund', ...review }).map(([key, value]) => (
          <input key={key} type="hidden" name={key} value={value} />
        ))}
        <p className="rounded-lg bg-sunken p-3 text-sm whitespace-pre-line [overflow-wrap:anywhere]">{review.reason}</p>
        <p className="text-[13px] text-muted">
          All of what was charged, once. What was made stays. Pressing twice does it once.
        </p>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" pending={isSending} pendingLabel="Refunding">
            Refund {amount}
          </Button>
          <Button variant="ghost" asChild>
            <Link to={page} preventScrollReset>
              Cancel
            </Link>
          </Button>
        </div>
      </Form>
    </Card>
  );
}

function whyNot({ captured, refunded, held, released }: StaffReceipt): string | null {
  if (refunded > 0) return `The ${creditsText(refunded)} were given back already.`;
  if (captured > 0) return null;
  if (held > released) return 'It is not settled yet: the credits are only held. Nothing was charged so far.';
  return 'Nothing was charged for it, so there is nothing to give back.';
}
