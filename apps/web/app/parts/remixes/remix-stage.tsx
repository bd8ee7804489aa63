import { useRevalidator } from '@remix-run/react';
import type { Receipt } from '@repo/domain/credits/schema';
import { isSettled } from '@repo/domain/generation/rules';
import type { GenerationView, ModelView } from '@repo/domain/generation/schema';
import type { RemixView } from '@repo/domain/remixes/schema';
import type { Rejection } from '@repo/runtime';
import { Notice } from '@repo/ui';
import { useEffect, useRef, useState } from 'react';
import { useArrivalFocus } from '#app/parts/page/use-arrival-focus.ts';
import { useSession } from '#app/parts/page/use-session.ts';
import { Composer } from './composer.tsx';
import { ModelNotes } from './model-notes.tsx';
import { RemixActions } from './remix-actions.tsx';
import { RemixFacts } from './remix-facts.tsx';
import { RemixMaking } from './remix-making.tsx';
import { RemixPicture } from './remix-picture.tsx';
import { RemixReceipt } from './remix-receipt.tsx';
import { useGeneration } from './use-generation.ts';

export type RemixStageProps = {
  remix: RemixView;
  models: readonly ModelView[];
  receipt: Receipt | null;
  formKey: string;
  rejection: Rejection | null;
};

/** A remix with everything about it: how its making goes, then what came of it and what can be done with it. */
export function RemixStage({ remix, models, receipt, formKey, rejection }: RemixStageProps) {
  const { id, ad, isMine, status, picture, generation, prompt } = remix;
  const session = useSession();
  const heading = useArrivalFocus<HTMLHeadingElement>();
  const here = `/remixes/${id}`;
  const intent = rejection?.values['intent'];
  const isUnmade = generation !== null && generation.status !== 'done';
  const hasFailed = generation?.status === 'failed' || generation?.status === 'cancelled';
  const composer = {
    formKey,
    models,
    here,
    balance: session?.balance ?? null,
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
          <Making
            generation={generation}
            here={here}
            refusal={intent === 'cancel' ? (rejection?.message ?? null) : null}
          />
        )}
        {generation && <ModelNotes notes={generation.notes} />}
        {(!isUnmade || hasFailed) && (
          <RemixActions
            remix={remix}
            address={`${session?.appUrl ?? ''}${here}`}
            isGuest={session?.person?.isGuest ?? false}
            isStaff={session?.person?.isStaff ?? false}
            formKey={formKey}
            rejection={rejection}
          />
        )}
        {ad?.status === 'published' && hasFailed && (
          <section aria-labelledby="again" className="grid grid-cols-1 gap-4 border-t border-line pt-5">
            <h2 id="again" className="text-lg font-semibold">
              Change the prompt and try again
            </h2>
            <Composer {...composer} draft={`remix:again:${id}`} fields={{ again: 'yes' }} prompt={prompt} />
          </section>
        )}
        {ad && picture && status !== 'hidden' && (
          <section aria-labelledby="remix-this" className="grid grid-cols-1 gap-4 border-t border-line pt-5">
            <h2 id="remix-this" className="text-lg font-semibold">
              Remix this
            </h2>
            <Composer {...composer} draft={`remix:${id}`} fields={{}} />
          </section>
        )}
        {!isMine && !ad && <p className="text-sm text-muted">Its ad was removed, so it cannot be remixed any more.</p>}
      </div>
      {receipt && <RemixReceipt receipt={receipt} />}
    </div>
  );
}

type MakingProps = { generation: GenerationView; here: string; refusal: string | null };

/** Follows the making while there is one, and says so when it ends. */
function Making({ generation: read, here, refusal }: MakingProps) {
  const revalidator = useRevalidator();
  const followed = useGeneration(read, () => revalidator.revalidate());
  const begunOpen = useRef(!isSettled(read.status));
  const [said, setSaid] = useState('');
  const isDone = read.status === 'done';
  useEffect(() => {
    if (!begunOpen.current || !isDone) return;
    setSaid('Your remix is ready.');
    // The button that had the focus went away with the progress.
    if (document.activeElement === document.body)
      document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }, [isDone]);
  return (
    <>
      <p role="status" className="sr-only">
        {said}
      </p>
      {!isDone && <RemixMaking followed={followed} here={here} refusal={refusal} />}
    </>
  );
}
