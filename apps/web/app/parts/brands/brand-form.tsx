import { Form, useNavigation } from '@remix-run/react';
import type { Rejection } from '@repo/runtime';
import { FormRefusal } from '@repo/runtime/pages';
import { Button, Field, Input } from '@repo/ui';
import { type FormEvent, useEffect, useRef } from 'react';
import { keepDraft, readDraft } from '#app/parts/accounts/draft.ts';

const DRAFT = 'brand';

export type BrandFormProps = { action: string; rejection: Rejection | undefined };

/** Names a new brand. */
export function BrandForm({ action, rejection }: BrandFormProps) {
  const field = useRef<HTMLInputElement>(null);
  const navigation = useNavigation();
  const isSending = navigation.formData?.has('name') === true;
  useEffect(() => {
    if (field.current && !field.current.value) field.current.value = readDraft(DRAFT);
  }, []);
  const press = (event: FormEvent) => {
    if (isSending) event.preventDefault();
  };
  return (
    <Form method="post" action={action} onSubmit={press} className="grid gap-5">
      <input type="hidden" name="draft" value={DRAFT} />
      <FormRefusal message={rejection?.message} />
      <Field
        label="Brand name"
        hint="As people know it. It stands beside every ad of yours."
        error={rejection?.fields['name']?.[0]}
      >
        <Input
          ref={field}
          name="name"
          defaultValue={rejection?.values['name']}
          onChange={(event) => keepDraft(DRAFT, event.target.value)}
          autoComplete="organization"
          placeholder="Fjellsko"
        />
      </Field>
      <Button type="submit" variant="primary" size="lg" wide pending={isSending} pendingLabel="Making the brand">
        Make the brand
      </Button>
    </Form>
  );
}
