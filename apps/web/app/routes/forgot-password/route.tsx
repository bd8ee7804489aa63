import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { RequestPasswordResetInput } from '@repo/domain/accounts/schema';
import { accountsFor, submit } from '@repo/runtime';
import { FormRefusal } from '@repo/runtime/pages';
import { Button, Field, Input, Notice } from '@repo/ui';
import { AccountPage } from '#app/parts/accounts/account-page.tsx';
import { MailPlace } from '#app/parts/accounts/mail-place.tsx';
import { returnPathOf, withReturnPath } from '#app/parts/accounts/return-path.ts';
import { TextLink } from '#app/parts/accounts/text-link.tsx';

export const meta: MetaFunction = () => [
  { title: 'Forgot your password? · Remixify' },
  { name: 'robots', content: 'noindex' },
];

export async function loader({ request }: LoaderFunctionArgs) {
  return { mailPlace: await accountsFor(request).mailPlace(), to: returnPathOf(request.url) };
}

export const action = ({ request }: ActionFunctionArgs) =>
  submit(request, RequestPasswordResetInput, async (input) => {
    await accountsFor(request).requestPasswordReset(input);
    return { isAsked: true as const };
  });

export default function ForgotPasswordPage() {
  const { mailPlace, to } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const rejection = answer && 'fields' in answer ? answer : undefined;
  const isSending = useNavigation().formMethod === 'POST';
  return (
    <AccountPage
      title="Forgot your password?"
      lead="Tell us your address, and we send you a link to choose a new one."
      below={
        <p>
          <TextLink to={withReturnPath('/sign-in', to)}>Back to sign in</TextLink>
        </p>
      }
    >
      {answer && 'isAsked' in answer && (
        <Notice tone="success" live className="mb-6" title="If an account uses this address, a mail is on its way.">
          <MailPlace place={mailPlace} />
        </Notice>
      )}
      <Form method="post" className="grid gap-5">
        <FormRefusal message={rejection?.message} />
        <Field label="E-mail address" error={rejection?.fields['email']?.[0]} required>
          <Input
            name="email"
            type="email"
            autoComplete="email"
            inputMode="email"
            autoCapitalize="none"
            spellCheck={false}
            defaultValue={rejection?.values['email']}
          />
        </Field>
        <Button type="submit" variant="primary" size="lg" wide pending={isSending} pendingLabel="Sending">
          Send the link
        </Button>
      </Form>
    </AccountPage>
  );
}
