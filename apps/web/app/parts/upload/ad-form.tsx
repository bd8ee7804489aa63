import { Form, Link, useNavigation } from '@remix-run/react';
import type { PictureView } from '@repo/domain/assets/schema';
import type { Rejection } from '@repo/runtime';
import { Button, Field, Input, Notice, Select } from '@repo/ui';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { DescribePicture } from './describe-picture.tsx';
import type { AdFormData } from './load-ad-form.server.ts';
import { PictureField } from './picture-field.tsx';
import { NEW_BRAND } from './publish-form.ts';
import { pressKeyFor, UPLOAD_DRAFT } from './upload-draft.ts';
import { type PictureState, usePicture } from './use-picture.ts';
import { useTypedDraft } from './use-typed-draft.ts';

export type AdFormProps = AdFormData & {
  personId: string;
  rejection: Rejection | undefined;
};

/** Makes an ad: its picture on one side, its words on the other. Nothing of it is lost before it is published. */
export function AdForm({ personId, brands, formKey, rejection, ...describing }: AdFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const keyField = useRef<HTMLInputElement>(null);
  const place = useRef<HTMLElement>(null);
  const slot = usePicture(personId);
  const [missing, setMissing] = useState<string | null>(null);
  const navigation = useNavigation();
  const isSending = navigation.formMethod === 'POST' && navigation.formData?.has('assetId') === true;
  useTypedDraft(form, personId);

  // What the server did not take: the first field it names, or its sentence.
  useEffect(() => {
    if (rejection) focusRefusal(place.current?.parentElement ?? null);
  }, [rejection]);

  const { state } = slot;
  const assetId = state.at === 'ready' ? state.assetId : '';
  const { fields = {}, values = {} } = rejection ?? {};
  const press = (event: FormEvent<HTMLFormElement>) => {
    const lack = lackOf(state);
    setMissing(lack);
    if (lack) focusRefusal(place.current);
    if (lack || isSending) return event.preventDefault();
    const { idempotencyKey: _, ...words } = Object.fromEntries(new FormData(event.currentTarget));
    if (keyField.current) keyField.current.value = pressKeyFor(personId, 'publish', JSON.stringify(words));
  };

  const takeDescribed = (picture: PictureView) => {
    slot.take(picture);
    place.current?.scrollIntoView({ block: 'start' });
  };

  return (
    <div className="grid items-start gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)]">
      <section ref={place} aria-label="The picture of the ad" className="scroll-mt-24 grid gap-5">
        <PictureField slot={slot} error={state.at === 'ready' ? undefined : (missing ?? fields['assetId']?.[0])} />
        {describing.models.length > 0 && (
          <DescribePicture
            personId={personId}
            {...describing}
            usedId={state.at === 'ready' ? state.assetId : null}
            onPicture={takeDescribed}
          />
        )}
      </section>
      <Form ref={form} method="post" onSubmit={press} className="group/ad grid gap-5 lg:sticky lg:top-24">
        <input type="hidden" name="draft" value={UPLOAD_DRAFT} />
        <input type="hidden" name="assetId" value={assetId} />
        <input ref={keyField} type="hidden" name="idempotencyKey" defaultValue={formKey} autoComplete="off" />
        <Field label="Title" error={fields['title']?.[0]} required>
          <Input
            name="title"
            defaultValue={values['title']}
            placeholder="Winter is near"
            autoComplete="off"
            required={false}
          />
        </Field>
        <Field
          label="Location or campaign"
          optional
          hint="Where it was seen, or what it belongs to."
          error={fields['location']?.[0]}
        >
          <Input
            name="location"
            defaultValue={values['location']}
            placeholder="Oslo · Spring launch"
            autoComplete="off"
          />
        </Field>
        <Field label="Brand" error={fields['brand']?.[0]}>
          <Select
            name="brand"
            defaultValue={values['brand'] ?? brands[0]?.id ?? NEW_BRAND}
            options={[
              ...brands.map(({ id, name }) => ({ value: id, label: name })),
              { value: NEW_BRAND, label: 'A new brand' },
            ]}
          />
        </Field>
        <div className="hidden group-has-[option[value=new]:checked]/ad:block">
          <Field
            label="New brand name"
            hint="Made together with the ad. You become its owner."
            error={fields['newBrand']?.[0]}
          >
            <Input
              name="newBrand"
              defaultValue={values['newBrand']}
              placeholder="Fjellsko"
              autoComplete="organization"
            />
          </Field>
        </div>
        {rejection?.message && (
          <div data-refusal tabIndex={-1} className="rounded-xl outline-none">
            <Refusal rejection={rejection} />
          </div>
        )}
        <Button type="submit" variant="primary" size="lg" wide pending={isSending} pendingLabel="Publishing">
          Publish ad
        </Button>
        <p className="text-[13px] text-muted">
          Publishing is free. Everybody can see the ad and remix it; you can delete it at any time.
        </p>
      </Form>
    </div>
  );
}

/** Leads to what is wrong. By the next frame it is marked as such. */
function focusRefusal(within: HTMLElement | null): void {
  requestAnimationFrame(() => {
    const wrong = within?.querySelector<HTMLElement>('[aria-invalid="true"], [data-refusal]');
    wrong?.focus({ preventScroll: true });
    wrong?.scrollIntoView({ block: 'center' });
  });
}

function lackOf(state: PictureState): string | null {
  switch (state.at) {
    case 'ready':
      return null;
    case 'none':
      return 'Choose a picture first.';
    case 'stopped':
      return 'The picture has not arrived yet. Press Retry, or choose another one.';
    case 'checking':
      return 'The picture is still being checked. Publish as soon as it is ready.';
    default:
      return 'The picture is still on its way. Publish as soon as it is ready.';
  }
}

function Refusal({ rejection: { message, signIn } }: { rejection: Rejection }) {
  return (
    <Notice
      tone="danger"
      live
      actions={
        signIn && (
          <Button size="sm" asChild>
            <Link to={signIn}>{signIn.startsWith('/sign-up') ? 'Sign up' : 'Sign in'}</Link>
          </Button>
        )
      }
    >
      {message} Picture and text are kept in this tab.
    </Notice>
  );
}
