import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { type ClientActionFunctionArgs, useActionData, useLoaderData } from '@remix-run/react';
import { pageRightsOf } from '@repo/domain/permissions/rules';
import { apiFor, paramsOf, type Rejection, sessionOf, submit } from '@repo/runtime';
import { Container } from '@repo/ui';
import { z } from 'zod';
import { api } from '#app/parts/api/api-client.ts';
import { HideForm, ReportForm, ShowForm } from '#app/parts/moderation/forms.ts';
import { answerOrSentence } from '#app/parts/page/answer-or-sentence.ts';
import { DoneNotice, doneAt } from '#app/parts/page/done-notice.tsx';
import { appUrlOf, firstWords, pageMeta } from '#app/parts/page/page-meta.ts';
import { askForRemix, RemixForm } from '#app/parts/remixes/ask-for-remix.server.ts';
import { loadComposer } from '#app/parts/remixes/load-composer.server.ts';
import { RemixStage } from '#app/parts/remixes/remix-stage.tsx';
import { RemixThread } from '#app/parts/remixes/remix-thread.tsx';
import { RemixWall } from '#app/parts/remixes/remix-wall.tsx';

const Params = z.object({ remixId: z.uuid() });
/** `again`: from what this remix was made from, because nothing came of it. Otherwise from this remix. */
const RemixFrom = RemixForm.extend({ again: z.literal('yes').optional() });
const OnlyIntent = z.object({ intent: z.enum(['cancel', 'publish', 'delete']) });
const RemixPageForm = z.discriminatedUnion('intent', [RemixFrom, OnlyIntent, ReportForm, HideForm, ShowForm]);

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { remixId } = paramsOf(Params, params);
  const { searchParams } = new URL(request.url);
  const caller = await apiFor(request);
  const [remix, ancestors, children, composer] = await Promise.all([
    caller.remixes.byId({ id: remixId }),
    caller.remixes.ancestors({ id: remixId }),
    caller.remixes.ofRemix({ remixId, cursor: searchParams.get('after') }),
    loadComposer(caller),
  ]);
  return {
    remix,
    ancestors,
    children,
    composer,
    receipt: remix.generation ? await caller.generation.receipt({ id: remix.generation.id }) : null,
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { remixId } = paramsOf(Params, params);
  const here = `/remixes/${remixId}`;
  const caller = await apiFor(request);
  return submit(request, RemixPageForm, async (form) => {
    switch (form.intent) {
      case 'remix': {
        const { adId, parentId } = await caller.remixes.byId({ id: remixId });
        return askForRemix(caller, { adId, parentId: form.again ? parentId : remixId }, form);
      }
      case 'cancel': {
        const { generation } = await caller.remixes.byId({ id: remixId });
        if (generation) await caller.generation.cancel({ id: generation.id });
        return redirect(here);
      }
      case 'publish': {
        const { user } = await sessionOf(request);
        if (user && !pageRightsOf(user).publishRemixes) return redirect(`/sign-up?to=${encodeURIComponent(here)}`);
        await caller.remixes.publish({ id: remixId });
        return redirect(doneAt(here, 'published'));
      }
      case 'delete':
        await caller.remixes.remove({ id: remixId });
        return redirect(doneAt('/my-remixes', 'remix-deleted'));
      case 'report':
        await caller.moderation.report({ target: { remixId }, reason: form.reason });
        return redirect(doneAt(here, 'reported'));
      case 'hide':
      case 'show':
        await caller.moderation.hide({ target: { remixId }, isHidden: form.intent === 'hide' });
        return redirect(doneAt(here, form.intent === 'hide' ? 'hidden' : 'shown'));
    }
  });
}

export const clientAction = ({ request, serverAction }: ClientActionFunctionArgs) =>
  answerOrSentence(request, serverAction);

export const meta: MetaFunction<typeof loader> = ({ data, matches, location }) => {
  if (!data) return [{ title: 'No such remix · Remixify' }];
  const { adTitle, brandName, prompt, author, picture, status, isMine } = data.remix;
  const isPublic = status === 'published';
  return pageMeta({
    title: isMine ? `Your remix of ${adTitle}` : `${adTitle}, remixed by ${author.name}`,
    description: `“${firstWords(prompt, 160)}”${brandName ? `: a remix of an ad by ${brandName}.` : ''}`,
    picture: isPublic ? picture : null,
    isPrivate: !isPublic,
    appUrl: appUrlOf(matches),
    path: location.pathname,
  });
};

export default function RemixPage() {
  const { remix, ancestors, children, composer, receipt } = useLoaderData<typeof loader>();
  const rejection = (useActionData<typeof action>() ?? null) as Rejection | null;
  const here = `/remixes/${remix.id}`;
  return (
    <Container className="max-w-7xl py-6 sm:py-8">
      <DoneNotice className="mb-6" />
      <RemixStage key={remix.id} remix={remix} composer={composer} receipt={receipt} rejection={rejection} />
      <RemixThread remix={remix} ancestors={ancestors} />
      {children.items.length > 0 && (
        <section aria-labelledby="remixes" className="pt-12">
          <h2 id="remixes" className="pb-5 text-xl font-semibold">
            Remixes of this remix
          </h2>
          <RemixWall
            label="Remixes of this remix"
            first={children}
            load={(cursor) => api.remixes.ofRemix.query({ remixId: remix.id, cursor })}
            addressOf={(cursor) => `${here}?after=${cursor}#remixes`}
          />
        </section>
      )}
    </Container>
  );
}
