import { Form, useNavigation } from '@remix-run/react';
import { creditsText } from '@repo/domain/credits/rules';
import { Button } from '@repo/ui';
import type { ModelOffer } from '#app/parts/generations/other-models.ts';

export type RemixElsewhereProps = {
  offers: readonly ModelOffer[];
  prompt: string;
  formKey: string;
  /** This month’s quota does not suffice. */
  isStopped: boolean;
};

/** The same remix by another model: a press of its own, with its price on it. */
export function RemixElsewhere({ offers, prompt, formKey, isStopped }: RemixElsewhereProps) {
  const sent = useNavigation().formData;
  if (offers.length === 0) return null;
  const hasStandIn = offers.some(({ model }) => model.isStandIn);
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap gap-2">
        {offers.map(({ model, credits }) => (
          <Form key={model.id} method="post">
            <input type="hidden" name="intent" value="remix" />
            <input type="hidden" name="again" value="yes" />
            <input type="hidden" name="prompt" value={prompt} />
            <input type="hidden" name="model" value={model.id} />
            <input type="hidden" name="idempotencyKey" value={formKey} />
            <Button
              type="submit"
              variant="outline"
              size="sm"
              disabled={isStopped}
              pending={sent?.get('intent') === 'remix' && sent.get('model') === model.id}
              pendingLabel="Sending your remix"
            >
              Make it with {model.label} ({creditsText(credits)})
            </Button>
          </Form>
        ))}
      </div>
      {isStopped && <p className="text-[13px] text-danger-text">This month’s quota does not suffice.</p>}
      {hasStandIn && (
        <p className="text-[13px] text-muted">Local effects are our own stand-in: they follow rules and are no AI.</p>
      )}
    </div>
  );
}
