import { useRevalidator } from '@remix-run/react';
import type { PictureView } from '@repo/domain/assets/schema';
import { isSettled, PROMPT_MAX_CHARS } from '@repo/domain/generation/rules';
import { AspectRatio, type GenerationView, Prompt } from '@repo/domain/generation/schema';
import { Button, Field, Notice, Select, Textarea } from '@repo/ui';
import { Sparkles } from 'lucide-react';
import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { api } from '#app/parts/api/api-client.ts';
import { type CallFailure, explainFailure } from '#app/parts/api/explain-failure.ts';
import { ModelPicker } from '#app/parts/generations/model-picker.tsx';
import { AUTO, priceOf, priceText } from '#app/parts/generations/price-of.ts';
import { quotaStop } from '#app/parts/quotas/quota-stop.ts';
import { UsageBar } from '#app/parts/quotas/usage-bar.tsx';
import { useWeather } from '#app/parts/weather/use-weather.ts';
import { WeatherStrip } from '#app/parts/weather/weather-strip.tsx';
import { DescribedPicture } from './described-picture.tsx';
import type { AdFormData } from './load-ad-form.server.ts';
import { forgetPress, patchUploadDraft, pressKeyFor, readUploadDraft } from './upload-draft.ts';
import { useTypedDraft } from './use-typed-draft.ts';

const SHAPES = {
  '1:1': 'Square, 1:1',
  '4:5': 'Portrait, 4:5',
  '9:16': 'Story, 9:16',
  '16:9': 'Banner, 16:9',
  '3:2': 'Landscape, 3:2',
} satisfies Record<(typeof AspectRatio.options)[number], string>;

export type DescribePictureProps = Pick<AdFormData, 'models' | 'weather' | 'quota' | 'balance'> & {
  personId: string;
  /** The picture that the ad has now. */
  usedId: string | null;
  /** Takes the finished picture for the ad. */
  onPicture(picture: PictureView): void;
};

/** A picture made from words, for an ad whose maker has none. */
export function DescribePicture(props: DescribePictureProps) {
  const { personId, models, quota, balance, usedId, onPicture } = props;
  const fold = useRef<HTMLDetailsElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const [asked, setAsked] = useState<GenerationView | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const { revalidate } = useRevalidator();
  const [modelId, setModelId] = useState(AUTO);
  const weather = useWeather(props.weather);
  const only = models.length === 1 ? models[0] : undefined;
  const price = priceOf(models, modelId, 'image.create') ?? { credits: 0, isMost: false };
  const stop = quotaStop(quota, 'image.create', price.credits);
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

  const send = async (wanted: { prompt: string; aspectRatio: (typeof AspectRatio.options)[number]; model: string }) => {
    const idempotencyKey = pressKeyFor(personId, 'describe', JSON.stringify(Object.values(wanted)));
    setIsAsking(true);
    setFailure(null);
    try {
      const generation = await api.generation.request.mutate({ kind: 'image.create', ...wanted, idempotencyKey });
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
  const shape = () => AspectRatio.catch('1:1').parse(form.current && new FormData(form.current).get('aspectRatio'));
  const ask = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy || stop) return;
    const typed = new FormData(event.currentTarget);
    const prompt = Prompt.safeParse(typed.get('prompt'));
    if (!prompt.success) {
      const isEmpty = String(typed.get('prompt')).trim() === '';
      const sentence = isEmpty ? 'Say what it should show.' : (prompt.error.issues[0]?.message ?? '');
      return setFailure({ ...NOT_ASKED, fields: { prompt: [sentence] } });
    }
    void send({ prompt: prompt.data, aspectRatio: shape(), model: modelId });
  };

  return (
    <details ref={fold} className="group rounded-xl border border-line bg-surface">
      <summary className="flex cursor-pointer items-center justify-between gap-3 rounded-xl p-4 text-sm font-medium">
        No picture? Describe one
        <span className="text-right text-[13px] font-normal text-muted group-open:hidden">
          {only ? only.label : priceText(price)}
        </span>
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
          {!only && (
            <ModelPicker kind="image.create" models={models} weather={weather} value={modelId} onChange={setModelId} />
          )}
          <WeatherStrip weather={weather.filter(({ model }) => modelId === AUTO || modelId === model)} />
          {failure && !failure.fields['prompt'] && (
            <Notice tone="danger" live>
              {failure.sentence} Nothing was charged, and your text stays here.
            </Notice>
          )}
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
            <div className="grid w-44 grow gap-1.5 sm:max-w-60">
              <p className="text-sm tabular-nums">
                <span className="font-medium">{priceText(price)}</span>
                <span className="text-muted"> · you have {balance.credits}</span>
                {only && <span className="block text-[13px] text-muted">Made by {only.label}</span>}
              </p>
              <UsageBar report={quota} kind="image.create" balance={balance} />
            </div>
            <Button
              type="submit"
              variant="solid"
              disabled={stop !== null}
              aria-describedby={stop ? 'describe-stop' : undefined}
              pending={isBusy}
              pendingLabel="It is being made"
            >
              <Sparkles aria-hidden />
              {asked && !isOpen ? 'Make another' : 'Make it'}
            </Button>
          </div>
          {stop && (
            <div id="describe-stop">
              <Notice tone="danger" title="Over this month’s quota">
                {stop} You can upload a picture of your own at no charge.
              </Notice>
            </div>
          )}
          {balance.credits < price.credits && (
            <Notice tone="warning" title="Not enough credits">
              It costs {price.credits} and you have {balance.credits}. Your credits are filled up on the first of the
              month. You can upload a picture of your own at no charge.
            </Notice>
          )}
        </form>
        {asked && (
          <DescribedPicture
            key={asked.id}
            read={asked}
            models={models}
            weather={weather}
            isStopped={stop !== null || isBusy}
            usedId={usedId}
            onUse={onPicture}
            onSettled={settle}
            onElsewhere={(model) => void send({ prompt: asked.prompt, aspectRatio: shape(), model })}
          />
        )}
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
