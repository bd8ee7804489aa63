import { Form } from '@remix-run/react';
import { PASSKEY_NAME_MAX_CHARS } from '@repo/domain/passkeys/rules';
import type { PasskeyView } from '@repo/domain/passkeys/schema';
import { Badge, Button, buttonStyles, cn, Field, Input } from '@repo/ui';
import { ConfirmForm } from '#app/parts/page/confirm-form.tsx';
import { Moment } from '#app/parts/page/moment.tsx';

export function PasskeyList({ passkeys }: { passkeys: readonly PasskeyView[] }) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {passkeys.map((passkey) => (
        <PasskeyItem key={passkey.id} of={passkey} />
      ))}
    </ul>
  );
}

function PasskeyItem({ of: { id, name, isBackedUp, createdAt, lastUsedAt } }: { of: PasskeyView }) {
  return (
    <li className="grid gap-3 py-4">
      <div className="grid min-w-0 gap-1">
        <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
          <span className="min-w-0 break-words">{name}</span>
          {isBackedUp && <Badge>Synced</Badge>}
        </p>
        <p className="text-[13px] text-muted">
          Added <Moment at={createdAt} to="minute" /> ·{' '}
          {lastUsedAt ? (
            <>
              Last used <Moment at={lastUsedAt} to="minute" />
            </>
          ) : (
            'Never used'
          )}
        </p>
      </div>
      <div className="flex flex-wrap items-start gap-2">
        <details className="open:w-full">
          <summary className={cn(buttonStyles({ variant: 'ghost', size: 'sm' }), 'w-fit cursor-pointer list-none')}>
            Rename<span className="sr-only"> {name}</span>
          </summary>
          <Form method="post" className="flex flex-wrap items-end gap-2 pt-2">
            <input type="hidden" name="passkeyId" value={id} />
            <Field label="New name" className="min-w-0 grow">
              <Input name="name" defaultValue={name} autoComplete="off" maxLength={PASSKEY_NAME_MAX_CHARS} />
            </Field>
            <Button type="submit" name="intent" value="rename">
              Save
            </Button>
          </Form>
        </details>
        <ConfirmForm
          fields={{ intent: 'remove', passkeyId: id }}
          label="Remove"
          title={`Remove “${name}”?`}
          description="It signs nobody in from now on. Places where you are signed in stay so; the device may go on showing it until you delete it there."
          confirmLabel="Remove the passkey"
        />
      </div>
    </li>
  );
}
