import { Form, Link, useNavigation } from '@remix-run/react';
import { creditsText, REASON_MAX_CHARS } from '@repo/domain/credits/rules';
import type { Rejection } from '@repo/runtime';
import { Button, Card, Field, Input, RadioCards, Textarea } from '@repo/ui';
import { RefusalNotice } from '#app/parts/page/refusal-notice.tsx';
import { useKeptFields } from '#app/parts/page/use-kept-fields.ts';
import { useShownFocus } from '#app/parts/page/use-shown-focus.ts';
import type { AdjustReview } from './adjust-form.ts';

export type AdjustPanelProps = {
  name: string;
  /** The page of this account: its form is posted there. */
  page: string;
  rejection: Rejection | null;
  /** What was just looked over and waits for a second press. */
  review: AdjustReview | null;
};

/** Gives or takes credits, in two steps: say what and why, then look it over and confirm. */
export function AdjustPanel(props: AdjustPanelProps) {
  return <Card>{props.review ? <Confirm {...props} review={props.review} /> : <Say {...props} />}</Card>;
}

function Say({ name, page, rejection }: AdjustPanelProps) {
  const isSending = useNavigation().formData?.get('intent') === 'review';
  const fields = rejection?.fields ?? {};
  const values = rejection?.values ?? {};
  const kept = useKeptFields(page);
  return (
    <Form {...kept} method="post" action={page} preventScrollReset className="grid gap-4" aria-labelledby="adjust">
      <h2 id="adjust" className="font-semibold">
        Adjust the credits
      </h2>
      <RefusalNotice rejection={rejection} />
      <input type="hidden" name="intent" value="review" />
      <RadioCards
        name="way"
        legend="What to do"
        hideLegend
        columns={2}
        defaultValue={values['way'] === 'take' ? 'take' : 'give'}
        options={[
          { value: 'give', label: 'Give' },
          { value: 'take', label: 'Take' },
        ]}
        error={fields['way']?.[0]}
      />
      <Field label="Credits" error={fields['amount']?.[0]} required>
        <Input name="amount" inputMode="numeric" autoComplete="off" defaultValue={values['amount']} />
      </Field>
      <Field label="Reason" error={fields['reason']?.[0]} hint={`${name} reads it beside the movement.`} required>
        <Textarea name="reason" rows={2} max={REASON_MAX_CHARS} defaultValue={values['reason']} />
      </Field>
      <Button type="submit" variant="solid" pending={isSending} pendingLabel="Looking" className="justify-self-start">
        Look it over
      </Button>
    </Form>
  );
}

function Confirm({ name, page, review }: AdjustPanelProps & { review: AdjustReview }) {
  const isSending = useNavigation().formData?.get('intent') === 'adjust';
  const heading = useShownFocus<HTMLHeadingElement>();
  const { way, amount, reason, balance, idempotencyKey } = review;
  const after = balance + (way === 'give' ? amount : -amount);
  const label = way === 'give' ? `Give ${creditsText(amount)}` : `Take ${creditsText(amount)}`;
  const fields = { intent: 'adjust', way, amount: String(amount), reason, idempotencyKey };
  return (
    <Form method="post" action={page} preventScrollReset className="grid gap-4" aria-labelledby="confirm">
      <h2 id="confirm" ref={heading} tabIndex={-1} className="font-semibold outline-none">
        {way === 'give' ? `Give ${name} ${creditsText(amount)}?` : `Take ${creditsText(amount)} from ${name}?`}
      </h2>
      {Object.entries(fields).map(([key, value]) => (
        <input key={key} type="hidden" name={key} value={value} />
      ))}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-sm">
        <dt className="text-muted">Balance now</dt>
        <dd className="text-right tabular-nums">{balance.toLocaleString('en')}</dd>
        <dt className="text-muted">Afterwards</dt>
        <dd className="text-right font-semibold tabular-nums">{after.toLocaleString('en')}</dd>
      </dl>
      <p className="rounded-lg bg-sunken p-3 text-sm whitespace-pre-line [overflow-wrap:anywhere]">{reason}</p>
      <p className="text-[13px] text-muted">
        It stands in the movements for ever, with your name in the records. To undo it, adjust again. Pressing twice
        does it once.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button
          type="submit"
          variant={way === 'give' ? 'primary' : 'danger'}
          pending={isSending}
          pendingLabel="Adjusting"
        >
          {label}
        </Button>
        <Button variant="ghost" asChild>
          <Link to={page} preventScrollReset>
            Cancel
          </Link>
        </Button>
      </div>
    </Form>
  );
}
