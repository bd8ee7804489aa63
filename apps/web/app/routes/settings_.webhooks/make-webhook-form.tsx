import { Form, useNavigation } from '@remix-run/react';
import type { Rejection } from '@repo/runtime';
import { FormRefusal } from '@repo/runtime/pages';
import { Button } from '@repo/ui';
import { useWrongFocus } from '#app/parts/page/use-wrong-focus.ts';
import { OwnerField } from '#app/parts/settings/owner-field.tsx';
import { AddressFields, EventBoxes } from './told-fields.tsx';
import { boxOf } from './webhooks-form.ts';

export type MakeWebhookFormProps = {
  brands: readonly { id: string; name: string }[];
  formKey: string;
  rejection: Rejection | null;
};

export function MakeWebhookForm({ brands, formKey, rejection }: MakeWebhookFormProps) {
  const isSending = useNavigation().formData?.get('intent') === 'make';
  const form = useWrongFocus(rejection);
  const typed = rejection?.values ?? {};
  const errorOf = (field: string) => rejection?.fields[field]?.[0];
  return (
    <Form method="post" ref={form} className="grid gap-4">
      <FormRefusal message={rejection?.message} />
      <input type="hidden" name="formKey" value={typed['formKey'] ?? formKey} />
      <AddressFields typed={typed} errorOf={errorOf} />
      <OwnerField
        label="Whose webhook"
        hint="A brand’s webhook is told what concerns the brand."
        brands={brands}
        chosen={typed['owner']}
        error={errorOf('owner') ?? errorOf('brandId')}
      />
      <EventBoxes isTicked={(type) => typed[boxOf(type)] !== undefined} error={errorOf('types')} />
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
