import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createLocalTextModel } from '../src/local/text/index.ts';
import { type JsonSchema, ProviderError, type TextPiece } from '../src/port.ts';

const model = createLocalTextModel();

async function fill(prompt: string, schema: JsonSchema): Promise<unknown> {
  const answer = await model.answer({ kind: 'text.structured', prompt, schema, schemaName: 'answer' });
  if (answer.kind !== 'text.structured') throw new Error(`it answered ${answer.kind}`);
  expect(JSON.parse(answer.text)).toEqual(answer.value);
  expect(answer.usage.inputTokens).toBeGreaterThan(0);
  expect(answer.usage.outputTokens).toBeGreaterThan(0);
  return answer.value;
}

async function fillType<T>(prompt: string, type: z.ZodType<T>): Promise<T> {
  return type.parse(await fill(prompt, z.toJSONSchema(type, { io: 'input' }) as JsonSchema));
}

const refusalOf = async (call: Promise<unknown>): Promise<string> => {
  const error = await call.then(
    () => new Error('it succeeded'),
    (thrown: unknown) => thrown,
  );
  if (!ProviderError.is(error)) throw error;
  expect([error.reason, error.provider, error.maybeTaken]).toEqual(['invalid', 'local', false]);
  return error.detail ?? '';
};

const NEWS = `Extract the key facts as JSON.
Text: Acme Coffee opens a new store in Berlin on 12 March 2026. The "Winter Roast" costs €14.50, 20 % off until 2026-04-01.
We love dark blue and #ff8800 cups! Three flavours: vanilla, hazelnut and caramel. Write to hello@acme.example or see
https://acme.example/shop. Over 1,200 customers liked it. No delivery on Sundays.`;

describe('a schema filled by rules', () => {
  it('takes every value from the text', async () => {
    const facts = await fillType(
      NEWS,
      z.object({
        title: z.string().max(40),
        brand: z.string(),
        city: z.string(),
        opensOn: z.iso.date(),
        price: z.number(),
        discountPercent: z.int().min(0).max(100),
        flavours: z.array(z.string()).min(1),
        colours: z.array(z.string()),
        email: z.email(),
        website: z.url(),
        customers: z.int(),
        sentiment: z.enum(['neutral', 'positive', 'negative']),
        hasDelivery: z.boolean(),
        hasDiscount: z.boolean(),
        slug: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
        language: z.string(),
      }),
    );
    expect(facts).toEqual({
      title: 'Winter Roast',
      brand: 'Acme Coffee',
      city: 'Berlin',
      opensOn: '2026-03-12',
      price: 14.5,
      discountPercent: 20,
      flavours: ['vanilla', 'hazelnut', 'caramel'],
      colours: expect.arrayContaining(['dark blue', '#ff8800']),
      email: 'hello@acme.example',
      website: 'https://acme.example/shop',
      customers: 1200,
      sentiment: 'positive',
      hasDelivery: false,
      hasDiscount: true,
      slug: 'winter-roast',
      language: 'English',
    });
  });

  it('leaves out, or leaves null, what the text does not speak of', async () => {
    const schema = z.object({
      phone: z.string().nullable(),
      email: z.email().nullable(),
      ceremony: z.string().optional(),
      rating: z.number().nullable(),
      headline: z.string(),
    });
    expect(await fillType('Shoes are 20 % off in May.', schema)).toEqual({
      phone: null,
      email: null,
      rating: null,
      headline: 'Shoes are 20 % off in May',
    });
  });

  it('makes as many entries as the text asks for, each of its own', async () => {
    const { ideas } = await fillType(
      'Three ideas for a winter sale with snow, hot chocolate and red scarves',
      z.object({ ideas: z.array(z.object({ title: z.string(), score: z.number().min(0).max(10) })) }),
    );
    expect(new Set(ideas.map(({ title }) => title)).size).toBe(3);
    const all = 'three ideas for a winter sale with snow, hot chocolate and red scarves';
    for (const { title } of ideas) expect(all).toContain(title.toLowerCase());
  });

  it('chooses what is named, by other words too, and minds a no', async () => {
    const schema = z.object({ weather: z.enum(['rain', 'snow', 'fog']), tone: z.enum(['loud', 'calm']) });
    expect(await fillType('a quiet wintry morning', schema)).toEqual({ weather: 'snow', tone: 'calm' });
    expect(await fillType('no rain today, but fog', schema)).toMatchObject({ weather: 'fog' });
    expect(await fillType('buy shoes', schema)).toEqual({ weather: 'rain', tone: 'loud' });
    const moods = z.object({ sentiment: z.enum(['positive', 'neutral', 'negative']) });
    expect(await fillType('This is not good, the box was broken', moods)).toEqual({ sentiment: 'negative' });
    expect(await fillType('The box is square', moods)).toEqual({ sentiment: 'neutral' });
    const list = z.object({ themes: z.array(z.enum(['weather', 'colour', 'sound'])) });
    expect(await fillType('make it snowy and turn the car crimson', list)).toEqual({ themes: ['weather', 'colour'] });
  });

  it('picks the variant the text names', async () => {
    const schema = z.object({
      media: z.discriminatedUnion('type', [
        z.object({ type: z.literal('film'), seconds: z.number() }),
        z.object({ type: z.literal('poster'), words: z.string().max(12) }),
      ]),
    });
    expect(await fillType('A poster for the spring market', schema)).toMatchObject({ media: { type: 'poster' } });
    expect(await fillType('A film of 8 seconds', schema)).toEqual({ media: { type: 'film', seconds: 8 } });
  });

  it('says the same every time', async () => {
    const schema = z.object({ summary: z.string(), tags: z.array(z.string()).min(4), points: z.array(z.string()) });
    expect(await fillType(NEWS, schema)).toEqual(await fillType(NEWS, schema));
  });

  it('reads only the text where instructions stand around it', async () => {
    const schema = z.object({ keywords: z.array(z.string()).min(1).max(3) });
    for (const prompt of [
      'List the keywords of the comment. <comment>pink elephants dancing</comment> Answer as JSON.',
      'List the keywords.\n"""\npink elephants dancing\n"""',
      'List the keywords.\nComment: pink elephants dancing',
    ])
      expect(await fillType(prompt, schema)).toEqual({ keywords: ['pink elephants dancing'] });
  });

  const SHAPES: [string, z.ZodType][] = [
    [
      'lengths',
      z.object({ a: z.string().min(30).max(60), b: z.string().max(3), c: z.string().length(5), d: z.string().min(1) }),
    ],
    [
      'numbers',
      z.object({
        a: z.int().min(5),
        b: z.number().gt(1).lt(2),
        c: z.number().multipleOf(0.25).min(0.3),
        d: z.number().max(-3),
        e: z.int().positive(),
      }),
    ],
    [
      'lists',
      z.object({
        a: z.array(z.string()).length(7),
        b: z.array(z.boolean()).min(2),
        c: z.tuple([z.string(), z.number()]),
        d: z.array(z.number()).max(0),
      }),
    ],
    ['nesting', z.object({ a: z.object({ b: z.object({ c: z.array(z.object({ d: z.enum(['x', 'y']) })).min(2) }) }) })],
    [
      'unions',
      z.object({
        a: z.union([z.number(), z.string()]),
        b: z.literal([3, 'z']),
        c: z.null(),
        d: z.string().or(z.null()),
        e: z.any(),
        f: z.unknown(),
      }),
    ],
    ['records', z.object({ a: z.record(z.string(), z.number()), b: z.record(z.enum(['k', 'l']), z.string()) })],
    ['intersections', z.object({ a: z.object({ b: z.string() }).and(z.object({ c: z.int().min(2) })) })],
    [
      'defaults',
      z.object({ a: z.string().default('as set'), b: z.number().default(4), c: z.enum(['m', 'n']).default('n') }),
    ],
    ['a list at the top', z.array(z.object({ name: z.string() })).min(1)],
    ['a text at the top', z.string().max(20)],
    ['strict and loose', z.object({ a: z.strictObject({ b: z.string() }), c: z.looseObject({ d: z.string() }) })],
  ];
  const PROMPTS = [
    'Winter sale: 20 % off all boots until 2026-12-24, says Anna.',
    'x',
    '雪の夜の写真を作ってください。赤い車。',
    '12',
    '!!!',
    '🎉',
  ];

  it.each(SHAPES)('either fits the schema or says why it cannot: %s', async (_name, type) => {
    let filled = 0;
    for (const prompt of PROMPTS) {
      const schema = z.toJSONSchema(type, { io: 'input' }) as JsonSchema;
      const value = await fill(prompt, schema).catch((error: unknown) => error);
      if (ProviderError.is(value)) expect([value.reason, /\.$/.test(value.detail ?? '')]).toEqual(['invalid', true]);
      else {
        expect(type.safeParse(value).error).toBeUndefined();
        filled++;
      }
    }
    expect(filled).toBeGreaterThan(0);
  });

  it('follows references, and stops where they go round', async () => {
    const Tree: z.ZodType<unknown> = z.lazy(() => z.object({ label: z.string(), parts: z.array(Tree) }));
    const schema = z.toJSONSchema(z.object({ tree: Tree })) as JsonSchema;
    expect(z.fromJSONSchema(schema).safeParse(await fill('boots, scarves, hats', schema)).success).toBe(true);
    const endless = { type: 'object', properties: { a: { $ref: '#' } }, required: ['a'] };
    expect(await refusalOf(fill('boots', endless))).toContain('without an end');
  });

  it.each([
    [
      'an e-mail address',
      { type: 'object', properties: { to: { type: 'string', format: 'email' } }, required: ['to'] },
      '“to” wants an e-mail address',
    ],
    ['a long text', { type: 'string', minLength: 5000 }, 'wants 5000 characters'],
    ['many entries', { type: 'array', items: { type: 'string' }, minItems: 40, uniqueItems: true }, 'wants 40 entries'],
    ['nothing', { type: 'object', properties: { a: false }, required: ['a'] }, '“a” allows nothing'],
    ['no number', { type: 'integer', minimum: 2, maximum: 1 }, 'allows no number'],
    ['a pattern', { type: 'string', pattern: '^\\d{9}$' }, 'wants a pattern'],
    ['an unknown type', { type: 'colour' }, 'a type nobody knows'],
    ['a lost reference', { $ref: '#/$defs/gone' }, 'points to a schema that is not there'],
    ['a contradiction', { type: 'string', not: { type: 'string' } }, '.'],
  ])('refuses in a sentence what the text cannot give: %s', async (_name, schema, words) => {
    expect(await refusalOf(fill('Boots are cheap.', schema))).toContain(words);
  });

  it('is not held up by a pattern that runs for ever, nor by a text made to be slow', async () => {
    const slow = { type: 'string', pattern: '^(a+)+$' };
    expect(await refusalOf(fill(`${'a'.repeat(60)}!`.repeat(20), slow))).toContain('wants a pattern');
    const type = z.object({ tags: z.array(z.string()), n: z.number(), day: z.iso.date().nullable(), who: z.string() });
    for (const text of ['<a>', '1 000 ', 'A ', '"', 'jan 1 ', '1.', '- a, b\n', '((', 'a@', 'http://', '"""', 'ab, '])
      expect(type.safeParse(await fill(text.repeat(5000), z.toJSONSchema(type) as JsonSchema)).success).toBe(true);
  });

  it('gives a property any name, even one that means something to a program', async () => {
    const schema = JSON.parse(
      '{"type":"object","properties":{"__proto__":{"type":"string"},"constructor":{"type":"string"}},"required":["__proto__","constructor"]}',
    ) as JsonSchema;
    const value = await fill('boots', schema).catch((error: unknown) => error);
    if (!ProviderError.is(value)) expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>)['boots']).toBeUndefined();
  });
});

describe('a streamed answer by rules', () => {
  const PROMPT = 'Our shop opens at nine. We sell shoes and bags. Shoes are 20 % off in May. What is on sale?';

  async function collect(prompt: string, more: { maxOutputTokens?: number } = {}): Promise<TextPiece[]> {
    const pieces: TextPiece[] = [];
    for await (const piece of model.stream({ kind: 'text.stream', prompt, ...more })) pieces.push(piece);
    return pieces;
  }
  const textOf = (pieces: TextPiece[]) => pieces.map((piece) => (piece.type === 'delta' ? piece.text : '')).join('');

  it('says first that no model speaks, then only what the text says, word by word', async () => {
    const pieces = await collect(PROMPT);
    const text = textOf(pieces);
    expect(text).toMatch(/^Local rules, no AI model: /);
    expect(text).toContain('Shoes are 20 % off in May.');
    expect(pieces.filter(({ type }) => type === 'end')).toHaveLength(1);
    expect(pieces.at(-1)).toMatchObject({ type: 'end', usage: { inputTokens: 23 } });
    expect(pieces.length).toBeGreaterThan(20);
    expect(pieces.every((piece) => piece.type === 'end' || piece.text.trim() !== '')).toBe(true);
  });

  it('keeps within the tokens it is given', async () => {
    const pieces = await collect(PROMPT, { maxOutputTokens: 10 });
    expect(textOf(pieces).length).toBeLessThanOrEqual(40);
    expect(pieces.at(-1)?.type).toBe('end');
  });

  it('has an answer for odd prompts too', async () => {
    for (const prompt of ['', '?', '🎉', '夜の写真', 'a'.repeat(50_000)])
      expect(textOf(await collect(prompt))).toMatch(/^Local rules, no AI model: \S/);
  });

  it('stops between two words when the caller gives up, and begins nothing for one who has', async () => {
    const caller = new AbortController();
    const stream = model.stream({ kind: 'text.stream', prompt: PROMPT }, { signal: caller.signal });
    const pieces = stream[Symbol.asyncIterator]();
    expect(await pieces.next()).toMatchObject({ value: { type: 'delta' } });
    caller.abort(new Error('the page was closed'));
    await expect(pieces.next()).rejects.toMatchObject({ reason: 'timed_out', maybeTaken: false });

    const gone = { signal: AbortSignal.abort() };
    const late = model.stream({ kind: 'text.stream', prompt: PROMPT }, gone)[Symbol.asyncIterator]();
    await expect(late.next()).rejects.toMatchObject({ reason: 'unavailable', maybeTaken: false });
    await expect(model.answer({ kind: 'text.embed', texts: ['a'] }, gone)).rejects.toMatchObject({
      reason: 'unavailable',
    });
  });
});
