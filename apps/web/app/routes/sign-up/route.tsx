import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { PERSON_NAME_MAX_CHARS } from '@repo/domain/accounts/rules';
import { SignUpInput } from '@repo/domain/accounts/schema';
import { MONTHLY_CREDITS } from '@repo/domain/credits/rules';
import { accountsFor, apiFor, submit } from '@repo/runtime';
import { FormRefusal, KeepSignedIn } from '@repo/runtime/pages';
import { Button, Field, Input } from '@repo/ui';
import { AccountPage } from '#app/parts/accounts/account-page.tsx';
import { NewPasswordField } from '#app/parts/accounts/new-password-field.tsx';
import { returnPathOf, withReturnPath } from '#app/parts/accounts/return-path.ts';
import { SignedInAlready } from '#app/parts/accounts/signed-in-already.tsx';
import { TextLink } from '#app/parts/accounts/text-link.tsx';

export const meta: MetaFunction = () => [{ title: 'Sign up · Remixify' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { user } = await accountsFor(request).sessionFor();
  return { person: user, to: returnPathOf(request.url) };
}

export const action = ({ request }: ActionFunctionArgs) =>
  submit(request, SignUpInput, async (input) => {
    const { needsCode } = await accountsFor(request).signUp(input);
    const to = returnPathOf(request.url);
    if (needsCode) return redirect(withReturnPath('/sign-in', to));
    // Where nothing is published yet, a newcomer is led through the first brand and the first ad.
    const isEmpty = to === '/' && (await (await apiFor(request)).ads.feed({ limit: 1 })).items.length === 0;
    return redirect(isEmpty ? '/welcome' : to);
  });

export default function SignUpPage() {
  const { person, to } = useLoaderData<typeof loader>();
  const rejection = useActionData<typeof action>();
  const isSending = useNavigation().formMethod === 'POST';
  const { fields = {}, values } = rejection ?? {};
  const isGuest = person?.isGuest ?? false;
  return (
    <AccountPage
      title="Sign up"
      lead={`${MONTHLY_CREDITS} credits each month, free.${isGuest ? ' What you made as a guest comes along.' : ''}`}
      below={
        <p>
          You have an account? <TextLink to={withReturnPath('/sign-in', to)}>Sign in</TextLink>
        </p>
      }
    >
      {person && !isGuest && <SignedInAlready person={person} to={to} />}
      <Form method="post" className="grid gap-5">
        <FormRefusal message={rejection?.message} />
        <Field label="Name" error={fields.name?.[0]} hint="Shown beside what you publish." required>
          <Input
            name="name"
            autoComplete="name"
            maxLength={PERSON_NAME_MAX_CHARS * 2}
            defaultValue={values?.['name']}
          />
        </Field>
        <Field label="E-mail address" error={fields.email?.[0]} required>
          <Input
            name="email"
            type="email"
            autoComplete="email"
            inputMode="email"
            autoCapitalize="none"
            spellCheck={false}
            defaultValue={values?.['email']}
          />
        </Field>
        <NewPasswordField name="password" label="Password" error={fields.password?.[0]} />
        <KeepSignedIn isTicked={values?.['keepSignedIn'] === 'on'} />
        <Button type="submit" variant="primary" size="lg" wide pending={isSending} pendingLabel="Signing up">
          Sign up
        </Button>
      </Form>
    </AccountPage>
  );
}
