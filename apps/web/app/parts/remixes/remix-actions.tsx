import { Form, useNavigation } from '@remix-run/react';
import type { RemixView } from '@repo/domain/remixes/schema';
import type { Rejection } from '@repo/runtime';
import { Button, CopyButton, Notice } from '@repo/ui';
import { Download, Send, Trash2 } from 'lucide-react';
import { HideButton } from '#app/parts/moderation/hide-button.tsx';
import { ReportForm } from '#app/parts/moderation/report-form.tsx';
import { ConfirmForm } from '#app/parts/page/confirm-form.tsx';

export type RemixActionsProps = {
  remix: RemixView;
  /** Where others find it. */
  address: string;
  /** False: publishing leads to the sign-up first. */
  mayPublish: boolean;
  mayHide: boolean;
  formKey: string;
  rejection: Rejection | null;
};

/** What can be done with a remix besides remixing it. */
export function RemixActions({ remix, address, mayPublish, mayHide, formKey, rejection }: RemixActionsProps) {
  const { id, isMine, status, picture } = remix;
  const isPublishing = useNavigation().formData?.get('intent') === 'publish';
  const intent = rejection?.values['intent'];
  const failure = ['publish', 'delete', 'hide', 'show'].includes(intent ?? '') ? rejection?.message : null;
  return (
    <div className="grid gap-3">
      {failure && (
        <Notice tone="danger" live>
          {failure}
        </Notice>
      )}
      <div className="flex flex-wrap items-center gap-2">
        {isMine && status === 'draft' && picture && (
          <Form method="post" replace preventScrollReset>
            <input type="hidden" name="intent" value="publish" />
            <Button type="submit" variant="solid" pending={isPublishing} pendingLabel="Publishing">
              <Send aria-hidden />
              Publish
            </Button>
          </Form>
        )}
        {picture && (
          <Button variant="outline" asChild>
            {/* Not a page: the browser itself must fetch it. */}
            <a href={`/remixes/${id}/download`} download>
              <Download aria-hidden />
              Download
            </a>
          </Button>
        )}
        {status === 'published' && <CopyButton value={address} label="Copy link" size="md" variant="outline" />}
        {isMine && (
          <ConfirmForm
            fields={{ intent: 'delete' }}
            label="Delete"
            size="md"
            icon={<Trash2 aria-hidden />}
            title="Delete this remix?"
            description={
              status === 'published'
                ? 'It disappears for everybody and cannot be brought back. The credits it cost stay spent.'
                : picture
                  ? 'The picture is gone for good. The credits it cost stay spent.'
                  : 'It leaves your list. Nothing was charged for it.'
            }
            confirmLabel="Delete this remix"
            cancelLabel="Keep it"
          />
        )}
      </div>
      {isMine && !mayPublish && status === 'draft' && picture && (
        <p className="text-[13px] text-muted">
          Publishing takes an account: you sign up, come back here, and this remix comes along.
        </p>
      )}
      {(!isMine || mayHide) && (
        <div className="-ml-3 flex flex-wrap items-start gap-1">
          {!isMine && <ReportForm noun="remix" formKey={formKey} rejection={intent === 'report' ? rejection : null} />}
          {mayHide && (status === 'published' || status === 'hidden') && <HideButton isHidden={status === 'hidden'} />}
        </div>
      )}
    </div>
  );
}
