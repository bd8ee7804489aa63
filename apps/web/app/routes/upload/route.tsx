import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { type ClientActionFunctionArgs, useActionData, useLoaderData } from '@remix-run/react';
import { pageRightsOf } from '@repo/domain/permissions/rules';
import { accountsFor } from '@repo/runtime';
import { Container, PageHeader } from '@repo/ui';
import { answerOrSentence } from '#app/parts/page/answer-or-sentence.ts';
import { AdForm } from '#app/parts/upload/ad-form.tsx';
import { loadAdForm } from '#app/parts/upload/load-ad-form.server.ts';
import { NeedsScripts } from '#app/parts/upload/needs-scripts.tsx';
import { publishAd } from '#app/parts/upload/publish-ad.server.ts';
import { SignUpFirst } from '#app/parts/upload/sign-up-first.tsx';

export const meta: MetaFunction = () => [{ title: 'Upload an ad · Remixify' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { user, lapsed } = await accountsFor(request).sessionFor();
  if (!user || !pageRightsOf(user).publishAds) return { isGuest: user !== null, hasLapsed: lapsed, form: null };
  return { isGuest: false, hasLapsed: false, form: { personId: user.id, ...(await loadAdForm(request)) } };
}

export const action = ({ request }: ActionFunctionArgs) => publishAd(request, (adId) => `/ads/${adId}`);

export const clientAction = ({ request, serverAction }: ClientActionFunctionArgs) =>
  answerOrSentence(request, serverAction);

export default function UploadPage() {
  const { form, isGuest, hasLapsed } = useLoaderData<typeof loader>();
  const rejection = useActionData<typeof action>();
  return (
    <Container>
      <PageHeader
        title="Upload an ad"
        description="A picture, a title and a brand: then it stands in the feed, for everybody to remix."
      />
      {form ? (
        <>
          <NeedsScripts />
          <AdForm {...form} rejection={rejection} />
        </>
      ) : (
        <SignUpFirst to="/upload" isGuest={isGuest} hasLapsed={hasLapsed} />
      )}
    </Container>
  );
}
