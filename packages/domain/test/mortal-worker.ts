import { type MediaModel, type MediaProgress, ProviderError, type Reconciled } from '@repo/ai';
import type { Db } from '@repo/db';
import type { ObjectStore } from '@repo/storage';
import type { SystemContext } from '../src/context.ts';
import { type Claimed, claimOne } from '../src/generation/claim-generations.ts';
import { runGeneration } from '../src/generation/run-generation.ts';
import type { World } from '../src/testing.ts';

/** A call to the vendor that waits for the test to answer it. */
export type OpenCall = {
  door: 'start' | 'poll' | 'reconcile';
  answer(progress: Reconciled): void;
  fail(error: unknown): void;
};

/** A worker that dies, is asked to stop or loses a commit's answer when the test says so. */
export type MortalWorker = {
  /** The call its run waits for, if it is at one. */
  call: OpenCall | null;
  isBusy: boolean;
  /** Takes this generation if it may, and goes on until it waits for the vendor or has ended. Resolves to its claim. */
  claim(id: string): Promise<Claimed | undefined>;
  /** Goes on until it waits for the vendor again or has ended. */
  goOn(): Promise<void>;
  /** From now on nothing it does reaches the database; `afterStoring` still lets files through. */
  die(how: 'at once' | 'after storing'): void;
  /** As SIGTERM does. */
  stop(): void;
  /** The next transaction is carried out, and its answer lost. */
  loseNextCommit(): void;
};

/** Told of every call that reaches the vendor. */
export type OnCall = (door: OpenCall['door']) => void;

export function aMortalWorker(world: World, onCall: OnCall): MortalWorker {
  let mayWrite = true;
  let mayStore = true;
  let losesCommit = false;
  let run: Promise<unknown> = Promise.resolve();
  let notice: () => void = () => {};
  const stopping = new AbortController();
  const gone = () => new Error('this worker is dead');

  const db = new Proxy(world.tools.db, {
    get(target, name) {
      if (name !== 'transaction') return Reflect.get(target, name);
      const transaction: Db['transaction'] = async (work, config) => {
        if (!mayWrite) throw gone();
        const result = await target.transaction(async (tx) => {
          const done = await work(tx);
          if (!mayWrite) throw gone();
          return done;
        }, config);
        if (!losesCommit) return result;
        losesCommit = false;
        throw Object.assign(new Error('write CONNECTION_CLOSED'), { code: 'CONNECTION_CLOSED' });
      };
      return transaction;
    },
  });
  const store = new Proxy(world.tools.store, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (...args: unknown[]) => {
        if (!mayStore) return Promise.reject(gone());
        return method.apply(target, args);
      };
    },
  }) as ObjectStore;

  const wait = <T>(door: OpenCall['door'], signal: AbortSignal | undefined): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      onCall(door);
      const end = (settle: () => void) => {
        worker.call = null;
        settle();
      };
      worker.call = {
        door,
        answer: (progress) => end(() => resolve(progress as T)),
        fail: (error) => end(() => reject(error)),
      };
      // As adapters do: whoever is told to stop cannot know what became of it.
      signal?.addEventListener('abort', () =>
        worker.call?.fail(new ProviderError('fake', 'timed_out', { maybeTaken: door === 'start' })),
      );
      notice();
    });
  const model: MediaModel = {
    type: 'media',
    name: 'fake/model',
    start: (_, call) => wait<MediaProgress>('start', call?.signal),
    poll: (_, call) => wait<MediaProgress>('poll', call?.signal),
    reconcile: (_, call) => wait<Reconciled>('reconcile', call?.signal),
  };
  const ctx: SystemContext = { ...world.system, db, store, models: { ...world.tools.models, modelOf: () => model } };

  const worker: MortalWorker = {
    call: null,
    isBusy: false,
    async claim(id) {
      const claimed = await claimOne(ctx, id).catch(() => undefined);
      if (!claimed) return undefined;
      worker.isBusy = true;
      run = runGeneration(ctx, claimed, stopping.signal)
        .catch(() => {})
        .then(() => {
          worker.isBusy = false;
          notice();
        });
      await worker.goOn();
      return claimed;
    },
    async goOn() {
      while (worker.isBusy && !worker.call) {
        await new Promise<void>((resolve) => {
          notice = resolve;
          if (!worker.isBusy || worker.call) resolve();
        });
      }
    },
    die(how) {
      mayWrite = false;
      if (how === 'at once') mayStore = false;
    },
    stop: () => stopping.abort(new Error('the worker stops')),
    loseNextCommit() {
      losesCommit = true;
    },
  };
  void run;
  return worker;
}
