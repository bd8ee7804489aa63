import { setTimeout as wait } from 'node:timers/promises';
import {
  type MediaCall,
  type MediaModel,
  type MediaProgress,
  type MediaRequest,
  type Picture,
  ProviderError,
  type ProviderFailure,
  type Reconciled,
} from '../port.ts';
import { paintAnswer } from './paint-answer.ts';

export type FakeModelOptions = {
  name?: string;
  /** How many times the model answers `pending` before it is done; 0 (the default) is done at once. */
  pending?: number;
  /** How a `start` fails: always the same way, or by its number (from 1); undefined succeeds. */
  failsWith?: ProviderFailure | ((attempt: number) => ProviderFailure | ProviderError | undefined);
  /** How long each call takes. */
  delayMs?: number;
  askAgainInMs?: number;
  /** Default: the request's picture with its colours turned round, as PNG. */
  output?: Picture;
  /** What `video.create` answers instead. */
  film?: Picture;
  /** How a `poll` fails, by its number (from 1). */
  pollFailsWith?: (poll: number) => ProviderFailure | ProviderError | undefined;
  /** Makes it a model that can be asked what became of a request; `made` is what the request would have brought. */
  reconcile?: (key: string, made: () => Promise<MediaProgress>) => Promise<Reconciled>;
  /** Every call waits for this too, whatever it is told meanwhile. */
  until?: (call: number) => Promise<unknown>;
  notes?: string[];
  text?: string;
};

export type FakeModel = MediaModel & {
  /** Every `start`, in order, with what it asked. */
  readonly starts: MediaRequest[];
  /** Every `poll`, in order, with its handle. */
  readonly polls: string[];
  /** Every key that was asked about, in order. */
  readonly reconciled: string[];
  /** The most calls that were under way at once. */
  readonly mostAtOnce: number;
};

/** A model for tests of those who call one: does as told and counts its calls. */
export function fakeModel(options: FakeModelOptions = {}): FakeModel {
  const {
    name = 'fake/model',
    pending = 0,
    failsWith,
    delayMs = 0,
    askAgainInMs = 10,
    output,
    film,
    pollFailsWith,
    reconcile,
    until,
    notes = [],
    text,
  } = options;
  const provider = name.split('/')[0] ?? name;
  const starts: MediaRequest[] = [];
  const polls: string[] = [];
  const reconciled: string[] = [];
  const asked = new Map<string, MediaRequest>();
  let atOnce = 0;
  let mostAtOnce = 0;
  const waiting = new Map<string, { request: MediaRequest; left: number }>();

  async function take(call: MediaCall | undefined): Promise<void> {
    mostAtOnce = Math.max(mostAtOnce, ++atOnce);
    try {
      await until?.(starts.length);
      await wait(delayMs, undefined, { signal: call?.signal });
    } catch (cause) {
      throw new ProviderError(provider, 'timed_out', { detail: 'ended by caller', maybeTaken: true, cause });
    } finally {
      atOnce -= 1;
    }
  }

  const failing = (failure: ProviderFailure | ProviderError | undefined) => {
    if (failure) throw typeof failure === 'string' ? new ProviderError(provider, failure) : failure;
  };

  async function finish(request: MediaRequest): Promise<MediaProgress> {
    const image = request.kind === 'image.edit' ? request.image : undefined;
    const aspectRatio = request.kind === 'image.edit' ? undefined : request.aspectRatio;
    const painted = async () => ({
      bytes: await paintAnswer({ image, aspectRatio, prompt: request.prompt }),
      mimeType: 'image/png',
    });
    const made = request.kind === 'video.create' ? (film ?? output) : output;
    return { state: 'done', outputs: [made ?? (await painted())], notes, ...(text !== undefined && { text }) };
  }

  return {
    type: 'media',
    name,
    starts,
    polls,
    reconciled,
    get mostAtOnce() {
      return mostAtOnce;
    },
    async start(request, call) {
      if (call?.signal?.aborted)
        throw new ProviderError(provider, 'unavailable', { detail: 'ended before anything was sent' });
      starts.push(request);
      const number = starts.length;
      if (call?.idempotencyKey) asked.set(call.idempotencyKey, request);
      await take(call);
      failing(typeof failsWith === 'function' ? failsWith(number) : failsWith);
      call?.onProgress?.(pending > 0 ? 0 : 1, 'Painting');
      if (pending === 0) return finish(request);
      const ref = `fake-${number}`;
      waiting.set(ref, { request, left: pending });
      return { state: 'pending', ref, askAgainInMs };
    },
    async poll(ref, call) {
      polls.push(ref);
      await take(call);
      failing(pollFailsWith?.(polls.length));
      const job = waiting.get(ref);
      if (!job) throw new ProviderError(provider, 'invalid', { detail: `nothing is known of ${ref}` });
      job.left -= 1;
      call?.onProgress?.(1 - job.left / pending, 'Painting');
      return job.left > 0 ? { state: 'pending', ref, askAgainInMs } : finish(job.request);
    },
    ...(reconcile && {
      reconcile(key: string) {
        reconciled.push(key);
        return reconcile(key, async () => finish(asked.get(key)!));
      },
    }),
  };
}
