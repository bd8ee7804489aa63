import { Field, Select } from '@repo/ui';

type Props = {
  label: string;
  hint: string;
  brands: readonly { id: string; name: string }[];
  chosen: string | undefined;
  error: string | undefined;
};

/** Whose a thing is to be: the person's own, or one of their brands'. Whoever has no brand is not asked. */
export function OwnerField({ label, hint, brands, chosen, error }: Props) {
  if (brands.length === 0) return <input type="hidden" name="owner" value="me" />;
  return (
    <Field label={label} hint={hint} error={error}>
      <Select
        name="owner"
        defaultValue={chosen ?? 'me'}
        options={[{ value: 'me', label: 'Your own' }, ...brands.map(({ id, name }) => ({ value: id, label: name }))]}
      />
    </Field>
  );
}
