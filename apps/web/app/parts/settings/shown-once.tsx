import { CopyButton, Field, Input } from '@repo/ui';

/** What is shown once and must be taken along; `name` as in "Copy the key". */
export function ShownOnce({ label, name, value }: { label: string; name: string; value: string }) {
  return (
    <>
      <Field label={label} hideLabel>
        <Input readOnly value={value} className="font-mono text-[13px]" autoComplete="off" spellCheck={false} />
      </Field>
      <CopyButton value={value} label={`Copy the ${name}`} className="justify-self-start" />
    </>
  );
}
