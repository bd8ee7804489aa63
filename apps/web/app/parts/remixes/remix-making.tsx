import { useRevalidator } from '@remix-run/react';
import { isSettled } from '@repo/domain/generation/rules';
import type { GenerationView } from '@repo/domain/generation/schema';
import { useEffect, useRef, useState } from 'react';
import { GenerationMaking } from '#app/parts/generations/generation-making.tsx';
import { otherModels } from '#app/parts/generations/other-models.ts';
import { quotaStop } from '#app/parts/quotas/quota-stop.ts';
import type { ComposerData } from './load-composer.server.ts';
import { RemixElsewhere } from './remix-elsewhere.tsx';
import { useGeneration } from './use-generation.ts';

export type RemixMakingProps = {
  read: GenerationView;
  composer: ComposerData;
  here: string;
  /** Why cancelling did not work. */
  refusal: string | null;
  /** What it is made from is still there. */
  canRetry: boolean;
};

const FOUND = { to: '/my-remixes', label: 'My remixes' };

/** Follows the making of a remix while there is one, says so when it ends, and offers other models where one failed. */
export function RemixMaking({ read, composer, here, refusal, canRetry }: RemixMakingProps) {
  const revalidator = useRevalidator();
  const followed = useGeneration(read, () => revalidator.revalidate());
  const begunOpen = useRef(!isSettled(read.status));
  const [told, setTold] = useState('');
  const isDone = read.status === 'done';
  useEffect(() => {
    if (!begunOpen.current || !isDone) return;
    setTold('Your remix is ready.');
    // The button that had the focus went away with the progress.
    if (document.activeElement === document.body)
      document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }, [isDone]);
  const { models, weather, quota, formKey } = composer;
  const offers = canRetry ? otherModels(followed.generation, models, weather) : [];
  const cheapest = Math.min(...offers.map(({ credits }) => credits));
  return (
    <>
      <p role="status" className="sr-only">
        {told}
      </p>
      {!isDone && (
        <GenerationMaking
          followed={followed}
          weather={weather}
          here={here}
          refusal={refusal}
          noun="the remix"
          found={FOUND}
        >
          <RemixElsewhere
            offers={offers}
            prompt={read.prompt}
            formKey={formKey}
            isStopped={offers.length > 0 && quotaStop(quota, 'image.edit', cheapest) !== null}
          />
        </GenerationMaking>
      )}
    </>
  );
}
