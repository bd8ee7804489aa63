import { useRevalidator } from '@remix-run/react';
import type { PictureView } from '@repo/domain/assets/schema';
import { creditsText } from '@repo/domain/credits/rules';
import { isSettled, PRICES, PROMPT_MAX_CHARS } from '@repo/domain/generation/rules';
import { AspectRatio, type ModelView, Prompt } from '@repo/domain/generation/schema';
import { Button, Field, Notice, Select, Textarea } from '@repo/ui';
import { Sparkles } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { api } from '#app/parts/api/api-client.ts';
import { type CallFailure, explainFailure } from '#app/parts/api/explain-failure.ts';
import { DescribedPicture } from './described-picture.tsx';
import { forgetPress, patchUploadDraft, pressKeyFor, readUploadDraft } from './upload-draft.ts';
import { useGeneration } from './use-generation.ts';
import { useTypedDraft } from './use-typed-draft.ts';

const SHAPES = {
  '1:1': 'Square, 1:1',
  '4:5': 'Portrait, 4:5',
  '9:16': 'Story, 9:16',
  '16:9': 'Banner, 16:9',
  '3:2': 'Landscape, 3:2',
} satisfies Record<(typeof AspectRatio.options)[number], string>;

export type DescribePictureProps = {
  personId: string;
  model: ModelView;
  /** What can be spent now. */
  credits: number;
  /** Takes the finished picture for the ad. */
  onPicture(picture: PictureView): void;
};

/** A picture made from words, for an ad whose maker has none. */
export function DescribePicture({ personId, model, credits, onPicture }: DescribePictureProps) {
  const form = useRef<HTMLFormElement>(null);
  const [generationId, setGenerationId] = useState<string | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const { generation, receipt, trouble } = useGeneration(generationId);
  const { revalidate } = useRevalidator();
  const price = Math.max(PRICES['image.create'], model.credits);
  const isBusy = isAsking || (generationId !== null && (!generation || !isSettled(generation.status)));
  const follow = (id: string | null) => {
    patchUploadDraft(personId, { generationId: id });
    setGenerationId(id);
  };

  useTypedDraft(form, personId);
  useEffect(() => setGenerationId(readUploadDraft(personId).generationId), [personId]);
  // The credits in the page's head were read before something was held or captured.
  const settledAs = generation && isSettled(generation.status) ? generation.status : null;
  const lastSettled = useRef<string | null>(null);
  useEffect(() => {
    if (!settledAs || lastSettled.current === generationId) return;
    lastSettled.current = generationId;
    revalidate();
  }, [settledAs, generationId, revalidate]);

  const ask = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    const typed = new FormData(event.currentTarget);
    const prompt = Prompt.safeParse(typed.get('prompt'));
    if (!prompt.success) {
      const sentence = prompt.error.issues[0]?.message ?? '';
      return setFailure({ ...NOT_ASKED, fields: { prompt: [sentence] } });
    }
    const aspectRatio = AspectRatio.catch('1:1').parse(typed.get('aspectRatio'));
    const idempotencyKey = pressKeyFor(personId, 'describe', JSON.stringify([prompt.data, aspectRatio]));
    setIsAsking(true);
    setFailure(null);
    try {
      const asked = { kind: 'image.create', prompt: prompt.data, aspectRatio, idempotencyKey } as const;
      const { id } = await api.generation.request.mutate(asked);
      // The answer is here: the same words pressed again ask for another picture.
      forgetPress(personId, 'describe');
      follow(id);
      revalidate();
    } catch (error) {
      setFailure(explainFailure(error));
    } finally {
      setIsAsking(false);
    }
  };

  return (
    <div className="grid gap-5">
      <form ref={form} onSubmit={ask} className="grid gap-4" aria-label="Describe one">
        <Field label="What should it show?" error={failure?.fields['prompt']?.[0]}>
          <Textarea
            name="prompt"
            max={PROMPT_MAX_CHARS}
            rows={3}
            placeholder="a red lighthouse on a cliff at sunset, calm sea, room for words in the sky"
          />
        </Field>
        <Field label="Shape">
          <Select
            name="aspectRatio"
            defaultValue="1:1"
            options={AspectRatio.options.map((value) => ({ value, label: SHAPES[value] }))}
          />
        </Field>
        {failure && !failure.fields['prompt'] && (
          <Notice tone="danger" live>
            {failure.sentence} Nothing was charged, and your text stays here.
          </Notice>
        )}
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
          <p className="text-sm tabular-nums">
            <span className="font-medium">{creditsText(price)}</span>
            <span className="text-muted"> · you have {credits}</span>
            <span className="block text-[13px] text-muted">Made by {model.label}</span>
          </p>
          <Button type="submit" variant="solid" pending={isBusy} pendingLabel="It is being made">
            <Sparkles aria-hidden />
            {generation?.status === 'done' ? 'Make another' : 'Make it'}
          </Button>
        </div>
        {credits < price && (
          <Notice tone="warning" title="Not enough credits">
            It costs {price} and you have {credits}. Your credits are filled up on the first of the month. You can
            upload a picture of your own at no charge.
          </Notice>
        )}
      </form>
      {trouble && (
        <Notice tone="warning" live>
          {trouble.sentence}
        </Notice>
      )}
      {generation && (
        <DescribedPicture
          generation={generation}
          receipt={receipt}
          onUse={onPicture}
          onCancel={() =>
            void api.generation.cancel.mutate({ id: generation.id }).catch((error) => setFailure(explainFailure(error)))
          }
        />
      )}
    </div>
  );
}

const NOT_ASKED: CallFailure = { sentence: '', fields: {}, needsAccount: false, isPassing: false, requestId: null };
