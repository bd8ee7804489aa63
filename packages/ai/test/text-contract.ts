/** The contract of models that read and write. How a vendor joins: see `contract.ts`. */
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { CallTimeouts } from '../src/call/watch-call.ts';
import type { ModelCall, StreamRequest, TextModel, TextPiece, TextRequest } from '../src/port.ts';
import { SAMPLE_WORDS, sampleObject, sampleVector } from '../src/testing/sample-answers.ts';
import { expectFailure } from './contract.ts';
import { FAILURES, failureOf, type TextMood, timeoutsFor, type Wanted } from './contract-moods.ts';

export type TextKind = (TextRequest | StreamRequest)['kind'];

export type TextSubject = {
  model: TextModel;
  /** Paid requests that reached the vendor. */
  paidRequests(): number;
  /** The body of the last request as it came, so that the suite can see what was passed on. */
  lastBody(): string;
  /** Settles once the vendor has taken a request. */
  taken?(): Promise<unknown>;
  /** Settles when the first request's connection is done with: true if the client left before the answer ended. */
  leftEarly?(): Promise<boolean>;
  /** The secret that no error may tell. */
  apiKey?: string | undefined;
  close?: (() => Promise<void>) | undefined;
};

export type TextOpening = { kind: TextKind; timeouts: Partial<CallTimeouts> };

/** Opens a subject in a mood; undefined where this vendor has no such mood. */
export type OpenTextSubject = (mood: TextMood, opening: TextOpening) => Promise<TextSubject | undefined>;

type Skip = (note: string) => never;
type Open = (mood: TextMood, skip: Skip, timeouts?: Partial<CallTimeouts>) => Promise<TextSubject>;

const KINDS: readonly TextKind[] = ['text.structured', 'image.describe', 'text.embed', 'text.stream'];

/** The promises every `TextModel` keeps, whichever vendor stands behind it. */
export function describeTextModel(
  title: string,
  openSubject: OpenTextSubject,
  { kinds }: { kinds: readonly TextKind[] },
): void {
  const opener =
    (kind: TextKind): Open =>
    async (mood, skip, timeouts = timeoutsFor(mood)) => {
      const subject = await openSubject(mood, { kind, timeouts });
      if (!subject && mood === 'answers') throw new Error('a model that never answers is none');
      if (!subject) return skip(`this vendor never ${mood}`);
      if (subject.close) onTestFinished(subject.close);
      return subject;
    };

  describe.each(kinds)(`${title} keeps the contract of a text model: %s`, (kind) => {
    const open = opener(kind);

    it.for(['answers', 'answers slowly'] as const)(
      'gives what was asked when the vendor %s',
      async (mood, { skip }) => {
        const subject = await open(mood, skip);
        expect(subject.model.type).toBe('text');
        expect(subject.model.name).toMatch(/^[a-z0-9-]+\/.+/);
        await expectAnswer(subject, kind);
        expect(subject.paidRequests()).toBe(1);
      },
    );

    it.for(Object.entries(FAILURES) as [keyof typeof FAILURES, Wanted][])(
      'says so in our words, after at most one paid request, when the vendor %s',
      async ([mood, wanted], { skip }) => {
        const subject = await open(mood, skip);
        expectFailure(await failureOf(ask(subject.model, kind)), wanted, subject);
      },
    );

    it('sends nothing for a caller who has already given up', async ({ skip }) => {
      const { model, paidRequests } = await open('answers', skip);
      expect(await failureOf(ask(model, kind, { signal: AbortSignal.abort() }))).toMatchObject({ maybeTaken: false });
      expect(paidRequests()).toBe(0);
    });

    it('lets go of a vendor that hangs as soon as the caller gives up', async ({ skip }) => {
      const { model, taken, paidRequests } = await open('hangs', skip, {});
      const caller = new AbortController();
      const failure = failureOf(ask(model, kind, { signal: caller.signal }));
      await taken?.();
      caller.abort(new Error('the worker stops'));
      expect(await failure).toMatchObject({ reason: 'timed_out', maybeTaken: true, isRetryable: false });
      expect(paidRequests()).toBe(1);
    });

    it.for(KINDS.filter((other) => !kinds.includes(other)))(
      'sends nothing for %s, which it does not do',
      async (other, { skip }) => {
        const { model, paidRequests } = await open('answers', skip);
        expect(await failureOf(ask(model, other))).toMatchObject({ reason: 'invalid' });
        expect(paidRequests()).toBe(0);
      },
    );
  });

  if (kinds.includes('text.structured')) describeStructured(title, opener('text.structured'));
  if (kinds.includes('text.embed')) describeEmbedding(title, opener('text.embed'));
  if (kinds.includes('text.stream')) describeStream(title, opener('text.stream'));
}

function describeStructured(title: string, open: Open): void {
  describe(`${title} keeps the contract of structured text`, () => {
    it.for(['fences its JSON', 'wraps its JSON in prose'] as const)(
      'still gives the object when the vendor %s',
      async (mood, { skip }) => expectAnswer(await open(mood, skip), 'text.structured'),
    );

    it('says what the model said when there is no JSON in it', async ({ skip }) => {
      const subject = await open('answers without JSON', skip);
      const error = await failureOf(ask(subject.model, 'text.structured'));
      expectFailure(error, { reason: 'empty', isRetryable: false, maybeTaken: false }, subject);
      expect(error.said).toContain(SAMPLE_WORDS);
    });
  });
}

function describeEmbedding(title: string, open: Open): void {
  describe(`${title} keeps the contract of embeddings`, () => {
    it('gives vectors of the length that was asked for', async ({ skip }) => {
      const { model } = await open('answers', skip);
      const answer = await model.answer({ kind: 'text.embed', texts: ['one', 'two'], dimensions: 4 });
      if (answer.kind !== 'text.embed') throw new Error(`it answered ${answer.kind}`);
      expect(answer.vectors.map((vector) => vector.length)).toEqual([4, 4]);
    });
  });
}

function describeStream(title: string, open: Open): void {
  describe(`${title} keeps the contract of a stream`, () => {
    it('throws when the vendor cuts its stream between events, after the words that came', async ({ skip }) => {
      const subject = await open('cuts its stream between events', skip);
      const pieces: TextPiece[] = [];
      const error = await failureOf(collect(subject.model.stream(await aTextRequest('text.stream')), pieces));
      expectFailure(error, { reason: 'unavailable', isRetryable: false, maybeTaken: true }, subject);
      expect(pieces.map((piece) => piece.type)).toEqual(['delta']);
    });

    it('gives each piece as it comes, and ends in the midst when the caller gives up', async ({ skip }) => {
      const subject = await open('stalls in its answer', skip, {});
      const caller = new AbortController();
      const stream = subject.model.stream(await aTextRequest('text.stream'), { signal: caller.signal });
      const pieces = stream[Symbol.asyncIterator]();
      expect(await pieces.next()).toMatchObject({ done: false, value: { type: 'delta' } });
      const failure = failureOf(pieces.next());
      caller.abort(new Error('the page was closed'));
      expect(await failure).toMatchObject({ reason: 'timed_out', maybeTaken: true });
      expect((await subject.leftEarly?.()) ?? true).toBe(true);
    });

    it('lets go of the vendor when nobody reads on', async ({ skip }) => {
      const subject = await open('stalls in its answer', skip, {});
      for await (const piece of subject.model.stream(await aTextRequest('text.stream'))) {
        expect(piece.type).toBe('delta');
        break;
      }
      expect((await subject.leftEarly?.()) ?? true).toBe(true);
    });
  });
}

/** What the suite's schema asks for: nesting, a list, a choice and something optional. */
export const ANSWER = z.object({
  headline: z.string(),
  tone: z.enum(['warm', 'cool']),
  ideas: z.array(z.object({ title: z.string(), score: z.number() })),
  note: z.string().nullable(),
});
export const ANSWER_SCHEMA = z.toJSONSchema(ANSWER) as Record<string, unknown>;
const WORDS = { prompt: 'Three ideas for a winter sale', system: 'You write for an ad agency.' };
const TEXTS = ['a snowy night', 'a sunny day', 'Łódź — 夜'] as const;

async function expectAnswer({ model, lastBody }: TextSubject, kind: TextKind): Promise<void> {
  const request = await aTextRequest(kind);
  if (request.kind === 'text.stream') {
    const pieces = await collect(model.stream(request));
    const last = pieces.pop();
    expect(last?.type).toBe('end');
    if (last?.type === 'end') expect(last.usage.outputTokens).toBeGreaterThan(0);
    const words = pieces.map((piece) => (piece.type === 'delta' ? piece.text : '<a second end>'));
    expect(words.length).toBeGreaterThan(1);
    expect(words.every((word) => word.length > 0)).toBe(true);
    expect(words.join('')).toBe(SAMPLE_WORDS);
    expect(lastBody()).toContain(request.prompt);
    expect(lastBody()).toContain(WORDS.system);
    return;
  }
  const answer = await model.answer(request);
  // Not every vendor counts what it embeds.
  if (kind !== 'text.embed') expect(answer.usage.inputTokens).toBeGreaterThan(0);
  if (request.kind === 'text.structured' && answer.kind === request.kind) {
    expect(answer.value).toEqual(ANSWER.parse(sampleObject(ANSWER_SCHEMA)));
    expect(answer.text).toContain('headline');
    for (const word of ['"headline"', '"score"', '"cool"', WORDS.prompt, WORDS.system])
      expect(lastBody()).toContain(word);
  } else if (request.kind === 'image.describe' && answer.kind === request.kind) {
    expect(answer.text).toBe(SAMPLE_WORDS);
    expect(lastBody()).toContain(request.prompt);
    expect(lastBody()).toContain(Buffer.from(request.image.bytes).toString('base64'));
  } else if (request.kind === 'text.embed' && answer.kind === request.kind) {
    const length = answer.vectors[0]?.length ?? 0;
    expect(length).toBeGreaterThan(2);
    const wanted = request.texts.map((text) => sampleVector(text, length));
    expect(answer.vectors).toHaveLength(wanted.length);
    // Base64 answers carry 32-bit numbers.
    for (const [at, vector] of answer.vectors.entries())
      expect(vector.map((value, place) => Math.abs(value - wanted[at]![place]!) < 1e-5)).not.toContain(false);
  } else throw new Error(`asked for ${request.kind}, it answered ${answer.kind}`);
}

type AnyTextRequest = Extract<TextRequest | StreamRequest, { kind: TextKind }>;

export async function aTextRequest<K extends TextKind>(kind: K): Promise<Extract<AnyTextRequest, { kind: K }>>;
export async function aTextRequest(kind: TextKind): Promise<AnyTextRequest> {
  switch (kind) {
    case 'text.structured':
      return { kind, ...WORDS, schema: ANSWER_SCHEMA, schemaName: 'ideas' };
    case 'text.stream':
      return { kind, ...WORDS };
    case 'text.embed':
      return { kind, texts: TEXTS };
    case 'image.describe': {
      const bytes = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#e07020' } })
        .png()
        .toBuffer();
      return { kind, prompt: 'What is in this picture?', image: { bytes, mimeType: 'image/png' } };
    }
  }
}

/** Asks in the way of its kind and waits for the whole answer. */
export async function ask(model: TextModel, kind: TextKind, call: ModelCall = {}): Promise<unknown> {
  const request: AnyTextRequest = await aTextRequest(kind);
  return request.kind === 'text.stream' ? collect(model.stream(request, call)) : model.answer(request, call);
}

export async function collect(stream: AsyncIterable<TextPiece>, pieces: TextPiece[] = []): Promise<TextPiece[]> {
  for await (const piece of stream) pieces.push(piece);
  return pieces;
}
