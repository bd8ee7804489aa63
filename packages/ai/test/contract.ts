import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MediaModel, MediaProgress, MediaRequest } from '../src/port.ts';
import { ProviderError } from '../src/port.ts';

/** What a vendor can do to an adapter. `hangs` takes the request and never answers. */
export type VendorMood =
  | 'answers'
  | 'refuses'
  | 'says nothing'
  | 'limits the rate'
  | 'rejects the key'
  | 'has retired the model'
  | 'is down'
  | 'cannot be reached'
  | 'cuts off its answer'
  | 'sends no picture bytes'
  | 'hangs';

/** A model with its vendor's far end, and how to see what reached it. */
export type ContractSubject = {
  model: MediaModel;
  /** Paid requests that reached the vendor. */
  paidRequests(): number;
  /** Settles once the vendor has taken a request. */
  taken?(): Promise<unknown>;
  close?(): Promise<void>;
};

/** Opens a subject in a mood; undefined where this vendor has no such mood (a local model is never unreachable). */
export type OpenSubject = (mood: VendorMood) => Promise<ContractSubject | undefined>;

/** The promises every `MediaModel` keeps, whichever vendor stands behind it. */
export function describeMediaModel(title: string, openSubject: OpenSubject): void {
  const open = async (mood: VendorMood, skip: (note: string) => never): Promise<ContractSubject> => {
    const subject = (await openSubject(mood)) ?? skip(`this vendor never ${mood}`);
    if (subject.close) onTestFinished(subject.close);
    return subject;
  };

  describe(`${title} keeps the contract of a picture model`, () => {
    it('has a name of provider and model', async ({ skip }) => {
      const { model } = await open('answers', skip);
      expect(model.name).toMatch(/^[a-z0-9-]+\/.+/);
    });

    it.for(['image.edit', 'image.create'] as const)(
      'answers %s with a picture of the type it says',
      async (kind, { skip }) => {
        const { model } = await open('answers', skip);
        const done = await followToEnd(model, await aRequest(kind));
        expect(done.outputs.length).toBeGreaterThan(0);
        for (const { bytes, mimeType } of done.outputs) {
          const { format, width } = await sharp(bytes).metadata();
          expect(`image/${format}`).toBe(mimeType);
          expect(width).toBeGreaterThan(0);
        }
        expect(done.notes.every((note) => note.trim().length > 0)).toBe(true);
      },
    );

    it.for([
      ['refuses', { reason: 'refused', isRetryable: false, maybeTaken: false }],
      ['says nothing', { reason: 'empty', isRetryable: false }],
      ['limits the rate', { reason: 'rate_limited', isRetryable: true, retryAfterMs: 7000 }],
      ['rejects the key', { reason: 'misconfigured', isRetryable: false, maybeTaken: false }],
      ['has retired the model', { reason: 'misconfigured', isRetryable: false, maybeTaken: false }],
      ['is down', { reason: 'unavailable', isRetryable: true, maybeTaken: false }],
      ['cannot be reached', { reason: 'unavailable', isRetryable: true, maybeTaken: false }],
      ['cuts off its answer', { reason: 'unavailable', isRetryable: false, maybeTaken: true }],
      ['sends no picture bytes', { reason: 'unavailable', isRetryable: false, maybeTaken: true }],
    ] as const)(
      'says so in our words, after at most one paid request, when the vendor %s',
      async ([mood, wanted], { skip }) => {
        const subject = await open(mood, skip);
        const error = await failureOf(followToEnd(subject.model, await aRequest('image.edit')));
        expect(error).toMatchObject(wanted);
        expect(subject.model.name.startsWith(`${error.provider}/`)).toBe(true);
        expect(subject.paidRequests()).toBeLessThanOrEqual(1);
      },
    );

    it('sends nothing for a caller who has already given up', async ({ skip }) => {
      const { model, paidRequests } = await open('answers', skip);
      const error = await failureOf(model.start(await aRequest('image.create'), { signal: AbortSignal.abort() }));
      expect(error).toMatchObject({ maybeTaken: false });
      expect(paidRequests()).toBe(0);
    });

    it('lets go of a vendor that hangs as soon as the caller gives up, and does not call that safe to repeat', async ({
      skip,
    }) => {
      const { model, taken, paidRequests } = await open('hangs', skip);
      const caller = new AbortController();
      const failure = failureOf(model.start(await aRequest('image.edit'), { signal: caller.signal }));
      await taken?.();
      caller.abort(new Error('the worker stops'));
      expect(await failure).toMatchObject({ reason: 'timed_out', maybeTaken: true, isRetryable: false });
      expect(paidRequests()).toBe(1);
    });
  });
}

export async function aRequest(kind: 'image.edit' | 'image.create'): Promise<MediaRequest> {
  if (kind === 'image.create') return { kind, prompt: 'a snowy night', aspectRatio: '4:5', seed: 7 };
  const bytes = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#e07020' } })
    .png()
    .toBuffer();
  return { kind, prompt: 'make it a snowy night', image: { bytes, mimeType: 'image/png' }, seed: 7 };
}

type Done = Extract<MediaProgress, { state: 'done' }>;

export async function followToEnd(model: MediaModel, request: MediaRequest): Promise<Done> {
  let progress = await model.start(request);
  for (let polls = 0; progress.state === 'pending'; polls++) {
    if (polls > 100) throw new Error('still pending after 100 polls');
    progress = await model.poll(progress.ref);
  }
  return progress;
}

/** What a call threw; anything but a `ProviderError` (or a success) fails the test. */
export async function failureOf(call: Promise<unknown>): Promise<ProviderError> {
  const thrown: unknown = await call.then(
    () => new Error('it succeeded'),
    (error: unknown) => error,
  );
  if (!ProviderError.is(thrown)) throw thrown;
  return thrown;
}
