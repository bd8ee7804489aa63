/** The contract of agents that remember. How a keeper joins: see `contract.ts`. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CallTimeouts } from '../src/call/watch-call.ts';
import type { MemoryAgent, MemoryBlock, ModelCall } from '../src/port.ts';
import { SAMPLE_WORDS } from '../src/testing/sample-answers.ts';
import { expectFailure } from './contract.ts';
import {
  type AnsweringMood,
  FAILURES,
  type FailingMood,
  failureOf,
  timeoutsFor,
  type Wanted,
} from './contract-moods.ts';

export type MemoryMood = AnsweringMood | FailingMood;

/** What meets the mood: questions, or the memory (blocks, passages, looking up a question). The other goes well. */
export type MemoryOpening = { at: 'ask' | 'memory'; timeouts: Partial<CallTimeouts> };

export type MemorySubject = {
  /** With at least one block, whose limit is below 100,000 characters. It answers `SAMPLE_WORDS`. */
  agent: MemoryAgent;
  /** Questions, and writes to its memory, that reached its keeper. */
  paidRequests(): number;
  /** What was given to it to keep, as its keeper has it. */
  passages(): readonly string[] | Promise<readonly string[]>;
  /** Settles once its keeper has taken a question. */
  taken?(): Promise<unknown>;
  /** The secret that no error may tell. */
  apiKey?: string | undefined;
  close?: (() => Promise<void>) | undefined;
};

/** Opens a subject in a mood; undefined where this keeper has no such mood. */
export type OpenMemorySubject = (mood: MemoryMood, opening: MemoryOpening) => Promise<MemorySubject | undefined>;

type Skip = (note: string) => never;
type Open = (mood: MemoryMood, skip: Skip, opening?: Partial<MemoryOpening>) => Promise<MemorySubject>;

/** A keeper that breaks may have kept the agent's first steps: only the word is the same for all. */
const failuresOf = (moods: typeof FAILURES): [FailingMood, Partial<Wanted>][] =>
  (Object.entries(moods) as [FailingMood, Wanted][]).map(([mood, wanted]) => [
    mood,
    mood === 'breaks' ? { reason: wanted.reason } : wanted,
  ]);
const ASK_FAILURES = failuresOf(FAILURES);
/** A memory holds what it is given: it neither refuses nor says nothing. */
const MEMORY_FAILURES = ASK_FAILURES.filter(([mood]) => mood !== 'refuses' && mood !== 'says nothing');

const PASSAGE = 'The winter sale of 2025 sold best with “snow at night”.\n\nŁódź — 夜';

/** The promises every `MemoryAgent` keeps, whoever keeps its memory. */
export function describeMemoryAgent(title: string, openSubject: OpenMemorySubject): void {
  const open: Open = async (mood, skip, opening = {}) => {
    const subject = await openSubject(mood, { at: 'ask', timeouts: timeoutsFor(mood), ...opening });
    if (!subject && mood === 'answers') throw new Error('an agent that never answers is none');
    if (!subject) return skip(`this keeper never ${mood}`);
    if (subject.close) onTestFinished(subject.close);
    return subject;
  };
  describeAsking(title, open);
  describeMemory(title, open);
  describeReconciling(title, open);
}

function describeAsking(title: string, open: Open): void {
  describe(`${title} keeps the contract of an agent that is asked`, () => {
    it.for(['answers', 'answers slowly'] as const)('answers in words when its keeper %s', async (mood, { skip }) => {
      const { agent, paidRequests } = await open(mood, skip);
      expect(agent.type).toBe('memory');
      expect(agent.name).toMatch(/^[a-z0-9-]+\/.+/);
      const { text, usage } = await agent.ask('What sold best?', { idempotencyKey: 'asked-1' });
      expect(text).toBe(SAMPLE_WORDS);
      expect(usage.outputTokens).toBeGreaterThan(0);
      expect(paidRequests()).toBe(1);
    });

    it.for(ASK_FAILURES)(
      'says so in our words, after at most one question, when its keeper %s',
      async ([mood, wanted], { skip }) => {
        const subject = await open(mood, skip);
        const error = await failureOf(subject.agent.ask('What sold best?', { idempotencyKey: 'asked-1' }));
        expectFailure(error, wanted, { ...subject, model: subject.agent });
      },
    );

    it('lets go of a keeper that hangs as soon as the caller gives up', async ({ skip }) => {
      const { agent, taken, paidRequests } = await open('hangs', skip, { timeouts: {} });
      const caller = new AbortController();
      const failure = failureOf(agent.ask('What sold best?', { signal: caller.signal }));
      await taken?.();
      caller.abort(new Error('the page was closed'));
      expect(await failure).toMatchObject({ reason: 'timed_out', maybeTaken: true, isRetryable: false });
      expect(paidRequests()).toBe(1);
    });
  });
}

function describeMemory(title: string, open: Open): void {
  const READS: [string, (agent: MemoryAgent, call?: ModelCall) => Promise<unknown>][] = [
    ['reading its blocks', (agent, call) => agent.readBlocks(call)],
  ];
  const WRITES: typeof READS = [
    ['giving it a passage', (agent, call) => agent.remember(PASSAGE, call)],
    ['writing a block', (agent, call) => agent.writeBlock('brand', 'Plain words.', call)],
  ];

  describe(`${title} keeps the contract of a memory`, () => {
    it('keeps a passage word by word', async ({ skip }) => {
      const { agent, passages } = await open('answers', skip);
      await agent.remember(PASSAGE);
      expect(await passages()).toEqual([PASSAGE]);
    });

    it('keeps what is written into a block, and leaves the others alone', async ({ skip }) => {
      const { agent } = await open('answers', skip);
      const [block, ...others] = await agent.readBlocks();
      const value = 'Warm “plain” words.\nŁódź';
      expect(await agent.writeBlock(block!.label, value)).toEqual({ ...block, value });
      expect(byLabel(await agent.readBlocks())).toEqual(byLabel([{ ...block!, value }, ...others]));
    });

    it('says that a text does not fit, and keeps the one before', async ({ skip }) => {
      const { agent } = await open('answers', skip);
      const before = await agent.readBlocks();
      const error = await failureOf(agent.writeBlock(before[0]!.label, 'x'.repeat(before[0]!.limit + 1)));
      expect(error).toMatchObject({ reason: 'invalid', maybeTaken: false });
      expect(await agent.readBlocks()).toEqual(before);
    });

    it.for(['no such block', '../brand', '..', '.', ' ', ''])(
      'says that there is no block called "%s"',
      async (label, { skip }) => {
        const { agent } = await open('answers', skip);
        const before = await agent.readBlocks();
        expect(await failureOf(agent.writeBlock(label, 'x'))).toMatchObject({ reason: 'invalid', maybeTaken: false });
        expect(await agent.readBlocks()).toEqual(before);
      },
    );

    it.for([...READS, ...WRITES, ['asking it', (agent, call) => agent.ask('Hello?', call)] as (typeof READS)[0]])(
      'does nothing for a caller who has already given up: %s',
      async ([, does], { skip }) => {
        const { agent, paidRequests } = await open('answers', skip);
        expect(await failureOf(does(agent, { signal: AbortSignal.abort() }))).toMatchObject({ maybeTaken: false });
        expect(paidRequests()).toBe(0);
      },
    );

    describe.each(READS)('%s', (_, does) => {
      it.for(MEMORY_FAILURES)('can be done again when its keeper %s', async ([mood, wanted], { skip }) => {
        const subject = await open(mood, skip, { at: 'memory' });
        const { reason, retryAfterMs } = wanted;
        const error = await failureOf(does(subject.agent));
        const free = { reason, maybeTaken: false, ...(retryAfterMs && { retryAfterMs }) };
        expectFailure(error, free, { ...subject, model: subject.agent });
        expect(subject.paidRequests()).toBe(0);
      });
    });

    describe.each(WRITES)('%s', (_, does) => {
      it.for(MEMORY_FAILURES)('fails in our words when its keeper %s', async ([mood, wanted], { skip }) => {
        const subject = await open(mood, skip, { at: 'memory' });
        expectFailure(await failureOf(does(subject.agent)), wanted, { ...subject, model: subject.agent });
      });
    });
  });
}

function describeReconciling(title: string, open: Open): void {
  const reconcilerOf = (agent: MemoryAgent, skip: Skip) => {
    const reconcile = agent.reconcile ?? skip('its keeper cannot be asked');
    return (key: string, call?: ModelCall) => reconcile.call(agent, key, call);
  };

  describe(`${title} keeps the contract of looking up a question`, () => {
    it('finds the answer that was lost on its way, for nothing', async ({ skip }) => {
      const { agent, paidRequests } = await open('resets before its answer', skip);
      const reconcile = reconcilerOf(agent, skip);
      const error = await failureOf(agent.ask('What sold best?', { idempotencyKey: 'lost-1' }));
      expect(error.maybeTaken).toBe(true);
      const found = await reconcile('lost-1');
      expect(found).toMatchObject({ state: 'done', text: SAMPLE_WORDS });
      expect(found.state === 'done' && found.usage.outputTokens).toBeGreaterThan(0);
      expect(await reconcile('lost-1')).toEqual(found);
      expect(paidRequests()).toBe(1);
    });

    it('knows of a question that never came, though others did', async ({ skip }) => {
      const { agent } = await open('answers', skip);
      const reconcile = reconcilerOf(agent, skip);
      expect(await reconcile('never')).toEqual({ state: 'not_taken' });
      await agent.ask('Hello?', { idempotencyKey: 'another' });
      await agent.ask('Hello?');
      expect(await reconcile('never')).toEqual({ state: 'not_taken' });
    });

    it('says nothing of a question that is still being answered', async ({ skip }) => {
      const { agent } = await open('hangs', skip);
      const reconcile = reconcilerOf(agent, skip);
      await failureOf(agent.ask('What sold best?', { idempotencyKey: 'slow-1' }));
      expect(await reconcile('slow-1')).toEqual({ state: 'unknown' });
    });

    it.for(MEMORY_FAILURES)('can be done again when its keeper %s', async ([mood, wanted], { skip }) => {
      const subject = await open(mood, skip, { at: 'memory' });
      const error = await failureOf(reconcilerOf(subject.agent, skip)('any'));
      expect(error).toMatchObject({ reason: wanted.reason, maybeTaken: false });
      expect(subject.paidRequests()).toBe(0);
    });
  });
}

const byLabel = (blocks: readonly MemoryBlock[]): MemoryBlock[] =>
  [...blocks].sort((a, b) => a.label.localeCompare(b.label));
