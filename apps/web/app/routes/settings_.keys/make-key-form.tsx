import { Form, useNavigation } from '@remix-run/react';
import { KEY_LIFETIMES, KEY_NAME_MAX_CHARS, KEY_PER_MINUTE, KEY_PER_MINUTE_MAX } from '@repo/domain/keys/rules';
import { SCOPE_NAMES, SCOPES } from '@repo/domain/permissions/rules';
import type { Rejection } from '@repo/runtime';
import { FormRefusal } from '@repo/runtime/pages';
import { Button, Checkbox, Field, Input, Select } from '@repo/ui';
import { useWrongFocus } from '#app/parts/page/use-wrong-focus.ts';
import { OwnerField } from '#app/parts/settings/owner-field.tsx';
import { boxOf, PRESETS, type Preset } from './keys-form.ts';

export type MakeKeyFormProps = {
  brands: readonly { id: string; name: string }[];
  formKey: string;
  rejection: Rejection | null;
};

/** Scopes by their noun, in the order they are listed. */
const GROUPS = [...Map.groupBy(SCOPE_NAMES, (scope) => scope.split(':')[0]!)];

export function MakeKeyForm({ brands, formKey, rejection }: MakeKeyFormProps) {
  const isSending = useNavigation().formData?.get('intent') === 'make';
  const form = useWrongFocus(rejection);
  const typed = rejection?.values ?? {};
  const errorOf = (field: string) => rejection?.fields[field]?.[0];
  const preset = (typed['preset'] as Preset | undefined) ?? 'read';
  return (
    <Form method="post" ref={form} className="group/key grid gap-4">
      <FormRefusal message={rejection?.message} />
      <input type="hidden" name="formKey" value={typed['formKey'] ?? formKey} />
      <Field label="Name" hint="Where it is used, such as “Build server”." error={errorOf('name')} required>
        <Input name="name" autoComplete="off" maxLength={KEY_NAME_MAX_CHARS * 2} defaultValue={typed['name'] ?? ''} />
      </Field>
      <OwnerField
        label="Whose key"
        hint="A brand’s key acts for the brand, and the brand pays."
        brands={brands}
        chosen={typed['owner']}
        error={errorOf('owner')}
      />
      <Field label="Works for" error={errorOf('lifetime')}>
        <Select
          name="lifetime"
          defaultValue={typed['lifetime'] ?? '90'}
          options={Object.entries(KEY_LIFETIMES).map(([value, label]) => ({
            value,
            label: value === 'never' ? 'As long as it is not revoked' : label,
          }))}
        />
      </Field>
      <Field
        label="Requests a minute"
        hint="What is beyond is told to wait. A small number keeps a runaway program small."
        error={errorOf('perMinute')}
      >
        <Input
          name="perMinute"
          type="number"
          inputMode="numeric"
          min={1}
          max={KEY_PER_MINUTE_MAX}
          defaultValue={typed['perMinute'] ?? KEY_PER_MINUTE}
        />
      </Field>
      <fieldset className="grid gap-2">
        <legend className="pb-1 text-sm font-medium">What it may do</legend>
        {Object.entries(PRESETS).map(([value, label]) => (
          <label key={value} className="flex items-start gap-3 text-sm">
            <input
              type="radio"
              name="preset"
              value={value}
              defaultChecked={preset === value}
              className="mt-0.5 size-5 shrink-0 accent-ink"
            />
            {label}
          </label>
        ))}
        {errorOf('preset') && (
          <p role="alert" className="text-[13px] text-danger-text">
            {errorOf('preset')}
          </p>
        )}
      </fieldset>
      <div className="hidden gap-4 text-sm group-has-[input[value=chosen]:checked]/key:grid sm:grid-cols-2">
        {GROUPS.map(([noun, scopes]) => (
          <fieldset key={noun} className="grid content-start gap-2">
            <legend className="pb-1 font-medium capitalize">{noun}</legend>
            {scopes.map((scope) => (
              <Checkbox
                key={scope}
                name={boxOf(scope)}
                defaultChecked={typed[boxOf(scope)] !== undefined}
                label={SCOPES[scope]}
                hint={scope}
              />
            ))}
          </fieldset>
        ))}
      </div>
      <Button
        type="submit"
        name="intent"
        value="make"
        variant="primary"
        className="justify-self-start"
        pending={isSending}
      >
        Make the key
      </Button>
    </Form>
  );
}
