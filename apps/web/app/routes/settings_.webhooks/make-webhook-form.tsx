import { Form, useNavigation } from '@remix-run/react';
import { WEBHOOK_EVENT_TYPES, WEBHOOK_EVENTS } from '@repo/domain/webhooks/rules';
import type { Rejection } from '@repo/runtime';
import { FormRefusal } from '@repo/runtime/pages';
import { Button, Checkbox, Field, Input, Select } from '@repo/ui';
import { boxOf } from './webhooks-form.ts';

export type MakeWebhookFormProps = {
  brands: readonly { id: string; name: string }[];
  formKey: string;
  rejection: Rejection | null;
};

export function MakeWebhookForm({ brands, formKey, rejection }: MakeWebhookFormProps) {
  const isSending = useNavigation().formData?.get('intent') === 'make';
  const typed = rejection?.values ?? {};
  const errorOf = (field: string) => rejection?.fields[field]?.[0];
  return (
    <Form method="post" className="grid gap-4">
      <FormRefusal message={rejection?.message} />
      <input type="hidden" name="formKey" value={typed['formKey'] ?? formKey} />
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
      {brands.length === 0 ? (
        <input type="hidden" name="owner" value="me" />
      ) : (
        <Field
          label="Whose webhook"
          hint="A brand’s webhook is told what concerns the brand."
          error={errorOf('owner') ?? errorOf('brandId')}
        >
          <Select
            name="owner"
            defaultValue={typed['owner'] ?? 'me'}
            options={[
              { value: 'me', label: 'Your own' },
              ...brands.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </Field>
      )}
      <fieldset className="grid gap-3">
        <legend className="pb-2 text-sm font-medium">What it is told</legend>
        {errorOf('types') && (
          <p role="alert" className="text-[13px] text-danger-text">
            {errorOf('types')}
          </p>
        )}
        <div className="grid gap-3 sm:grid-cols-2">
          {WEBHOOK_EVENT_TYPES.map((type) => (
            <Checkbox
              key={type}
              name={boxOf(type)}
              defaultChecked={typed[boxOf(type)] !== undefined}
              label={WEBHOOK_EVENTS[type].description}
              hint={type}
            />
          ))}
        </div>
      </fieldset>
      <Button
        type="submit"
        name="intent"
        value="make"
        variant="primary"
        className="justify-self-start"
        pending={isSending}
      >
        Make the webhook
      </Button>
    </Form>
  );
}
