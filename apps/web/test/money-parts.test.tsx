import { describe, expect, test } from 'vitest';
import { BooksEven } from '#app/parts/credits/books-even.tsx';
import { creditsAddress, readCreditsSearch } from '#app/parts/credits/credits-search.ts';
import { MovementsTable } from '#app/parts/credits/movements-table.tsx';
import { otherModels } from '#app/parts/generations/other-models.ts';
import { AUTO, priceOf, priceText } from '#app/parts/generations/price-of.ts';
import { quotaStop } from '#app/parts/quotas/quota-stop.ts';
import { MadeResult } from '#app/parts/receipts/made-result.tsx';
import { tellHistory } from '#app/parts/receipts/tell-history.ts';
import { WeatherStrip } from '#app/parts/weather/weather-strip.tsx';
import { aGeneration, aModel, aPicture, aQuota, aReceipt, aWeather, htmlOf, textOf } from './stage.tsx';

const at = (time: string) => new Date(`2026-11-20T${time}Z`);
const real = (id: string, credits: number, changes = {}) =>
  aModel({ id, label: id, isStandIn: false, prices: [{ kind: 'image.edit', per: 'image', credits }], ...changes });

describe('a price', () => {
  const film = aModel({
    id: 'v',
    kinds: ['video.create'],
    prices: [{ kind: 'video.create', per: 'second', credits: 2.5 }],
  });

  test.each([
    ['of a named model is its own', [real('a', 4), real('b', 9)], 'b', 'image.edit', 1, '9 credits'],
    ['of automatic is the same for equal models', [real('a', 4), real('b', 4)], AUTO, 'image.edit', 1, '4 credits'],
    ['of automatic is the highest it may be', [real('a', 4), real('b', 9)], AUTO, 'image.edit', 1, 'at most 9 credits'],
    ['of automatic leaves stand-ins out', [real('a', 4), aModel()], AUTO, 'image.edit', 1, '4 credits'],
    ['of automatic is a stand-in’s where there is nothing else', [aModel()], AUTO, 'image.edit', 1, '4 credits'],
    ['by the second counts seconds, rounded up', [film], AUTO, 'video.create', 5, '13 credits'],
    ['of nothing is free', [real('a', 0)], 'a', 'image.edit', 1, 'free'],
  ] as const)('%s', (_, models, choice, kind, amount, text) => {
    expect(priceText(priceOf(models, choice, kind, amount)!)).toBe(text);
  });

  test('of what no model does is none', () => {
    expect(priceOf([film], AUTO, 'image.edit')).toBeNull();
  });
});

describe('where a model failed', () => {
  const models = [real('a', 4), real('b', 5), real('c', 6), aModel()];
  const failed = (changes = {}) =>
    aGeneration({
      status: 'failed',
      model: 'a',
      failure: { reason: 'unavailable', sentence: 'It is away.', nextStep: 'Wait.' },
      ...changes,
    });
  const offered = (changes = {}, weather: ReturnType<typeof aWeather>[] = []) =>
    otherModels(failed(changes), models, weather).map(({ model, credits }) => `${model.id} ${credits}`);

  test('others are offered with their prices, stand-ins last', () => {
    expect(offered()).toEqual(['b 5', 'c 6']);
    expect(offered({ tried: [{ model: 'b', modelLabel: 'b', reason: '' }] })).toEqual(['c 6', 'local/effects 4']);
  });

  test('none is offered that is down', () => {
    expect(offered({}, [aWeather({ model: 'b', state: 'down' })])).toEqual(['c 6', 'local/effects 4']);
  });

  test.each(['queued', 'running', 'done', 'cancelled'])('nothing is offered while it is %s', (status) => {
    expect(offered({ status })).toEqual([]);
  });
});

test('a quota of another kind of work stops no picture', () => {
  const report = aQuota({ video_seconds: 9, tokens: 9, images: 3 }, { video_seconds: 8, tokens: 1, images: 4 });
  expect(quotaStop(report, 'image.edit', 4)).toBeNull();
  expect(quotaStop(report, 'video.create', 4)).toContain('8 video_seconds');
  expect(quotaStop(null, 'image.edit', 4)).toBeNull();
});

describe('the weather', () => {
  test('of models that do well is not mentioned', () => {
    expect(textOf(htmlOf(<WeatherStrip weather={[aWeather({ state: 'healthy', sentence: null })]} />))).toBe('');
  });

  test('of a slow model says how slow and since when, politely', () => {
    const html = htmlOf(<WeatherStrip weather={[aWeather()]} />);
    expect(html).toContain('aria-live="polite"');
    expect(textOf(html)).toBe('Slow now Gemini is slow now: about 40 s instead of 12 s. Since 12:04 UTC .');
  });
});

describe('the address of the page of credits', () => {
  const id = '0194f0a2-0000-7000-8000-000000000001';

  test.each([
    ['/credits', { account: 'mine', kinds: [], from: '', to: '', after: null }],
    [
      `/credits?account=${id}&kind=hold&kind=capture&from=2026-11-01&to=2026-11-30&after=abc`,
      { account: id, kinds: ['hold', 'capture'], from: '2026-11-01', to: '2026-11-30', after: 'abc' },
    ],
  ])('%s is read, and written the same', (address, meaning) => {
    const search = readCreditsSearch(address);
    expect(search).toMatchObject(meaning);
    expect(search.errors).toEqual({});
    expect(creditsAddress(search)).toBe(address);
  });

  test('passes over kinds that do not exist, and kinds named twice', () => {
    expect(readCreditsSearch('/credits?kind=theft&kind=hold&kind=hold&kind=__proto__').kinds).toEqual(['hold']);
  });

  test.each([
    ['from=2026-02-31', 'from', 'Give the day as year, month and day'],
    ['from=0000-01-01', 'from', 'There is nothing before the year 2000.'],
    ['from=2026-11-02&to=2026-11-01', 'to', 'The last day lies before the first.'],
  ] as const)(
    'with days that make no sense (%s) keeps what was typed, and says so at its field',
    (query, field, words) => {
      const search = readCreditsSearch(`/credits?${query}`);
      expect(search.errors[field]).toContain(words);
      expect(search[field]).not.toBe('');
      expect(search.filter).not.toHaveProperty('from');
      expect(search.filter).not.toHaveProperty('to');
    },
  );

  test('of an account that cannot be one is no page', () => {
    expect(() => readCreditsSearch('/credits?account=everybody')).toThrow(expect.objectContaining({ status: 404 }));
  });
});

describe('a list of movements', () => {
  const generation = {
    id: crypto.randomUUID(),
    kind: 'image.edit',
    prompt: 'make it <b>warm</b>',
    modelLabel: 'Gemini',
  };
  const movement = (changes: object) => ({
    id: crypto.randomUUID(),
    at: at('10:00:00'),
    kind: 'hold' as const,
    amount: -4,
    moved: 4,
    balance: 96,
    counterpart: 'Held',
    memo: 'Held while it is made',
    generation: null,
    ...changes,
  });
  const row = (changes: object) => {
    const html = htmlOf(<MovementsTable movements={[movement(changes)]} owner="you" />);
    return { html, text: textOf(html.slice(html.indexOf('<tbody>'))) };
  };

  test('says when, what for, from where to where, how much, and what was left', () => {
    const { html, text } = row({ generation });
    for (const part of ['20 Nov 2026, 10:00 UTC', 'Held while it is made', 'you to held', '−4 96'])
      expect(text).toContain(part);
    expect(text).toContain('make it <b>warm</b>');
    expect(html).toContain(`href="/receipts/${generation.id}"`);
  });

  test('says of a capture that it took what was held, and of what is given where it came from', () => {
    expect(row({ kind: 'capture', amount: 0, counterpart: 'Spent' }).text).toContain('4 that were held went to spent');
    const given = row({ kind: 'grant', amount: 1_100, balance: 1_196, counterpart: 'Remixify' }).text;
    expect(given).toContain('Remixify to you');
    expect(given).toContain('+1,100 1,196');
  });
});

test('the books are shown to be even: before, each kind, after, and the sum over both sides', () => {
  const totals = [
    { kind: 'grant' as const, count: 1, amount: 100, moved: 100 },
    { kind: 'hold' as const, count: 2, amount: -8, moved: 8 },
    { kind: 'capture' as const, count: 2, amount: 0, moved: 8 },
  ];
  const account = { kind: 'user' as const, brandId: null, name: 'You' };
  const statement = { account, from: null, to: null, opening: 0, closing: 92, entries: 1_010, sum: 0, totals, held: 0 };
  const text = textOf(htmlOf(<BooksEven statement={statement} hasKinds={false} />));
  for (const part of ['At the start 0', 'Given, 1 × +100', 'Held, 2 × −8', '(8 of what was held)', 'Now 92'])
    expect(text).toContain(part);
  expect(text).toContain('These 1,010 entries sum to 0. Each movement is written twice');
});

describe('the history of a generation', () => {
  const call = (time: string, changes: object) => ({
    at: at(time),
    provider: 'google',
    model: 'Veo',
    step: 'poll',
    outcome: 'pending',
    seconds: 0.2,
    ...changes,
  });

  test('puts presses, calls and money in order, and tells equal looks in a row once', () => {
    const receipt = aReceipt({
      status: 'done',
      createdAt: at('10:00:00'),
      finishedAt: at('10:01:00'),
      calls: [
        call('10:00:01', { step: 'start', outcome: 'unavailable', model: 'Gemini', seconds: 3 }),
        call('10:00:04', { step: 'start', seconds: 1.5 }),
        call('10:00:20', {}),
        call('10:00:30', { seconds: 0.4 }),
        call('10:00:59', { outcome: 'done' }),
      ],
      entries: [
        { at: at('10:00:00'), kind: 'hold', amount: -4, memo: 'Held while it is made' },
        { at: at('10:01:00'), kind: 'capture', amount: -4, memo: 'Captured: the result is stored' },
      ],
    });
    expect(tellHistory(receipt, 'you').map(({ text, detail }) => [text, detail])).toEqual([
      ['Asked for', 'quoted 4'],
      ['Held while it is made', '4, you to held'],
      ['Sent to Gemini: it could not be reached', '3 s'],
      ['Sent to Veo: still at work', '1.5 s'],
      ['Asked Veo whether it is ready: still at work', '2 times, 0.3 s each'],
      ['Asked Veo whether it is ready: the result came', '0.2 s'],
      ['Captured: the result is stored', '4, held to spent'],
      ['Done', null],
    ]);
    expect(tellHistory(receipt, 'you').filter(({ isTrouble }) => isTrouble)).toHaveLength(1);
  });

  test('shows words of a newer server as they are', () => {
    const receipt = aReceipt({ calls: [call('10:00:01', { step: 'dream', outcome: 'lucid' })] });
    expect(tellHistory(receipt, 'you').map(({ text }) => text)).toContain('dream: Veo: lucid');
  });
});

describe('what was made', () => {
  const poster = aPicture();
  const media = { id: crypto.randomUUID(), url: '/f/1', durationSeconds: 4 };

  test.each([
    ['a picture', { kind: 'image.edit', picture: poster }, /<img[^>]*alt="a wish"/],
    [
      'a film',
      { kind: 'video.create', film: { ...media, mimeType: 'video/mp4', poster } },
      new RegExp(`<video controls=""[^>]*poster="${poster.urls['1600']}".*<source src="/f/1" type="video/mp4"/>`),
    ],
    [
      'a sound',
      { kind: 'speech.create', sound: { ...media, mimeType: 'audio/mpeg' } },
      /<audio controls="".*audio\/mpeg/,
    ],
    ['words', { kind: 'text.stream', text: '<i>so</i>' }, /&lt;i&gt;so&lt;\/i&gt;/],
    ['an object', { kind: 'text.structured', value: { a: [1] } }, /\{\n {2}&quot;a&quot;: \[\n {4}1\n {2}\]\n\}/],
    ['meanings', { kind: 'text.embed', dimensions: 256, vectors: [[], []] }, /2 texts, 256 numbers each/],
  ] as const)('%s is shown as what it is', (_, output, shape) => {
    expect(htmlOf(<MadeResult output={output as never} alt="a wish" />)).toMatch(shape);
  });
});
