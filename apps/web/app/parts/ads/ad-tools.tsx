import type { AdView } from '@repo/domain/ads/schema';
import type { Rejection } from '@repo/runtime';
import { Notice } from '@repo/ui';
import { Trash2 } from 'lucide-react';
import { HideButton } from '#app/parts/moderation/hide-button.tsx';
import { ReportForm } from '#app/parts/moderation/report-form.tsx';
import { ConfirmForm } from '#app/parts/page/confirm-form.tsx';

export type AdToolsProps = {
  ad: AdView;
  mayHide: boolean;
  formKey: string;
  reportRejection: Rejection | null;
  /** Why removing or hiding did not work. */
  failure: string | null;
};

/** What can be done with an ad besides remixing it. */
export function AdTools({ ad, mayHide, formKey, reportRejection, failure }: AdToolsProps) {
  return (
    <div className="grid gap-3 border-t border-line pt-3">
      {failure && (
        <Notice tone="danger" live>
          {failure}
        </Notice>
      )}
      <div className="-ml-3 flex flex-wrap items-start gap-1">
        <ReportForm noun="ad" formKey={formKey} rejection={reportRejection} />
        {ad.mayRemove && (
          <ConfirmForm
            fields={{ intent: 'remove' }}
            label="Remove"
            icon={<Trash2 aria-hidden />}
            title="Remove this ad?"
            description="It disappears for everybody and cannot be brought back. Remixes of it stay with the people who made them."
            confirmLabel="Remove this ad"
          />
        )}
        {mayHide && <HideButton isHidden={ad.status === 'hidden'} />}
      </div>
    </div>
  );
}
