import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { type ClientActionFunctionArgs, Link, useActionData, useLoaderData } from '@remix-run/react';
import { CreateBrandInput } from '@repo/domain/brands/schema';
import { pageRightsOf } from '@repo/domain/permissions/rules';
import { apiFor, submit } from '@repo/runtime';
import { Button, Card, Container, PageHeader } from '@repo/ui';
import { requirePerson } from '#app/parts/accounts/require-person.server.ts';
import { BrandForm } from '#app/parts/brands/brand-form.tsx';
import { answerOrSentence } from '#app/parts/page/answer-or-sentence.ts';
import { AdForm } from '#app/parts/upload/ad-form.tsx';
import { loadAdForm } from '#app/parts/upload/load-ad-form.server.ts';
import { NeedsScripts } from '#app/parts/upload/needs-scripts.tsx';
import { publishAd } from '#app/parts/upload/publish-ad.server.ts';
import { findFirstAd } from './find-first-ad.server.ts';
import { FirstAd } from './first-ad.tsx';
import { Steps } from './steps.tsx';

export const meta: MetaFunction = () => [{ title: 'Welcome · Remixify' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const person = await requirePerson(request, '/sign-up');
  const [form, ad] = await Promise.all([loadAdForm(request), findFirstAd(request)]);
  return { name: person.name, mayHide: pageRightsOf(person).hide, ad, form: { personId: person.id, ...form } };
}

const isBrandStep = (request: Request) => new URL(request.url).searchParams.get('step') === 'brand';

export const action = ({ request }: ActionFunctionArgs) =>
  isBrandStep(request)
    ? submit(request, CreateBrandInput, async (input) => {
        await (await apiFor(request)).brands.create(input);
        return redirect('/welcome');
      })
    : publishAd(request, () => '/welcome');

export const clientAction = ({ request, serverAction }: ClientActionFunctionArgs) =>
  answerOrSentence(request, serverAction);

export default function WelcomePage() {
  const { name, mayHide, ad, form } = useLoaderData<typeof loader>();
  const rejection = useActionData<typeof action>();
  const step = ad ? 3 : form.brands.length > 0 ? 2 : 1;
  return (
    <Container>
      <PageHeader
        above={<Steps current={step} />}
        title={TITLES[step](name)}
        description={LEADS[step]}
        actions={
          step < 3 && (
            <Button variant="ghost" asChild>
              <Link to="/">Skip for now</Link>
            </Button>
          )
        }
      />
      {step === 1 && (
        <div className="grid max-w-xl gap-6">
          <Card padding="lg">
            <BrandForm action="/welcome?step=brand" rejection={rejection} />
          </Card>
          {mayHide && (
            <p className="text-sm text-muted">
              You look after this installation: ads and remixes that do not belong here are yours to hide.
            </p>
          )}
        </div>
      )}
      {step === 2 && (
        <>
          <NeedsScripts />
          <AdForm {...form} rejection={rejection} />
        </>
      )}
      {ad && <FirstAd ad={ad} />}
    </Container>
  );
}

const TITLES = {
  1: (name: string) => `Welcome, ${name}`,
  2: () => 'Now its first ad',
  3: () => 'Your ad is in the feed',
};

const LEADS = {
  1: 'First the brand whose ads you publish. You can make more of them later.',
  2: 'A picture and a title are enough. You can delete it at any time.',
  3: 'Everybody can see it and remix it. Try it yourself: say in a sentence what should change.',
};
