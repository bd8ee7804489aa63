import type { Receipt } from '@repo/domain/credits/schema';
import type { RemixView } from '@repo/domain/remixes/schema';
import type { Rejection } from '@repo/runtime';
import { Notice } from '@repo/ui';
import { Said } from '#app/parts/generations/said.tsx';
import { useArrivalFocus } from '#app/parts/page/use-arrival-focus.ts';
import { useSession } from '#app/parts/page/use-session.ts';
import { Composer } from './composer.tsx';
import type { ComposerData } from './load-composer.server.ts';
import { ModelNotes } from './model-notes.tsx';
import { RemixActions } from './remix-actions.tsx';
import { RemixFacts } from './remix-facts.tsx';
import { RemixMaking } from './remix-making.tsx';
import { RemixPicture } from './remix-picture.tsx';
import { RemixReceipt } from './remix-receipt.tsx';

export type RemixStageProps = {
  remix: RemixView;
  composer: ComposerData;
  receipt: Receipt | null;
  rejection: Rejection | null;
};

/** A remix with everything about it: how its making goes, then what came of it and what can be done with it. */
export function RemixStage({ remix, composer, receipt, rejection }: RemixStageProps) {
  const { id, ad, isMine, status, picture, generation, prompt } = remix;
  const session = useSession();
  const heading = useArrivalFocus<HTMLHeadingElement>();
  const here = `/remixes/${id}`;
  const intent = rejection?.values['intent'];
  const isUnmade = generation !== null && generation.status !== 'done';
  const hasFailed = generation?.status === 'failed' || generation?.status === 'cancelled';
  const canRetry = ad?.status === 'published' && hasFailed;
  const asking = {
    ...composer,
    here,
    balance: session?.balance ?? null,
    mayUsePaid: session?.may.usePaidModels ?? false,
    rejection: intent === 'remix' ? rejection : null,
  };
  return (
    <div className="grid grid-cols-1 items-start gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_25rem]">
      <RemixPicture remix={remix} />
      <div className="grid grid-cols-1 gap-6 lg:sticky lg:top-24 lg:row-span-2">
        <RemixFacts remix={remix} heading={heading} />
        {status === 'hidden' && (
          <Notice tone="warning">The staff hid this remix. Nobody but its author and the staff sees it.</Notice>
        )}
        {generation && (
          <RemixMaking
            read={generation}
            composer={composer}
            here={here}
            refusal={intent === 'cancel' ? (rejection?.message ?? null) : null}
            canRetry={canRetry}
          />
        )}
        {generation && <ModelNotes notes={generation.notes} />}
        {generation?.status === 'done' && <Said said={generation.said} isInstead={false} />}
        {(!isUnmade || hasFailed) && (
          <RemixActions
            remix={remix}
            address={`${session?.appUrl ?? ''}${here}`}
            mayPublish={session?.may.publishRemixes ?? false}
            mayHide={session?.may.hide ?? false}
            formKey={composer.formKey}
            rejection={rejection}
          />
        )}
        {canRetry && (
          <section aria-labelledby="again" className="grid grid-cols-1 gap-4 border-t border-line pt-5">
            <h2 id="again" className="text-lg font-semibold">
              Change the prompt and try again
            </h2>
            <Composer {...asking} draft={`remix:again:${id}`} fields={{ again: 'yes' }} prompt={prompt} />
          </section>
        )}
        {ad && picture && status !== 'hidden' && (
          <section aria-labelledby="remix-this" className="grid grid-cols-1 gap-4 border-t border-line pt-5">
            <h2 id="remix-this" className="text-lg font-semibold">
              Remix this
            </h2>
            <Composer {...asking} draft={`remix:${id}`} fields={{}} />
          </section>
        )}
        {!isMine && !ad && <p className="text-sm text-muted">Its ad was removed, so it cannot be remixed any more.</p>}
      </div>
      {receipt && <RemixReceipt receipt={receipt} />}
    </div>
  );
}
