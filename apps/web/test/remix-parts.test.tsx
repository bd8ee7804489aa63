import { describe, expect, test } from 'vitest';
import { GenerationMaking } from '#app/parts/generations/generation-making.tsx';
import { pictureOf } from '#app/parts/page/picture-of.ts';
import { Composer, type ComposerProps } from '#app/parts/remixes/composer.tsx';
import { PromptQuote } from '#app/parts/remixes/prompt-quote.tsx';
import { RemixCard } from '#app/parts/remixes/remix-card.tsx';
import { RemixElsewhere } from '#app/parts/remixes/remix-elsewhere.tsx';
import { RemixReceipt } from '#app/parts/remixes/remix-receipt.tsx';
import { addSuggestion, SUGGESTIONS } from '#app/parts/remixes/suggestions.ts';
import { tellState } from '#app/parts/remixes/tell-state.ts';
import { aGeneration, aModel, aPicture, aQuota, aReceipt, aRemixCard, aWeather, htmlOf, textOf } from './stage.tsx';

const balance = { credits: 20, held: 0, isGuest: true, nextAllowanceAt: null };
const model = aModel();
const composer = (changes: Partial<ComposerProps> = {}) =>
  htmlOf(
    <Composer
      draft="remix:1"
      formKey="key-of-this-form"
      fields={{}}
      models={[model]}
      weather={[]}
      quota={aQuota({ credits: 8 })}
      balance={balance}
      mayUsePaid={false}
      here="/ads/1"
      {...changes}
    />,
  );
const rejection = (changes = {}) => ({ message: null, fields: {}, values: {}, signIn: null, status: 400, ...changes });

describe('a composer', () => {
  test('tells price, balance and model before anything is pressed', () => {
    const text = textOf(composer());
    expect(text).toContain('4 credits · you have 20');
    expect(text).toContain('Made by Local effects (no AI key set)');
    expect(text).toContain('0 / 2,000');
  });

  test('is a plain form that carries its key, for browsers without scripts', () => {
    const html = composer({ fields: { again: 'yes' } });
    expect(html).toMatch(/<form[^>]*method="post"/);
    expect(html).toMatch(/name="idempotencyKey"[^>]*value="key-of-this-form"/);
    expect(html).toMatch(/name="again" value="yes"/);
    expect(html).toMatch(/<button[^>]*type="submit"/);
  });

  test('offers a choice only where there is more than one model: automatic first, each with price, time and state', () => {
    expect(composer()).not.toContain('type="radio"');
    const dear = aModel({
      id: 'google/x',
      label: 'Gemini',
      prices: [{ kind: 'image.edit', per: 'image', credits: 9 }],
      typicalSeconds: 12,
      isStandIn: false,
      retiresOn: '2026-11-30',
    });
    const html = composer({ models: [dear, model], weather: [aWeather()] });
    expect(html.match(/<input type="radio"[^>]*>/g)?.map((radio) => /value="([^"]*)"/.exec(radio)?.[1])).toEqual([
      'auto',
      'google/x',
      'local/effects',
    ]);
    expect(html).toMatch(
      /<input type="radio" name="model"[^>]*checked=""[^>]*value="auto"|value="auto"[^>]*checked=""/,
    );
    const text = textOf(html);
    expect(text).toContain('9 credits · you have 20');
    expect(text).toContain('About 40 s. Gemini is slow now: about 40 s instead of 12 s.');
    expect(text).toContain('Its vendor ends it on November 30, 2026.');
    expect(text).toContain('A stand-in: our own effects by rules, no AI.');
    expect(text).toContain('Since 12:04 UTC .');
    expect(html).not.toContain('Made by');
  });

  test('says beside the price what was used this month, or how much of a limit', () => {
    expect(textOf(composer())).toContain('8 used in November');
    const limited = composer({ quota: aQuota({ images: 17, credits: 68 }, { images: 20 }) });
    expect(limited).toMatch(/role="meter"[^>]*aria-valuenow="85"/);
    expect(textOf(limited)).toContain('Your quota of 20 images for November: 17 of 20.');
    expect(limited).not.toMatch(/<button[^>]*type="submit"[^>]*disabled=""/);
  });

  test.each([
    ['is used up', aQuota({ images: 20 }, { images: 20 }), 'Your quota of 20 images for November: 20 of 20.'],
    [
      'has too little left',
      aQuota({ credits: 97 }, { credits: 100 }),
      'has 3 credits left of 100 for this month, and this takes 4',
    ],
  ])('whose quota %s cannot be sent, and says why', (_, quota, sentence) => {
    const html = composer({ quota });
    expect(html).toMatch(/<button[^>]*type="submit"[^>]*disabled=""[^>]*aria-describedby="[^"]+"/);
    expect(textOf(html).split(sentence)).toHaveLength(2);
    expect(textOf(html)).toContain('Your text stays here.');
  });

  test('gives a refused text back, with what is wrong at its field and the key of the same press', () => {
    const values = { intent: 'remix', prompt: 'a </textarea><b>bold</b> wish', idempotencyKey: 'key-of-the-press' };
    const html = composer({ rejection: rejection({ values, fields: { prompt: ['It is too long.'] } }) });
    expect(textOf(html)).toContain('a </textarea><b>bold</b> wish');
    expect(html).not.toContain('<b>bold</b>');
    expect(html).toMatch(/role="alert"[^>]*>.*It is too long\./);
    expect(html).toMatch(/aria-invalid="true"/);
    expect(html).toMatch(/name="idempotencyKey"[^>]*value="key-of-the-press"/);
  });

  test('whose person must sign in first leads there in another tab', () => {
    const html = composer({
      rejection: rejection({ message: 'Your session has ended.', signIn: '/sign-in?to=%2Fads%2F1', status: 401 }),
    });
    expect(html).toMatch(/<a[^>]*href="\/sign-in\?to=%2Fads%2F1"[^>]*target="_blank"/);
    expect(textOf(html)).toContain('Your text stays here');
  });

  test('tells a guest without credits how to get more', () => {
    const html = composer({ balance: { ...balance, credits: 2, held: 4 } });
    expect(textOf(html)).toContain('A remix costs 4 and you have 2, with 4 more held for what is being made.');
    expect(textOf(html)).toContain('for 100 a month, free');
    expect(html).toContain('href="/sign-up?to=%2Fads%2F1"');
  });

  test('tells an account without credits when the next ones come', () => {
    const short = { credits: 0, held: 0, isGuest: false, nextAllowanceAt: new Date('2026-12-01T00:00:00Z') };
    expect(textOf(composer({ balance: short }))).toContain('You are topped up to 100 on 1 December');
  });

  test('says once that credits do not suffice, when the server says so too', () => {
    const refusal = rejection({ message: 'This costs 4 credits and you have 0. Nothing was charged.', status: 402 });
    const text = textOf(composer({ balance: { ...balance, credits: 0 }, rejection: refusal }));
    expect(text.match(/Nothing was charged/g)).toHaveLength(1);
    const unknown = textOf(composer({ balance: null, rejection: refusal }));
    expect(unknown).toContain('This costs 4 credits and you have 0.');
  });
});

describe('a composer for a guest, where the model costs money', () => {
  const gemini = aModel({
    id: 'google/x',
    label: 'Gemini',
    prices: [{ kind: 'image.edit', per: 'image', credits: 9 }],
    isPaid: true,
    isStandIn: false,
  });
  const effects = aModel({ label: 'Local effects' });
  const models = [gemini, effects];
  const sentence = 'Gemini is for people with an account: sign up , it is free, or choose Local effects.';
  const refusedWith = (values = {}) =>
    rejection({
      message: 'Gemini is for people with an account.',
      signIn: '/sign-up?to=%2Fads%2F1',
      status: 401,
      values: { intent: 'remix', prompt: 'as a polaroid', idempotencyKey: 'key-of-the-press', ...values },
    });

  test('says before any press who it is for, and what else there is', () => {
    const html = composer({ models });
    expect(textOf(html)).toContain(sentence);
    expect(html).toContain('href="/sign-up?to=%2Fads%2F1"');
    expect(textOf(composer({ models: [gemini] }))).toContain('account: sign up , it is free.');
  });

  test.each<[string, Partial<ComposerProps>]>([
    ['the asker may use it', { mayUsePaid: true }],
    ['another was chosen', { rejection: rejection({ values: { model: 'local/effects' } }) }],
    ['there are only stand-ins', { models: [effects] }],
    ['nobody knows who asks', { balance: null }],
  ])('says nothing of it where %s', (_, changes) => {
    expect(textOf(composer({ models, ...changes }))).not.toContain('for people with an account');
  });

  test('when refused, offers what needs no account as a press of its own at its own price', () => {
    const html = composer({ models, rejection: refusedWith() });
    const text = textOf(html);
    expect(text).toContain('Make it with Local effects (4 credits)');
    expect(text).toContain('are no AI');
    expect(text.split('is for people with an account')).toHaveLength(2);
    expect(text).not.toContain('Make it with Gemini');
    expect(html).toMatch(/<a[^>]*href="\/sign-up\?to=%2Fads%2F1"[^>]*target="_blank"/);
    expect(text).toContain('as a polaroid');
  });

  test('sends the offered press with the same form, and Enter in a field still presses Remix', () => {
    const html = composer({ models, rejection: refusedWith() });
    const form = html.slice(html.indexOf('<form'), html.indexOf('</form>'));
    const presses = form.match(/<button[^>]*type="submit"[^>]*>/g) ?? [];
    expect(presses).toHaveLength(2);
    expect(presses[0]).not.toContain('name=');
    expect(presses[1]).toMatch(/name="model"/);
    expect(presses[1]).toMatch(/value="local\/effects"/);
    // The last of equal names is the one that counts.
    expect(form.lastIndexOf('type="radio"')).toBeLessThan(form.indexOf(presses[1]!));
  });

  test('cannot press what is over the quota, and offers nothing where there is nothing else', () => {
    const full = composer({ models, rejection: refusedWith(), quota: aQuota({ images: 20 }, { images: 20 }) });
    expect(full.match(/<button[^>]*type="submit"[^>]*disabled=""/g)).toHaveLength(2);
    expect(textOf(composer({ models: [gemini], rejection: refusedWith() }))).not.toContain('Make it with');
  });
});

describe('a suggestion', () => {
  const [night, words] = [SUGGESTIONS[0]!, SUGGESTIONS[1]!];

  test.each([
    ['', 'make it a snowy night'],
    ['warm', 'warm, make it a snowy night'],
    ['warm,  ', 'warm, make it a snowy night'],
    ['Make it warm.', 'Make it warm. make it a snowy night'],
  ])('after %j makes %j', (before, after) => {
    expect(addSuggestion(before, night)).toEqual({ text: after, select: [after.length, after.length] });
  });

  test('with words to fill in selects them', () => {
    const { text, select } = addSuggestion('warm', words);
    expect(text.slice(...select)).toBe('YOUR WORDS');
  });
});

describe('how a generation goes', () => {
  const now = Date.parse('2026-11-02T10:00:10Z');
  test.each([
    [{ status: 'queued' }, { state: 'queued', place: 3, waitSeconds: 12 }],
    [
      { status: 'running', progress: 0.25, doing: 'Painting snow' },
      { state: 'running', fraction: 0.25, phrase: 'Painting snow', secondsLeft: 9 },
    ],
    [
      { status: 'running', progress: 0.9 },
      { state: 'running', fraction: 0.9, secondsLeft: null },
    ],
    [
      { status: 'running', cancelRequested: true },
      { state: 'running', phrase: 'Stopping', fraction: null },
    ],
    [
      { status: 'retrying', attempt: 2, lastError: 'The model is busy.', nextTryAt: new Date(now + 3_400) },
      { state: 'retrying', attempt: 2, maxAttempts: 4, error: 'The model is busy.', inSeconds: 4 },
    ],
    [{ status: 'checking' }, { state: 'checking', phrase: expect.stringContaining('nobody sends it twice') }],
    [{ status: 'done' }, { state: 'done' }],
    [{ status: 'cancelled' }, { state: 'cancelled', phrase: expect.stringContaining('Nothing was charged') }],
    [
      { status: 'failed', failure: { reason: 'refused', sentence: 'It was refused.', nextStep: 'Say it otherwise.' } },
      {
        state: 'failed',
        reason: 'It was refused.',
        next: 'Say it otherwise.',
        charged: expect.stringContaining('Nothing'),
      },
    ],
  ])('%j is told', (changes, told) => {
    expect(tellState(aGeneration(changes), now)).toMatchObject(told);
  });

  test('reads no clock in the first paint', () => {
    const retrying = aGeneration({ status: 'retrying', nextTryAt: new Date() });
    expect(tellState(retrying, null)).toMatchObject({ inSeconds: null });
  });

  const making = (changes = {}, failure: null | { needsAccount: boolean } = null) =>
    htmlOf(
      <GenerationMaking
        here="/remixes/1"
        refusal={null}
        weather={[aWeather({ model: 'local/effects', sentence: 'It is slow.' })]}
        noun="the remix"
        found={{ to: '/my-remixes', label: 'My remixes' }}
        followed={{
          generation: aGeneration(changes),
          failure: failure && { sentence: '', fields: {}, isPassing: true, requestId: null, ...failure },
        }}
      />,
    );

  test('can be cancelled and is looked at again by itself, while it is open and only then', () => {
    const open = making();
    expect(textOf(open)).toContain('Number 3 in line, ready in about 12 seconds.');
    expect(open).toMatch(/<noscript><meta http-equiv="refresh" content="3"\/?><\/noscript>/i);
    expect(open).toMatch(/<button[^>]*type="submit"[^>]*>.*Cancel/);
    const over = making({ status: 'cancelled' });
    expect(over).not.toContain('refresh');
    expect(over).not.toContain('<button');
  });

  test('says how its model does while it waits, what was tried before, and what the model said instead of making it', () => {
    expect(textOf(making())).toContain('It is slow. Since 12:04 UTC .');
    const failed = textOf(
      making({
        status: 'failed',
        tried: [{ model: 'a', modelLabel: 'Gemini', reason: 'The model could not be reached.' }],
        said: 'I see a <b>bottle</b>.',
        failure: { reason: 'empty', sentence: 'Nothing came.', nextStep: 'Say more.' },
      }),
    );
    expect(failed).toContain('Gemini was tried before. The model could not be reached.');
    expect(failed).toContain('The model made nothing, but said this. It is free. I see a <b>bottle</b>.');
    expect(failed).not.toContain('It is slow');
  });

  test('says that it goes on when we cannot be reached, and when the session ended', () => {
    expect(textOf(making({}, { needsAccount: false }))).toContain('The remix goes on');
    expect(making({}, { needsAccount: true })).toContain('href="/sign-in?to=%2Fremixes%2F1"');
  });
});

describe('the same remix by another model', () => {
  const offered = (isStopped = false) =>
    htmlOf(
      <RemixElsewhere
        offers={[{ model: aModel({ label: 'Local effects' }), credits: 4 }]}
        prompt="as a polaroid"
        formKey="key-of-the-page"
        isStopped={isStopped}
      />,
    );

  test('is a form of its own with its price on the button, and says when it is a stand-in', () => {
    const html = offered();
    for (const [name, value] of [
      ['prompt', 'as a polaroid'],
      ['model', 'local/effects'],
      ['again', 'yes'],
      ['idempotencyKey', 'key-of-the-page'],
    ])
      expect(html).toContain(`name="${name}" value="${value}"`);
    expect(textOf(html)).toContain('Make it with Local effects (4 credits)');
    expect(textOf(html)).toContain('are no AI');
  });

  test('cannot be asked for over the quota', () => {
    expect(offered(true)).toMatch(/<button[^>]*disabled=""/);
    expect(textOf(offered(true))).toContain('quota does not suffice');
  });
});

describe('a receipt', () => {
  const receipt = aReceipt();

  test('shows what was quoted, held, captured and given back, every movement, and that they sum to nothing', () => {
    const html = htmlOf(<RemixReceipt receipt={receipt} />);
    const text = textOf(html);
    expect(html).toContain('<section aria-label="Receipt"');
    for (const part of [
      'Quoted before you pressed Remix 4 credits',
      'Held 4 credits Captured 0 credits Given back 4 credits',
      'Local effects Time 2.3 s Attempts 3',
      '2 Nov 2026, 10:00:00 UTC 4, you to held',
      '2 Nov 2026, 10:01:00 UTC 4, held to you',
      'Charged 0 credits',
      'these entries sum to 0.',
      'Why this model You chose it.',
    ])
      expect(text).toContain(part);
    expect(html).toContain(`href="/receipts/${receipt.generationId}"`);
  });

  test('of what is still being made calls nothing charged', () => {
    const text = textOf(
      htmlOf(<RemixReceipt receipt={{ ...receipt, status: 'running', released: 0, seconds: null }} />),
    );
    expect(text).toContain('Held for now 4 credits');
    expect(text).not.toContain('Charged');
  });
});

test('a prompt is shown as it was typed, markup, lines and all', () => {
  const html = htmlOf(<PromptQuote prompt={'<script>alert(1)</script>\n  & more'} />);
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;\n  &amp; more');
});

test.each([
  ['failed', 'It did not work. Nothing was charged.'],
  ['cancelled', 'Cancelled. Nothing was charged.'],
  ['running', 'Being made'],
  ['a status of a newer server', 'In the queue'],
])('a card whose picture is %s says so, and offers no remix of it', (generationStatus, words) => {
  const html = htmlOf(<RemixCard isOwnList remix={aRemixCard({ picture: null, generationStatus, status: 'draft' })} />);
  expect(textOf(html)).toContain(words);
  expect(html).not.toContain('#remix');
});

test('a picture names the width each address truly has, also for tall ones', () => {
  const sources = pictureOf({ ...aPicture(), width: 1_000, height: 4_000 }).sources;
  expect(sources.map(({ width }) => width)).toEqual([120, 400]);
});
