import { Link, useLocation } from '@remix-run/react';
import type { PictureView } from '@repo/domain/assets/schema';
import { creditsText } from '@repo/domain/credits/rules';
import type { Receipt } from '@repo/domain/credits/schema';
import { isSettled } from '@repo/domain/generation/rules';
import type { GenerationView, ModelView, Weather } from '@repo/domain/generation/schema';
import { Button, Notice, Picture, StepProgress } from '@repo/ui';
import { useEffect, useState } from 'react';
import { withReturnPath } from '#app/parts/accounts/return-path.ts';
import { api } from '#app/parts/api/api-client.ts';
import { explainFailure } from '#app/parts/api/explain-failure.ts';
import { otherModels } from '#app/parts/generations/other-models.ts';
import { Said } from '#app/parts/generations/said.tsx';
import { TriedModels } from '#app/parts/generations/tried-models.tsx';
import { pictureOf } from '#app/parts/page/picture-of.ts';
import { useNow } from '#app/parts/page/use-now.ts';
import { ModelNotes } from '#app/parts/remixes/model-notes.tsx';
import { RemixReceipt } from '#app/parts/remixes/remix-receipt.tsx';
import { tellState } from '#app/parts/remixes/tell-state.ts';
import { useGeneration } from '#app/parts/remixes/use-generation.ts';

export type DescribedPictureProps = {
  /** As it was when it was asked for, or found again. */
  read: GenerationView;
  models: readonly ModelView[];
  weather: readonly Weather[];
  /** Nothing can be asked for now. */
  isStopped: boolean;
  /** The picture that the ad has now. */
  usedId: string | null;
  onUse(picture: PictureView): void;
  /** Called once, when nothing more will happen to it. */
  onSettled(): void;
  /** Asks another model for the same. */
  onElsewhere(model: string): void;
};

/** What became of a described picture: its way, its result, and what it cost. */
export function DescribedPicture(props: DescribedPictureProps) {
  const { read, models, weather, isStopped, usedId, onUse, onSettled, onElsewhere } = props;
  const { generation, failure } = useGeneration(read, onSettled);
  const { id, status, picture, notes, prompt, cancelRequested, said, tried } = generation;
  const offers = otherModels(generation, models, weather);
  const [refusal, setRefusal] = useState<string | null>(null);
  const receipt = useReceipt(id, isSettled(status));
  const here = useLocation().pathname;
  const now = useNow(status === 'retrying');
  const cancel = () => {
    setRefusal(null);
    api.generation.cancel.mutate({ id }).catch((error: unknown) => setRefusal(explainFailure(error).sentence));
  };
  return (
    <div className="grid gap-4 border-t border-line pt-5">
      <StepProgress
        status={tellState(generation, now)}
        actions={
          !isSettled(status) && (
            <Button size="sm" variant="ghost" onClick={cancel} pending={cancelRequested} pendingLabel="Stopping">
              Cancel
            </Button>
          )
        }
      />
      <TriedModels tried={tried} />
      {isSettled(status) && <Said said={said} isInstead={status !== 'done'} />}
      {offers.length > 0 && (
        <div className="flex flex-wrap gap-2">
          {offers.map(({ model, credits }) => (
            <Button
              key={model.id}
              size="sm"
              variant="outline"
              disabled={isStopped}
              onClick={() => onElsewhere(model.id)}
            >
              Make it with {model.label} ({creditsText(credits)})
            </Button>
          ))}
        </div>
      )}
      {refusal && (
        <Notice tone="danger" live>
          {refusal}
        </Notice>
      )}
      {failure && !isSettled(status) && (
        <Notice tone="warning" live title="Not up to date">
          {failure.needsAccount ? (
            <>
              Your session has ended; the picture is made nevertheless.{' '}
              <Link to={withReturnPath('/sign-in', here)} className="font-medium underline underline-offset-4">
                Sign in
              </Link>{' '}
              to see it.
            </>
          ) : (
            'We cannot be reached right now. The picture is made nevertheless, and this page catches up by itself.'
          )}
        </Notice>
      )}
      {picture && (
        <div className="grid gap-3">
          <Picture
            {...pictureOf(picture)}
            alt={prompt}
            sizes="(min-width: 1024px) 50vw, 100vw"
            className="rounded-xl"
          />
          {picture.id === usedId ? (
            <p className="text-sm text-success-text">It is the picture of your ad.</p>
          ) : (
            <Button variant="outline" onClick={() => onUse(picture)} className="justify-self-start">
              Use it for the ad
            </Button>
          )}
        </div>
      )}
      <ModelNotes notes={notes} />
      {receipt && (
        <details className="text-sm">
          <summary className="w-fit rounded-sm text-muted hover:text-ink">Receipt</summary>
          <div className="pt-3">
            <RemixReceipt receipt={receipt} button="Make it" />
          </div>
        </details>
      )}
    </div>
  );
}

/** What it cost, once that is known. */
function useReceipt(id: string, isOver: boolean): Receipt | null {
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  useEffect(() => {
    if (!isOver) return setReceipt(null);
    let isGone = false;
    const show = (found: Receipt) => !isGone && setReceipt(found);
    // Without it the picture is shown all the same; a reload asks again.
    api.generation.receipt.query({ id }).then(show, () => {});
    return () => {
      isGone = true;
    };
  }, [id, isOver]);
  return receipt;
}
