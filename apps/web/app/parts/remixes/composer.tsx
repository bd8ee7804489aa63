import { Form, useNavigation } from '@remix-run/react';
import type { Balance } from '@repo/domain/credits/schema';
import { PROMPT_MAX_CHARS } from '@repo/domain/generation/rules';
import type { ModelView, Weather } from '@repo/domain/generation/schema';
import type { QuotaReport } from '@repo/domain/quotas/schema';
import type { Rejection } from '@repo/runtime';
import { Button, Field, Kbd, Notice, Textarea } from '@repo/ui';
import { Wand2 } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { keepDraft, readDraft } from '#app/parts/accounts/draft.ts';
import { ModelPicker } from '#app/parts/generations/model-picker.tsx';
import { AUTO, priceOf } from '#app/parts/generations/price-of.ts';
import { useHydrated } from '#app/parts/page/use-hydrated.ts';
import { quotaStop } from '#app/parts/quotas/quota-stop.ts';
import { useWeather } from '#app/parts/weather/use-weather.ts';
import { WeatherStrip } from '#app/parts/weather/weather-strip.tsx';
import { AccountFirst, AccountHint, keptFromGuests } from './account-first.tsx';
import { ComposerPrice } from './composer-price.tsx';
import { keyForPress } from './press-memory.ts';
import { SuggestionChips } from './suggestion-chips.tsx';
import { addSuggestion, type Suggestion } from './suggestions.ts';
import { typeInto } from './type-into.ts';

export type ComposerProps = {
  /** What the text is about, such as `remix:<ad id>`: it is kept in this tab under that name. */
  draft: string;
  /** Names one press; made by the server for each page, a new one after each success. */
  formKey: string;
  /** More fields to post: what is remixed. */
  fields: Record<string, string>;
  models: readonly ModelView[];
  weather: readonly Weather[];
  /** What was used this month, and what may be. */
  quota: QuotaReport | null;
  /** Null while it cannot be read. */
  balance: Balance | null;
  /** False: models that cost money are for people with an account. */
  mayUsePaid: boolean;
  /** This page, for the way back from signing up. */
  here: string;
  /** What the text starts with, if nothing is kept. */
  prompt?: string;
  rejection?: Rejection | null;
};

/** Where a remix is asked for. A plain form; scripts add the suggestions, the counter and the keeping of the text. */
export function Composer(props: ComposerProps) {
  const { draft, formKey, fields, models, quota, balance, mayUsePaid, here, rejection } = props;
  const stopId = useId();
  const form = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const keyField = useRef<HTMLInputElement>(null);
  const isHydrated = useHydrated();
  const navigation = useNavigation();
  const isSending = navigation.formData?.get('intent') === 'remix';
  // One key per composer: what the page is read anew for, such as a report, must not turn a resend into a second press.
  const [key] = useState(rejection?.values['idempotencyKey'] ?? formKey);
  const [modelId, setModelId] = useState(rejection?.values['model'] ?? AUTO);
  const only = models.length === 1 ? models[0] : undefined;
  const price = priceOf(models, modelId, 'image.edit') ?? { credits: 0, isMost: false };
  const stop = quotaStop(quota, 'image.edit', price.credits);
  const weather = useWeather(props.weather);

  // Told beside the price, together with what to do.
  const isTooDear = rejection?.status === 402 && balance !== null;
  const signUp = rejection?.signIn?.startsWith('/sign-up') ? rejection.signIn : null;
  const kept = balance && !mayUsePaid && !signUp ? keptFromGuests(models, modelId) : null;

  useEffect(() => {
    const node = field.current;
    if (!node) return;
    const kept = readDraft(draft);
    // Typed before scripts arrived: newer than what was kept.
    if (node.value !== node.defaultValue) keepDraft(draft, node.value);
    else if (kept && kept !== node.value) typeInto(node, kept);
    if (window.location.hash === '#remix') node.focus({ preventScroll: true });
  }, [draft]);

  useEffect(() => {
    if (rejection) field.current?.focus({ preventScroll: true });
  }, [rejection]);

  const add = (suggestion: Suggestion) => {
    const node = field.current;
    if (!node) return;
    const { text, select } = addSuggestion(node.value, suggestion);
    typeInto(node, text, { undoable: true });
    node.focus();
    node.setSelectionRange(...select);
  };
  const press = (event: FormEvent) => {
    const pressed = (event.nativeEvent as SubmitEvent).submitter;
    const own = pressed instanceof HTMLButtonElement && pressed.name === 'model' ? pressed.value : null;
    // A press that names its model has looked at the quota for itself: its price is another.
    if (isSending || (stop && !own)) return event.preventDefault();
    const prompt = field.current?.value ?? '';
    const model = own ?? modelId;
    if (keyField.current) keyField.current.value = keyForPress(draft, { prompt, model, key });
    // Should it come back refused, the price that is shown is of what was sent.
    setModelId(model);
  };
  const sendByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    form.current?.requestSubmit();
  };
  const prompt = rejection?.values['prompt'] ?? props.prompt ?? '';
  return (
    <Form ref={form} method="post" onSubmit={press} id="remix" className="grid scroll-mt-24 grid-cols-1 gap-4">
      <input type="hidden" name="intent" value="remix" />
      <input ref={keyField} type="hidden" name="idempotencyKey" defaultValue={key} autoComplete="off" />
      <input type="hidden" name="draft" value={draft} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Field label="What should change?" error={rejection?.fields['prompt']?.[0]}>
        <Textarea
          ref={field}
          name="prompt"
          defaultValue={prompt}
          max={PROMPT_MAX_CHARS}
          rows={4}
          placeholder="make it a snowy night and add the words “WINTER SALE”"
          enterKeyHint="send"
          onChange={(event) => keepDraft(draft, event.target.value)}
          onKeyDown={sendByKey}
          className="text-base"
        />
      </Field>
      <SuggestionChips onPick={add} />
      {models.length > 1 && (
        <ModelPicker
          kind="image.edit"
          models={models}
          weather={weather}
          value={modelId}
          onChange={setModelId}
          error={rejection?.fields['model']?.[0]}
        />
      )}
      <WeatherStrip weather={weather.filter(({ model }) => modelId === AUTO || modelId === model)} />
      {rejection?.message && !isTooDear && !signUp && <Refusal rejection={rejection} />}
      <div className="grid gap-3">
        <ComposerPrice price={price} quota={quota} balance={balance} here={here} isRefused={isTooDear} />
        {kept && <AccountHint label={kept.label} models={models} here={here} />}
        {stop && (
          <div id={stopId}>
            <Notice tone="danger" title="Over this month’s quota">
              {stop} Your text stays here.
            </Notice>
          </div>
        )}
        <Button
          type="submit"
          variant="primary"
          size="lg"
          wide
          disabled={stop !== null}
          aria-describedby={stop ? stopId : undefined}
          pending={isSending}
          pendingLabel="Sending your remix"
        >
          <Wand2 aria-hidden />
          Remix
        </Button>
        {rejection && signUp && <AccountFirst rejection={rejection} signUp={signUp} models={models} quota={quota} />}
        <p className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-[13px] text-muted">
          {only ? <span>Made by {only.label}</span> : <span />}
          {isHydrated && (
            <span className="pointer-coarse:hidden">
              <Kbd>Ctrl</Kbd> <Kbd>Enter</Kbd> sends
            </span>
          )}
        </p>
      </div>
    </Form>
  );
}

/** Why it was not taken. The text stays where it is. */
function Refusal({ rejection: { message, signIn } }: { rejection: Rejection }) {
  return (
    <Notice
      tone="danger"
      live
      actions={
        signIn && (
          <Button size="sm" asChild>
            {/* In another tab: this one keeps what was typed, whatever the browser. */}
            <a href={signIn} target="_blank" rel="noreferrer">
              Sign in in a new tab
            </a>
          </Button>
        )
      }
    >
      {message} {signIn && 'Your text stays here: come back and press Remix again.'}
    </Notice>
  );
}
