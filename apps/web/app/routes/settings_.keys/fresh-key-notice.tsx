import { CopyButton, Field, Input, Notice } from '@repo/ui';

/** The one time that a key is shown. */
export function FreshKeyNotice({ name, apiKey }: { name: string; apiKey: string }) {
  return (
    <Notice tone="success" live title={`Here is the key “${name}”.`}>
      <div className="grid gap-3">
        <p>Copy it now: it is not shown again, and we do not keep it. Send it as “Authorization: Bearer …”.</p>
        <Field label="Key" hideLabel>
          <Input readOnly value={apiKey} className="font-mono text-[13px]" autoComplete="off" spellCheck={false} />
        </Field>
        <CopyButton value={apiKey} label="Copy the key" className="justify-self-start" />
      </div>
    </Notice>
  );
}
