import { Form } from '@remix-run/react';
import type { Person } from '@repo/domain/accounts/schema';
import { Button, Container } from '@repo/ui';
import { MailQuestion } from 'lucide-react';

/** Asks whoever has an unconfirmed address to confirm it. Nothing for everybody else. */
export function ConfirmAddressBanner({ person }: { person: Person | null }) {
  if (!person || person.isGuest || person.emailVerified) return null;
  return (
    <div className="border-b border-line bg-sunken">
      <Container width="wide" className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2 text-sm">
        <MailQuestion aria-hidden className="size-4 shrink-0 text-muted" />
        <p className="min-w-0 flex-1 basis-60 break-words">
          Please confirm your address with the link we sent to <strong className="font-medium">{person.email}</strong>.
        </p>
        <Form method="post" action="/settings">
          <Button type="submit" name="intent" value="resend" size="sm" variant="outline">
            Send it again
          </Button>
        </Form>
      </Container>
    </div>
  );
}
