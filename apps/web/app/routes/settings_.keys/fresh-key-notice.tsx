import { Notice } from '@repo/ui';
import { ShownOnce } from '#app/parts/settings/shown-once.tsx';

/** The one time that a key is shown. */
export function FreshKeyNotice({ name, apiKey }: { name: string; apiKey: string }) {
  return (
    <Notice tone="success" live title={`Here is the key “${name}”.`}>
      <div className="grid gap-3">
        <p>Copy it now: it is not shown again, and we do not keep it. Send it as “Authorization: Bearer …”.</p>
        <ShownOnce label="Key" name="key" value={apiKey} />
      </div>
    </Notice>
  );
}
