import { Link } from '@remix-run/react';
import type { Person } from '@repo/domain/accounts/schema';
import { Button, Notice } from '@repo/ui';

/** For entrances that somebody with an account opens: they may go on, or enter as somebody else. */
export function SignedInAlready({ person, to }: { person: Person; to: string }) {
  return (
    <Notice
      title={`You are signed in as ${person.name}.`}
      actions={
        <Button size="sm" asChild>
          <Link to={to}>Go on as {person.name}</Link>
        </Button>
      }
      className="mb-6"
    >
      To use another account instead, fill in the form.
    </Notice>
  );
}
