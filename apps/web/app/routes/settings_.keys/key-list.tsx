import { Form } from '@remix-run/react';
import { KEY_NAME_MAX_CHARS, scopesFor } from '@repo/domain/keys/rules';
import type { KeyView } from '@repo/domain/keys/schema';
import { Badge, Button, buttonStyles, cn, Field, Input } from '@repo/ui';
import { ConfirmForm } from '#app/parts/page/confirm-form.tsx';
import { Moment } from '#app/parts/page/moment.tsx';

export type KeyListProps = { keys: readonly KeyView[]; formKey: string; now: Date };

export function KeyList({ keys, formKey, now }: KeyListProps) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {keys.map((key) => (
        <KeyItem key={key.id} of={key} formKey={formKey} now={now} />
      ))}
    </ul>
  );
}

function KeyItem({ of: key, formKey, now }: { of: KeyView; formKey: string; now: Date }) {
  const isOver = key.expiresAt !== null && key.expiresAt <= now;
  return (
    <li className="grid gap-3 py-4">
      <div className="grid min-w-0 gap-1">
        <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
          <span className="min-w-0 break-words">{key.name}</span>
          <code className="text-[13px] text-muted">{key.start}…</code>
          {isOver && <Badge tone="warning">Expired</Badge>}
        </p>
        <p className="text-[13px] text-muted">
          Made <Moment at={key.createdAt} to="minute" />
          {key.brandId && <> by {key.madeBy ?? 'somebody who has left'}</>} ·{' '}
          {key.lastUsedAt ? (
            <>
              Last used <Moment at={key.lastUsedAt} to="minute" />
            </>
          ) : (
            'Never used'
          )}{' '}
          ·{' '}
          {key.expiresAt ? (
            <>
              {isOver ? 'Ended' : 'Works until'} <Moment at={key.expiresAt} to="minute" />
            </>
          ) : (
            'Works until it is revoked'
          )}{' '}
          · At most {key.perMinute} requests a minute
        </p>
        <details className="text-[13px]">
          <summary className="w-fit cursor-pointer py-1 text-muted">{summaryOf(key)}</summary>
          <p className="break-words">{key.scopes.join(', ')}</p>
        </details>
      </div>
      <div className="flex flex-wrap items-start gap-2">
        <details className="open:w-full">
          <summary className={cn(buttonStyles({ variant: 'ghost', size: 'sm' }), 'w-fit cursor-pointer list-none')}>
            Rename<span className="sr-only"> {key.name}</span>
          </summary>
          <Form method="post" className="flex flex-wrap items-end gap-2 pt-2">
            <input type="hidden" name="keyId" value={key.id} />
            <Field label="New name" className="min-w-0 grow">
              <Input name="name" defaultValue={key.name} autoComplete="off" maxLength={KEY_NAME_MAX_CHARS * 2} />
            </Field>
            <Button type="submit" name="intent" value="rename">
              Save
            </Button>
          </Form>
        </details>
        <ConfirmForm
          fields={{ intent: 'rotate', keyId: key.id, formKey }}
          label="Rotate"
          title={`Rotate “${key.name}”?`}
          description="You get another key with the same name and rights. The old one stops at once."
          confirmLabel="Rotate the key"
        />
        <ConfirmForm
          fields={{ intent: 'revoke', keyId: key.id }}
          label="Revoke"
          title={`Revoke “${key.name}”?`}
          description="Programs that hold it are refused from now on. This cannot be undone."
          confirmLabel="Revoke the key"
        />
      </div>
    </li>
  );
}

function summaryOf({ scopes, brandId }: KeyView): string {
  if (scopes.length === scopesFor(brandId !== null).length) return 'May do everything';
  if (scopes.every((scope) => scope.endsWith(':read'))) return `Read only (${scopes.length} scopes)`;
  return scopes.length === 1 ? 'May do one thing' : `May do ${scopes.length} things`;
}
