import { useRevalidator } from '@remix-run/react';
import type { PictureView } from '@repo/domain/assets/schema';
import { creditsText } from '@repo/domain/credits/rules';
import { isSettled, PRICES, PROMPT_MAX_CHARS } from '@repo/domain/generation/rules';
import { AspectRatio, type GenerationView, type ModelView, Prompt } from '@repo/domain/generation/schema';
import { Button, Field, Notice, Select, Textarea } from '@repo/ui';
import { Sparkles } from 'lucide-react';
import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { api } from '#app/parts/api/api-client.ts';
import { type CallFailure, explainFailure } from '#app/parts/api/explain-failure.ts';
import { DescribedPicture } from './described-picture.tsx';
import { forgetPress, patchUploadDraft, pressKeyFor, readUploadDraft } from './upload-draft.ts';
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
  /** The picture that the ad has now. */
  usedId: string | null;
  /** Takes the finished picture for the ad. */
  onPicture(picture: PictureView): void;
};

/** A picture made from words, for an ad whose maker has none. */
export function DescribePicture({ personId, model, credits, usedId, onPicture }: DescribePictureProps) {
  const fold = useRef<HTMLDetailsElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const [asked, setAsked] = useState<GenerationView | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const { revalidate } = useRevalidator();
  const price = Math.max(PRICES['image.create'], model.credits);
  const isBusy = isAsking || isOpen;
  const follow = (generation: GenerationView) => {
    setAsked(generation);
    setIsOpen(!isSettled(generation.status));
  };
  const settle = () => {
    setIsOpen(false);
    // The credits in the page's head were read before these were captured or given back.
    revalidate();
  };

  useTypedDraft(form, personId);
  useFoundAgain(personId, fold, follow);

  const ask = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    const typed = new FormData(event.currentTarget);
    const prompt = Prompt.safeParse(typed.get('prompt'));
    if (!prompt.success) {
      const isEmpty = String(typed.get('prompt')).trim() === '';
      const sentence = isEmpty ? 'Say what it should show.' : (prompt.error.issues[0]?.message ?? '');
      return setFailure({ ...NOT_ASKED, fields: { prompt: [sentence] } });
    }
    const aspectRatio = AspectRatio.catch('1:1').parse(typed.get('aspectRatio'));
    const idempotencyKey = pressKeyFor(personId, 'describe', JSON.stringify([prompt.data, aspectRatio]));
    setIsAsking(true);
    setFailure(null);
    try {
      const wanted = { kind: 'image.create', prompt: prompt.data, aspectRatio, idempotencyKey } as const;
      const generation = await api.generation.request.mutate(wanted);
      // The answer is here: the same words pressed again ask for another picture.
      forgetPress(personId, 'describe');
      patchUploadDraft(personId, { generationId: generation.id });
      follow(generation);
      revalidate();
    } catch (error) {
      setFailure(explainFailure(error));
    } finally {
      setIsAsking(false);
    }
  };

  return (
    <details ref={fold} className="group rounded-xl border border-line bg-surface">
      <summary className="flex cursor-pointer items-center justify-between gap-3 rounded-xl p-4 text-sm font-medium">
        No picture? Describe one
        <span className="text-right text-[13px] font-normal text-muted group-open:hidden">{model.label}</span>
      </summary>
      <div className="grid gap-5 px-4 pb-5">
        <form ref={form} onSubmit={ask} className="grid gap-4" aria-label="Describe one">
          <Field label="What should it show?" error={failure?.fields['prompt']?.[0]}>
            <Textarea
              name="prompt"
              max={PROMPT_MAX_CHARS}
              rows={3}
              placeholder="the sea at sunset, with the words “SUMMER SALE”"
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
              {asked && !isOpen ? 'Make another' : 'Make it'}
            </Button>
          </div>
          {credits < price && (
            <Notice tone="warning" title="Not enough credits">
              It costs {price} and you have {credits}. Your credits are filled up on the first of the month. You can
              upload a picture of your own at no charge.
            </Notice>
          )}
        </form>
        {asked && <DescribedPicture key={asked.id} read={asked} usedId={usedId} onUse={onPicture} onSettled={settle} />}
      </div>
    </details>
  );
}

/** On arrival: the picture that was asked for in this tab, and the fold as it was left. */
function useFoundAgain(
  personId: string,
  fold: RefObject<HTMLDetailsElement>,
  follow: (generation: GenerationView) => void,
): void {
  const found = useRef(follow);
  useEffect(() => {
    const { generationId, typed } = readUploadDraft(personId);
    if (fold.current && (generationId || typed['prompt'])) fold.current.open = true;
    if (!generationId) return;
    let isGone = false;
    const show = (generation: GenerationView) => !isGone && found.current(generation);
    // One that cannot be read any more is not worth a word: the text to ask again is there.
    api.generation.byId.query({ id: generationId }).then(show, () => {});
    return () => {
      isGone = true;
    };
  }, [personId, fold]);
}

const NOT_ASKED: CallFailure = { sentence: '', fields: {}, needsAccount: false, isPassing: false, requestId: null };
