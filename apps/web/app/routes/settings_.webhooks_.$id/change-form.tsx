import { Form, useNavigation } from '@remix-run/react';
import type { WebhookView } from '@repo/domain/webhooks/schema';
import type { Rejection } from '@repo/runtime';
import { FormRefusal } from '@repo/runtime/pages';
import { Button } from '@repo/ui';
import { useWrongFocus } from '#app/parts/page/use-wrong-focus.ts';
import { AddressFields, EventBoxes } from '../settings_.webhooks/told-fields.tsx';
import { boxOf } from '../settings_.webhooks/webhooks-form.ts';

/** Where it is told and what; its secret and its log stay. */
export function ChangeForm({ webhook, rejection }: { webhook: WebhookView; rejection: Rejection | null }) {
  const isSending = useNavigation().formData?.get('intent') === 'change';
  const form = useWrongFocus(rejection);
  const { url, description, types } = webhook;
  const typed: Record<string, string | undefined> = rejection?.values ?? { url, description };
  const errorOf = (field: string) => rejection?.fields[field]?.[0];
  return (
    <Form method="post" ref={form} action={`/settings/webhooks/${webhook.id}`} className="grid gap-4">
      <FormRefusal message={rejection?.message} />
      <AddressFields typed={typed} errorOf={errorOf} />
      <EventBoxes
        isTicked={(type) => (rejection ? rejection.values[boxOf(type)] !== undefined : types.includes(type))}
        error={errorOf('types')}
      />
      <Button type="submit" name="intent" value="change" className="justify-self-start" pending={isSending}>
        Save the changes
      </Button>
    </Form>
  );
}
