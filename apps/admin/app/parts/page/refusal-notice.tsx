import type { Rejection } from '@repo/runtime';
import { Button, Notice } from '@repo/ui';

/** Why a form was not taken, where that is about no field of it. */
export function RefusalNotice({ rejection }: { rejection: Rejection | null }) {
  if (!rejection?.message) return null;
  return (
    <Notice
      tone="danger"
      live
      actions={
        rejection.signIn && (
          <Button size="sm" asChild>
            <a href={rejection.signIn} target="_blank" rel="noreferrer">
              Sign in, in a new tab
            </a>
          </Button>
        )
      }
    >
      {rejection.message}
    </Notice>
  );
}
