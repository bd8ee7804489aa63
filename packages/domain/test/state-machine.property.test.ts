import { randomUUID } from 'node:crypto';
import { ProviderError, type Reconciled } from '@repo/ai';
import { events, generations, ledgerEntries, modelHealth, transactAs } from '@repo/db';
import { checkPicture } from '@repo/media';
import { paintTestPhoto } from '@repo/media/testing';
import { and, eq, inArray } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { UserContext } from '../src/context.ts';
import { cancelGeneration } from '../src/generation/cancel-generation.ts';
import type { Claimed } from '../src/generation/claim-generations.ts';
import { reapGenerations } from '../src/generation/reap-generations.ts';
import { requestGeneration } from '../src/generation/request-generation.ts';
import { type GenerationStatus, isSettled } from '../src/generation/rules.ts';
import { settleCancelled, settleDone, settleFailed } from '../src/generation/settle-generation.ts';
import { sweepEndedBetween } from '../src/generation/sweep-made-files.ts';
import { aWorld, type World } from '../src/testing.ts';
import { aMortalWorker, type MortalWorker, type OpenCall } from './mortal-worker.ts';

const worlds: Record<'paid' | 'free', World> = {} as never;
let picture: Uint8Array;

beforeAll(async () => {
  // What the engine tells operators of every bug and every death is not news here.
  vi.spyOn(console, 'error').mockImplementation(() => {});
  picture = await paintTestPhoto({ width: 48, height: 32, format: 'png' });
  worlds.paid = await aWorld({ isPaid: true });
  worlds.free = await aWorld({ isPaid: false });
});
afterAll(() => Promise.all(Object.values(worlds).map((world) => world.close())));

/** How a vendor answers a call, and whether it may have taken a request that it answered so. */
const ANSWERS = {
  done: { progress: 'done', isTaken: true },
  pending: { progress: 'pending', isTaken: true },
  'no picture': { progress: 'no picture', isTaken: true },
  'bytes that are no picture': { progress: 'no bytes', isTaken: true },
  refused: { error: () => new ProviderError('fake', 'refused'), isTaken: true },
  invalid: { error: () => new ProviderError('fake', 'invalid'), isTaken: true },
  misconfigured: { error: () => new ProviderError('fake', 'misconfigured'), isTaken: false },
  'rate limited': { error: () => new ProviderError('fake', 'rate_limited', { retryAfterMs: 3_000 }), isTaken: false },
  unavailable: { error: () => new ProviderError('fake', 'unavailable'), isTaken: false },
  'lost on the way': { error: () => new ProviderError('fake', 'unavailable', { maybeTaken: true }), isTaken: true },
  'timed out': { error: () => new ProviderError('fake', 'timed_out', { maybeTaken: true }), isTaken: true },
  'handle unknown': { error: () => new ProviderError('fake', 'unavailable', { isLost: true }), isTaken: false },
  'ended in an error': { error: () => new ProviderError('fake', 'unavailable', { isOver: true }), isTaken: false },
  'a bug': { error: () => new TypeError('x is not a function'), isTaken: true },
} as const satisfies Record<string, { isTaken: boolean } & ({ progress: string } | { error(): unknown })>;
type Answer = keyof typeof ANSWERS;
const RECONCILED = ['not_taken', 'unknown'] as const;

type Step =
  | { do: 'claim' | 'stop' | 'lose a commit'; worker: number }
  | { do: 'die'; worker: number; how: 'at once' | 'after storing' }
  | { do: 'answer'; worker: number; answer: Answer; reconciled: (typeof RECONCILED)[number] | null }
  | { do: 'cancel' | 'press again' | 'reap' }
  | { do: 'settle again'; as: 'done' | 'failed' | 'cancelled' }
  | { do: 'wait'; seconds: number };

const worker = fc.integer({ min: 0, max: 1 });
const answers = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<Answer>('done', 'pending') },
  { weight: 4, arbitrary: fc.constantFrom(...(Object.keys(ANSWERS) as Answer[])) },
);
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 7, arbitrary: fc.record({ do: fc.constant('claim' as const), worker }) },
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      worker,
      answer: answers,
      reconciled: fc.option(fc.constantFrom(...RECONCILED), { freq: 2 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('die' as const),
      worker,
      how: fc.constantFrom('at once' as const, 'after storing' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('stop' as const), worker }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lose a commit' as const), worker }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('cancel' as const, 'press again' as const, 'reap' as const) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('settle again' as const),
      as: fc.constantFrom('done' as const, 'failed' as const, 'cancelled' as const),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.constantFrom(4, 11, 31, 65, 150) }),
  },
);

/** Where a generation may be after one step, from where it was. An end leads nowhere. */
const NEXT: Record<GenerationStatus, readonly GenerationStatus[]> = {
  queued: ['queued', 'running', 'retrying', 'checking', 'done', 'failed', 'cancelled'],
  running: ['queued', 'running', 'retrying', 'checking', 'done', 'failed', 'cancelled'],
  retrying: ['queued', 'running', 'retrying', 'checking', 'done', 'failed', 'cancelled'],
  checking: ['queued', 'running', 'retrying', 'checking', 'done', 'failed', 'cancelled'],
  done: ['done'],
  failed: ['failed'],
  cancelled: ['cancelled'],
};

/** One generation, the two workers that may be at it, and what was seen of it so far. */
class Machine {
  readonly #world: World;
  readonly #person: UserContext;
  readonly #request: Parameters<typeof requestGeneration>[1];
  readonly #isPaid: boolean;
  readonly #workers: MortalWorker[] = [];
  readonly #claims: Claimed[] = [];
  /** Paid requests that may have been taken. */
  #taken = 0;
  #end: string | null = null;
  #status: GenerationStatus = 'queued';
  readonly #sentAgain: string[] = [];
  id = '';

  constructor(world: World, person: UserContext, isPaid: boolean) {
    this.#world = world;
    this.#person = person;
    this.#isPaid = isPaid;
    const idempotencyKey = randomUUID();
    this.#request = {
      kind: 'image.create',
      prompt: 'a lighthouse',
      aspectRatio: '1:1',
      model: 'fake/model',
      idempotencyKey,
    };
    for (const n of [0, 1]) this.#replace(n);
  }

  #replace(n: number): void {
    this.#workers[n] = aMortalWorker(this.#world, (door) => {
      if (door !== 'start') return;
      // Until it is answered, it may have been taken.
      if (this.#isPaid && this.#taken > 0)
        this.#sentAgain.push('a paid request that may have been taken was sent again');
      this.#taken += 1;
    });
  }

  async press(): Promise<void> {
    const { id } = await requestGeneration(this.#person, this.#request);
    if (this.id) expect(id).toBe(this.id);
    this.id = id;
  }

  /** Does the step if it makes sense here. */
  async take(step: Step): Promise<void> {
    switch (step.do) {
      case 'claim': {
        const one = this.#workers[step.worker]!;
        const claimed = one.isBusy ? undefined : await one.claim(this.id);
        if (claimed) this.#claims.push(claimed);
        break;
      }
      case 'answer':
        await this.#answer(step);
        break;
      case 'die': {
        const one = this.#workers[step.worker]!;
        one.die(step.how);
        if (step.how === 'after storing') one.call?.answer(this.#done());
        else one.call?.fail(new Error('this worker is dead'));
        await one.goOn();
        this.#replace(step.worker);
        break;
      }
      case 'stop': {
        const one = this.#workers[step.worker]!;
        one.stop();
        // It waits for a paid answer that is on its way.
        if (!(this.#isPaid && one.call?.door === 'start')) await one.goOn();
        if (!one.isBusy) this.#replace(step.worker);
        break;
      }
      case 'lose a commit':
        this.#workers[step.worker]!.loseNextCommit();
        break;
      case 'cancel':
        await cancelGeneration(this.#person, this.id);
        break;
      case 'press again':
        await this.press();
        break;
      case 'reap':
        await reapGenerations(this.#world.system);
        break;
      case 'settle again':
        await this.#settleAgain(step.as);
        break;
      case 'wait':
        this.#world.clock.offsetMs += step.seconds * 1000;
        break;
      default:
        step satisfies never;
    }
    await this.look();
  }

  #done = (): Reconciled => ({ state: 'done', outputs: [{ bytes: picture, mimeType: 'image/png' }], notes: [] });

  #progressOf(how: 'done' | 'pending' | 'no picture' | 'no bytes'): Reconciled {
    switch (how) {
      case 'done':
        return this.#done();
      case 'pending':
        return { state: 'pending', ref: `ref-${this.id}`, askAgainInMs: 1_000 };
      case 'no picture':
        return { state: 'done', outputs: [], notes: [], text: 'I see a lighthouse.' };
      case 'no bytes':
        return { state: 'done', outputs: [{ bytes: Buffer.from('<html>'), mimeType: 'image/png' }], notes: [] };
      default:
        return how satisfies never;
    }
  }

  async #answer({ worker: n, answer, reconciled }: Extract<Step, { do: 'answer' }>): Promise<void> {
    const one = this.#workers[n]!;
    const { call } = one;
    if (!call) return;
    this.#answerCall(call, answer, reconciled);
    await one.goOn();
  }

  #answerCall(call: OpenCall, answer: Answer, reconciled: (typeof RECONCILED)[number] | null): void {
    if (call.door === 'reconcile' && reconciled) {
      if (reconciled === 'not_taken') this.#taken -= 1;
      call.answer({ state: reconciled });
      return;
    }
    const how = ANSWERS[answer];
    if (call.door === 'start' && !how.isTaken) this.#taken -= 1;
    if ('error' in how) call.fail(how.error());
    else call.answer(this.#progressOf(how.progress));
  }

  /** By somebody who once held the claim: it may end the generation only while it still does. */
  async #settleAgain(as: 'done' | 'failed' | 'cancelled'): Promise<void> {
    const claimed = this.#claims.at(0);
    if (!claimed) return;
    const before = await this.row();
    const { system } = this.#world;
    const settled = await transactAs(this.#world.db, system.actor, (tx) => {
      if (as === 'failed') return settleFailed(tx, system, claimed, { reason: 'unavailable' });
      if (as === 'cancelled') return settleCancelled(tx, system, claimed);
      return settleDone(tx, system, claimed, { kept: { output: { text: 'words' } }, notes: [], usage: {} });
    });
    expect(settled).toBe(!isSettled(before.status) && before.runToken === claimed.runToken);
  }

  async row() {
    const [row] = await transactAs(this.#world.db, this.#world.system.actor, (tx) =>
      tx.select().from(generations).where(eq(generations.id, this.id)),
    );
    return row!;
  }

  async #read() {
    return transactAs(this.#world.db, this.#world.system.actor, async (tx) => ({
      row: await this.row(),
      entries: await tx
        .select()
        .from(ledgerEntries)
        .where(eq(ledgerEntries.generationId, this.id))
        .orderBy(ledgerEntries.id),
      ends: await tx
        .select({ verb: events.verb })
        .from(events)
        .where(and(eq(events.nounId, this.id), inArray(events.verb, ['done', 'failed', 'cancelled']))),
    }));
  }

  /** What must hold after every step. */
  async look(): Promise<void> {
    const { row, entries, ends } = await this.#read();
    expect(this.#sentAgain).toEqual([]);
    expect(NEXT[this.#status]).toContain(row.status);
    this.#status = row.status;
    const credits = entries.filter(({ kind }) => kind !== 'cost');
    const outOf = (kind: string) => credits.filter((entry) => entry.kind === kind && entry.amount < 0);
    expect(outOf('hold').map(({ amount }) => amount)).toEqual([-row.quotedCredits]);
    const settled = [...outOf('capture'), ...outOf('release')];
    if (!isSettled(row.status)) {
      expect(settled).toEqual([]);
      expect(ends).toEqual([]);
      if (row.status === 'queued' || row.status === 'retrying') expect(row.runToken).toBeNull();
      if (row.status === 'checking') expect(row.submittedAt).not.toBeNull();
      return;
    }
    // Exactly one end, told once, and the hold settled once, by it.
    expect(ends).toEqual([{ verb: row.status }]);
    expect(settled.map(({ kind, amount }) => [kind, amount])).toEqual([
      [row.status === 'done' ? 'capture' : 'release', -row.quotedCredits],
    ]);
    expect(row).toMatchObject({ runToken: null, finishedAt: expect.any(Date) });
    // And nothing changes it ever after.
    const end = JSON.stringify({ row, credits });
    this.#end ??= end;
    expect(end).toBe(this.#end);
  }

  /** All that is still under way comes to its end: the vendor answers everything, and workers come back. */
  async bringToAnEnd(): Promise<void> {
    for (let round = 0; round < 12; round++) {
      for (const [n, one] of this.#workers.entries()) {
        while (one.call) {
          this.#answerCall(one.call, 'done', null);
          await one.goOn();
        }
        await one.goOn();
        this.#replace(n);
      }
      await this.look();
      if (isSettled(this.#status)) return;
      this.#world.clock.offsetMs += 150_000;
      await this.take({ do: 'claim', worker: round % 2 });
    }
    throw new Error(`it is still ${this.#status}`);
  }

  /** A result can be read, and where there is none nothing is left of it. */
  async lookAtFiles(): Promise<void> {
    const row = await this.row();
    const { store } = this.#world.tools;
    // Settled by hand, in `settle again`.
    if (row.status === 'done' && !row.outputAssetId) return;
    if (row.outputAssetId) {
      const read = await checkPicture(await store.get(`private/${row.outputAssetId}/full`));
      expect(read).toMatchObject({ width: 48, height: 32 });
      return;
    }
    const ended = row.finishedAt!.getTime();
    await sweepEndedBetween(this.#world.system, new Date(ended - 1), new Date(ended + 1));
    const left: string[] = [];
    for await (const key of store.list(`private/${this.id}/`)) left.push(key);
    expect(left).toEqual([]);
  }
}

/** `PROPERTY_RUNS=400 npm test -- propert` looks longer, at other paths each time; each takes a third of a second. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 20);

test.each(['paid', 'free'] as const)(
  'no path of a %s generation reaches two end states, pays twice or never ends',
  async (price) => {
    const world = worlds[price];
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 4, maxLength: 28 }), async (path) => {
        // A breaker that an earlier path opened would keep this one short.
        await transactAs(world.db, world.system.actor, (tx) => tx.delete(modelHealth));
        const machine = new Machine(world, await world.aPerson(), price === 'paid');
        await machine.press();
        for (const step of path) await machine.take(step);
        await machine.bringToAnEnd();
        await machine.lookAtFiles();
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: RUNS * 300, markInterruptAsFailure: false },
    );
    expect(await world.ledgerSums()).toEqual({ total: 0, wrongBalances: 0 });
  },
  120_000 + RUNS * 2_000,
);
