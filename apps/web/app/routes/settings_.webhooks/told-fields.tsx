import { WEBHOOK_EVENT_TYPES, WEBHOOK_EVENTS, type WebhookEventType } from '@repo/domain/webhooks/rules';
import { Checkbox, Field, Input } from '@repo/ui';
import { boxOf } from './webhooks-form.ts';

export type AddressFieldsProps = {
  typed: Record<string, string | undefined>;
  errorOf: (field: string) => string | undefined;
};

export function AddressFields({ typed, errorOf }: AddressFieldsProps) {
  return (
    <>
      <Field
        label="Address"
        hint="It starts with https:// and is on the public internet."
        error={errorOf('url')}
        required
      >
        <Input name="url" inputMode="url" autoComplete="off" maxLength={2_000} defaultValue={typed['url'] ?? ''} />
      </Field>
      <Field label="Description" error={errorOf('description')} optional>
        <Input name="description" autoComplete="off" maxLength={240} defaultValue={typed['description'] ?? ''} />
      </Field>
    </>
  );
}

export type EventBoxesProps = { isTicked: (type: WebhookEventType) => boolean; error: string | undefined };

export function EventBoxes({ isTicked, error }: EventBoxesProps) {
  return (
    <fieldset className="grid gap-3">
      <legend className="pb-2 text-sm font-medium">What it is told</legend>
      {error && (
        <p role="alert" className="text-[13px] text-danger-text">
          {error}
        </p>
      )}
      <div className="grid gap-3 sm:grid-cols-2">
        {WEBHOOK_EVENT_TYPES.map((type) => (
          <Checkbox
            key={type}
            name={boxOf(type)}
            defaultChecked={isTicked(type)}
            label={WEBHOOK_EVENTS[type].description}
            hint={type}
          />
        ))}
      </div>
    </fieldset>
  );
}
