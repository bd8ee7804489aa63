/**
 * One contract for every adapter. A vendor joins so:
 * 1. Write its far end in `src/testing/<vendor>-wire.ts`: a local HTTP server that speaks the vendor's wire format and
 *    can be told to do each of the moods in `contract-moods.ts` (the comments there say what a mood is on the wire).
 *    `sample-answers.ts` has what it answers: the suites know these answers and look for them.
 * 2. In `test/<vendor>-contract.test.ts` call `describeMediaModel` and/or `describeTextModel` with the kinds the model
 *    does and an opener. The opener gets a mood and `{ kind, timeouts, step }`, starts the server in that mood and
 *    makes the adapter with its own options plus `timeouts`. For `cannot be reached` it closes the server first.
 * 3. A mood the vendor cannot have returns undefined: the test is skipped and says so. `answers` is never skipped.
 * 4. `paidRequests` counts what reached the server and costs money (submits, not polls, not tokens): an SDK that
 *    tries again in secret fails here. `apiKey` is searched for in whatever an error can print.
 * 5. Slow media (`pending`): the opener puts a mood where the vendor has it, statuses and broken connections at the
 *    submit, refusals and bad bytes in the poll. With `step: 'poll'` the submit goes well, only the first poll meets
 *    the mood, and every later one goes well: a poll costs nothing, so it is never `maybeTaken`.
 */
import { inspect } from 'node:util';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { mediaTypeOf } from '../src/call/media-type-of.ts';
import type { CallTimeouts } from '../src/call/watch-call.ts';
import type { MediaModel, MediaProgress, MediaRequest, ProviderError } from '../src/port.ts';
import { failureOf, MEDIA_FAILURES, type MediaMood, timeoutsFor, type Wanted } from './contract-moods.ts';

export { failureOf, type MediaMood, type TextMood } from './contract-moods.ts';

export type MediaKind = MediaRequest['kind'];

/** A model with its vendor's far end, and how to see what reached it. */
export type ContractSubject = {
  model: MediaModel;
  /** Paid requests that reached the vendor. */
  paidRequests(): number;
  /** Settles once the vendor has taken a request. */
  taken?(): Promise<unknown>;
  /** The secret that no error may tell. */
  apiKey?: string | undefined;
  close?: (() => Promise<void>) | undefined;
};

export type MediaOpening = { kind: MediaKind; timeouts: Partial<CallTimeouts>; step: 'start' | 'poll' };

/** Opens a subject in a mood; undefined where this vendor has no such mood (a local model is never unreachable). */
export type OpenSubject = (mood: MediaMood, opening: MediaOpening) => Promise<ContractSubject | undefined>;

type Skip = (note: string) => never;

/** The promises every `MediaModel` keeps, whichever vendor stands behind it. */
export function describeMediaModel(
  title: string,
  openSubject: OpenSubject,
  {
    kinds = ['image.edit', 'image.create'],
    doesAll = false,
  }: { kinds?: readonly MediaKind[] /** It takes every kind, tested here or not. */; doesAll?: boolean } = {},
): void {
  const opener =
    (kind: MediaKind) =>
    async (mood: MediaMood, skip: Skip, more: Partial<MediaOpening> = {}): Promise<ContractSubject> => {
      const subject = await openSubject(mood, { kind, timeouts: timeoutsFor(mood), step: 'start', ...more });
      if (!subject && mood === 'answers') throw new Error('a model that never answers is none');
      if (!subject) return skip(`this vendor never ${mood}`);
      if (subject.close) onTestFinished(subject.close);
      return subject;
    };

  describe.each(kinds)(`${title} keeps the contract of a media model: %s`, (kind) => {
    const open = opener(kind);

    it.for(['answers', 'answers slowly'] as const)(
      'gives bytes of the type it says when the vendor %s',
      async (mood, { skip }) => {
        const { model, paidRequests } = await open(mood, skip);
        expect(model.type).toBe('media');
        expect(model.name).toMatch(/^[a-z0-9-]+\/.+/);
        const done = await followToEnd(model, await aRequest(kind));
        expect(done.outputs.length).toBeGreaterThan(0);
        for (const { bytes, mimeType } of done.outputs) {
          expect(mediaTypeOf(bytes)).toBe(mimeType);
          if (kind === 'video.create') expect(mimeType).toMatch(/^video\//);
          else expect((await sharp(bytes).metadata()).width).toBeGreaterThan(0);
        }
        expect(done.notes.every((note) => note.trim().length > 0)).toBe(true);
        expect(paidRequests()).toBeLessThanOrEqual(1);
      },
    );

    it.for(Object.entries(MEDIA_FAILURES) as [keyof typeof MEDIA_FAILURES, Wanted][])(
      'says so in our words, after at most one paid request, when the vendor %s',
      async ([mood, wanted], { skip }) => {
        const subject = await open(mood, skip);
        const error = await failureOf(followToEnd(subject.model, await aRequest(kind)));
        expectFailure(error, wanted, subject);
      },
    );

    it('sends nothing for a caller who has already given up', async ({ skip }) => {
      const { model, paidRequests } = await open('answers', skip);
      const error = await failureOf(model.start(await aRequest(kind), { signal: AbortSignal.abort() }));
      expect(error).toMatchObject({ maybeTaken: false });
      expect(paidRequests()).toBe(0);
    });

    it('lets go of a vendor that hangs as soon as the caller gives up, and does not call that safe to repeat', async ({
      skip,
    }) => {
      const { model, taken, paidRequests } = await open('hangs', skip, { timeouts: {} });
      const caller = new AbortController();
      const failure = failureOf(model.start(await aRequest(kind), { signal: caller.signal }));
      await taken?.();
      caller.abort(new Error('the worker stops'));
      expect(await failure).toMatchObject({ reason: 'timed_out', maybeTaken: true, isRetryable: false });
      expect(paidRequests()).toBe(1);
    });

    it.for(doesAll ? [] : KINDS.filter((other) => !kinds.includes(other)))(
      'sends nothing for %s, which it does not do',
      async (other, { skip }) => {
        const { model, paidRequests } = await open('answers', skip);
        expect(await failureOf(model.start(await aRequest(other)))).toMatchObject({ reason: 'invalid' });
        expect(paidRequests()).toBe(0);
      },
    );
  });

  if (kinds.includes('video.create')) describePolls(title, opener('video.create'));
}

const KINDS: readonly MediaKind[] = ['image.edit', 'image.create', 'video.create'];

const POLL_MOODS = [
  'rejects the key',
  'forbids the model',
  'times out',
  'limits the rate',
  'limits the rate for 7 seconds',
  'breaks',
  'is down',
  'resets before its answer',
  'resets in its answer',
  'stalls in its answer',
  'truncates its JSON',
  'answers with a web page',
  'sends a huge answer',
  'hangs',
] as const satisfies readonly MediaMood[];

function describePolls(
  title: string,
  open: (mood: MediaMood, skip: Skip, more?: Partial<MediaOpening>) => Promise<ContractSubject>,
): void {
  describe(`${title} keeps the contract of a model that is polled`, () => {
    it.for(POLL_MOODS)('is asked again, and paid once, after a poll in which the vendor %s', async (mood, { skip }) => {
      const subject = await open(mood, skip, { step: 'poll' });
      const begun = await begin(subject.model);
      const error = await failureOf(subject.model.poll(begun.ref));
      const { reason, retryAfterMs } = MEDIA_FAILURES[mood] as Wanted;
      expectFailure(error, { reason, maybeTaken: false, ...(retryAfterMs && { retryAfterMs }) }, subject);
      expect((await follow(subject.model, begun)).outputs.length).toBeGreaterThan(0);
      expect(subject.paidRequests()).toBe(1);
    });

    it('says that a handle is lost when the vendor does not know it any more', async ({ skip }) => {
      const subject = await open('has retired the model', skip, { step: 'poll' });
      const begun = await begin(subject.model);
      expect(await failureOf(subject.model.poll(begun.ref))).toMatchObject({ isLost: true, maybeTaken: false });
    });

    it('ends a poll as soon as the caller gives up', async ({ skip }) => {
      const subject = await open('hangs', skip, { step: 'poll', timeouts: {} });
      const begun = await begin(subject.model);
      const caller = new AbortController();
      const failure = failureOf(subject.model.poll(begun.ref, { signal: caller.signal }));
      caller.abort(new Error('the worker stops'));
      expect(await failure).toMatchObject({ maybeTaken: false });
    });
  });
}

async function begin(model: MediaModel): Promise<Extract<MediaProgress, { state: 'pending' }>> {
  const begun = await model.start(await aRequest('video.create'));
  if (begun.state !== 'pending') throw new Error('nothing to poll');
  return begun;
}

/** The right word, from the right provider, in time, paid once, and the key in nothing that a log would print. */
export function expectFailure(
  error: ProviderError,
  wanted: Partial<Wanted>,
  subject: { model: { name: string }; paidRequests(): number; apiKey?: string | undefined },
): void {
  expect(error).toMatchObject(wanted);
  expect(error.retryAfterMs).toBe(wanted.retryAfterMs);
  expect(subject.model.name.startsWith(`${error.provider}/`)).toBe(true);
  expect(subject.paidRequests()).toBeLessThanOrEqual(1);
  if (wanted.maybeTaken) expect(subject.paidRequests()).toBe(1);
  if (subject.apiKey) expect(inspect(error, { depth: 8, showHidden: true })).not.toContain(subject.apiKey);
}

const paint = async (background: string) => ({
  bytes: await sharp({ create: { width: 60, height: 40, channels: 3, background } })
    .png()
    .toBuffer(),
  mimeType: 'image/png',
});

export async function aRequest(kind: MediaKind): Promise<MediaRequest> {
  switch (kind) {
    case 'image.create':
      return { kind, prompt: 'a snowy night', aspectRatio: '4:5', seed: 7 };
    case 'image.edit':
      return { kind, prompt: 'make it a snowy night', image: await paint('#e07020'), seed: 7 };
    case 'video.create':
      return {
        kind,
        prompt: 'snow begins to fall',
        firstFrame: await paint('#e07020'),
        seconds: 4,
        resolution: '720p',
        aspectRatio: '16:9',
        audio: false,
        seed: 7,
      };
  }
}

type Done = Extract<MediaProgress, { state: 'done' }>;

export async function followToEnd(model: MediaModel, request: MediaRequest): Promise<Done> {
  return follow(model, await model.start(request));
}

async function follow(model: MediaModel, begun: MediaProgress): Promise<Done> {
  let progress = begun;
  for (let polls = 0; progress.state === 'pending'; polls++) {
    if (polls > 100) throw new Error('still pending after 100 polls');
    progress = await model.poll(progress.ref);
  }
  return progress;
}
