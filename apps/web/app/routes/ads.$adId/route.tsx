import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { type ClientActionFunctionArgs, useActionData, useLoaderData } from '@remix-run/react';
import { apiFor, paramsOf, type Rejection, submit } from '@repo/runtime';
import { Container, Notice } from '@repo/ui';
import { z } from 'zod';
import { AdFacts } from '#app/parts/ads/ad-facts.tsx';
import { AdTools } from '#app/parts/ads/ad-tools.tsx';
import { api } from '#app/parts/api/api-client.ts';
import { HideForm, ReportForm, ShowForm } from '#app/parts/moderation/forms.ts';
import { answerOrSentence } from '#app/parts/page/answer-or-sentence.ts';
import { BigPicture } from '#app/parts/page/big-picture.tsx';
import { DoneNotice, doneAt } from '#app/parts/page/done-notice.tsx';
import { appUrlOf, pageMeta } from '#app/parts/page/page-meta.ts';
import { useArrivalFocus } from '#app/parts/page/use-arrival-focus.ts';
import { useSession } from '#app/parts/page/use-session.ts';
import { askForRemix, RemixForm } from '#app/parts/remixes/ask-for-remix.server.ts';
import { Composer } from '#app/parts/remixes/composer.tsx';
import { loadComposer } from '#app/parts/remixes/load-composer.server.ts';
import { RemixWall } from '#app/parts/remixes/remix-wall.tsx';

const Params = z.object({ adId: z.uuid() });
const RemoveForm = z.object({ intent: z.literal('remove') });
const AdForm = z.discriminatedUnion('intent', [RemixForm, ReportForm, RemoveForm, HideForm, ShowForm]);

/** Longer than any suggestion of ours, shorter than what makes an address unwieldy. */
const SAID_MAX_CHARS = 300;

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { adId } = paramsOf(Params, params);
  const { searchParams } = new URL(request.url);
  const caller = await apiFor(request);
  const [ad, remixes, composer] = await Promise.all([
    caller.ads.byId({ id: adId }),
    caller.remixes.ofAd({ adId, cursor: searchParams.get('after') }),
    loadComposer(caller),
  ]);
  return {
    ad,
    remixes,
    composer,
    said: searchParams.get('say')?.slice(0, SAID_MAX_CHARS) ?? '',
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { adId } = paramsOf(Params, params);
  const here = `/ads/${adId}`;
  const caller = await apiFor(request);
  return submit(request, AdForm, async (form) => {
    switch (form.intent) {
      case 'remix':
        return askForRemix(caller, { adId, parentId: null }, form);
      case 'report':
        await caller.moderation.report({ target: { adId }, reason: form.reason });
        return redirect(doneAt(here, 'reported'));
      case 'remove':
        await caller.ads.remove({ id: adId });
        return redirect(doneAt('/', 'ad-removed'));
      case 'hide':
      case 'show':
        await caller.moderation.hide({ target: { adId }, isHidden: form.intent === 'hide' });
        return redirect(doneAt(here, form.intent === 'hide' ? 'hidden' : 'shown'));
    }
  });
}

export const clientAction = ({ request, serverAction }: ClientActionFunctionArgs) =>
  answerOrSentence(request, serverAction);

export const meta: MetaFunction<typeof loader> = ({ data, matches, location }) => {
  if (!data) return [{ title: 'No such ad · Remixify' }];
  const { title, brand, location: place, picture, status } = data.ad;
  return pageMeta({
    title: `${title} by ${brand.name}`,
    description: `${place ? `${place}. ` : ''}Remix this ad with a sentence and see it beside the original.`,
    picture,
    isPrivate: status !== 'published',
    appUrl: appUrlOf(matches),
    path: location.pathname,
  });
};

export default function AdPage() {
  const { ad, remixes, composer, said } = useLoaderData<typeof loader>();
  const rejection = (useActionData<typeof action>() ?? null) as Rejection | null;
  const session = useSession();
  const heading = useArrivalFocus<HTMLHeadingElement>();
  const here = `/ads/${ad.id}`;
  const of = (intent: string) => (rejection?.values['intent'] === intent ? rejection : null);
  return (
    <Container className="max-w-7xl py-6 sm:py-8">
      <DoneNotice className="mb-6" />
      <div className="grid grid-cols-1 items-start gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_25rem]">
        <BigPicture picture={ad.picture} alt={`${ad.title}, an ad by ${ad.brand.name}`} />
        <div className="grid grid-cols-1 gap-6 lg:sticky lg:top-24">
          <AdFacts ad={ad} heading={heading} />
          {ad.status === 'published' ? (
            <Composer
              key={said}
              draft={`remix:${ad.id}${said && `:${said}`}`}
              fields={{}}
              {...composer}
              balance={session?.balance ?? null}
              mayUsePaid={session?.may.usePaidModels ?? false}
              here={here}
              prompt={said}
              rejection={of('remix')}
            />
          ) : (
            <Notice tone="warning">
              The staff hid this ad. Nobody else sees it, and it cannot be remixed until they show it again.
            </Notice>
          )}
          <AdTools
            ad={ad}
            mayHide={session?.may.hide ?? false}
            formKey={composer.formKey}
            reportRejection={of('report')}
            failure={of('remove')?.message ?? of('hide')?.message ?? of('show')?.message ?? null}
          />
        </div>
      </div>
      <section aria-labelledby="remixes" className="pt-12">
        <h2 id="remixes" className="pb-5 text-xl font-semibold">
          Remixes
        </h2>
        {remixes.items.length === 0 ? (
          <p className="text-muted">None yet. Yours could be the first.</p>
        ) : (
          <RemixWall
            label={`Remixes of ${ad.title}`}
            first={remixes}
            load={(cursor) => api.remixes.ofAd.query({ adId: ad.id, cursor })}
            addressOf={(cursor) => `${here}?after=${cursor}#remixes`}
          />
        )}
      </section>
    </Container>
  );
}
