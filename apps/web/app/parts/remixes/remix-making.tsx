import { Form, Link, useNavigation } from '@remix-run/react';
import { isSettled } from '@repo/domain/generation/rules';
import { Button, Notice, StepProgress } from '@repo/ui';
import { useNow } from '#app/parts/page/use-now.ts';
import { tellState } from './tell-state.ts';
import type { FollowedGeneration } from './use-generation.ts';

export type RemixMakingProps = {
  followed: FollowedGeneration;
  here: string /** Why cancelling did not work. */;
  refusal: string | null;
};

/** How the making of a remix goes, as it is. */
export function RemixMaking({ followed: { generation, failure }, here, refusal }: RemixMakingProps) {
  const { status, cancelRequested } = generation;
  const now = useNow(status === 'retrying');
  const isOpen = !isSettled(status);
  const isCancelling = useNavigation().formData?.get('intent') === 'cancel' || cancelRequested;
  return (
    <div className="grid gap-3 rounded-xl border border-line bg-surface p-4 sm:p-5">
      <StepProgress
        status={tellState(generation, now)}
        actions={
          isOpen && (
            <Form method="post" replace preventScrollReset>
              <input type="hidden" name="intent" value="cancel" />
              <Button type="submit" size="sm" pending={isCancelling} pendingLabel="Stopping">
                Cancel
              </Button>
            </Form>
          )
        }
      />
      {isOpen && (
        <p className="text-[13px] text-muted">
          You can leave this page: it goes on without you, and you find it under{' '}
          <Link to="/my-remixes" className="underline underline-offset-4 hover:text-ink">
            My remixes
          </Link>
          .
        </p>
      )}
      {refusal && (
        <Notice tone="danger" live>
          {refusal}
        </Notice>
      )}
      {isOpen && failure && (
        <Notice tone="warning" live title="Not up to date">
          {failure.needsAccount ? (
            <>
              Your session has ended; the remix goes on.{' '}
              <Link to={`/sign-in?to=${encodeURIComponent(here)}`} className="font-medium underline underline-offset-4">
                Sign in
              </Link>{' '}
              to see it.
            </>
          ) : (
            'We cannot be reached right now. The remix goes on, and this page catches up by itself.'
          )}
        </Notice>
      )}
      {isOpen && (
        <noscript>
          <meta httpEquiv="refresh" content="3" />
        </noscript>
      )}
    </div>
  );
}
