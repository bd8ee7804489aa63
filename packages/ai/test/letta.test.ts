import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLettaAgent } from '../src/letta/index.server.ts';
import type { MemoryAgent, ProviderError } from '../src/port.ts';
import type { LettaBehaviour, LettaBehaviourName } from '../src/testing/letta-behaviours.ts';
import { type LettaWire, startLettaWire } from '../src/testing/letta-wire.ts';
import { SAMPLE_DELTAS, SAMPLE_WORDS } from '../src/testing/sample-answers.ts';
import { failureOf } from './contract-moods.ts';

let wire: LettaWire;
beforeEach(async () => {
  wire = await startLettaWire();
});
afterEach(() => wire.close());

const letta = (options: Partial<Parameters<typeof createLettaAgent>[0]> = {}): MemoryAgent =>
  createLettaAgent({ apiKey: wire.apiKey, baseUrl: wire.baseUrl, agentId: wire.agentId, ...options });
const reconcile = (key: string, agent = letta()) => agent.reconcile!(key);

async function failureWhen(behaviour: LettaBehaviour | LettaBehaviourName): Promise<ProviderError> {
  wire.asks.usually(behaviour);
  return failureOf(letta().ask('Hello?', { idempotencyKey: 'key-1' }));
}
const otidOfAsk = (number: number) => {
  const body = wire.asks.requests[number - 1]?.body as { messages: { otid?: string }[] };
  return body.messages[0]?.otid;
};

describe('a question to Letta', () => {
  it('takes nothing from the environment', async () => {
    vi.stubEnv('LETTA_API_KEY', 'sk-other');
    vi.stubEnv('LETTA_BASE_URL', 'http://127.0.0.1:1');
    vi.stubEnv('LETTA_CUSTOM_HEADERS', 'X-Spy: here\nAuthorization: Bearer stolen');
    await letta().ask('Hello?');
    vi.unstubAllEnvs();
    const { headers } = wire.asks.requests[0]!;
    expect(headers.authorization).toBe(`Bearer ${wire.apiKey}`);
    expect(headers['x-spy']).toBeUndefined();
    expect(Object.keys(headers).filter((name) => name.startsWith('x-stainless'))).toEqual([]);
  });

  it('carries a name of its own, the same for the same key, and none without a key', async () => {
    await letta().ask('Hello?', { idempotencyKey: 'any key: “ü” /' });
    await letta().ask('Hello?', { idempotencyKey: 'any key: “ü” /' });
    await letta().ask('Hello?', { idempotencyKey: 'another' });
    await letta().ask('Hello?');
    expect(otidOfAsk(1)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(otidOfAsk(2)).toBe(otidOfAsk(1));
    expect(otidOfAsk(3)).not.toBe(otidOfAsk(1));
    expect(otidOfAsk(4)).toBeUndefined();
  });

  it('is answered by all that the agent said, and nothing it thought or did', async () => {
    wire.asks.next('several messages');
    expect(await letta().ask('Hello?')).toEqual({
      text: ['Let me see.', ...SAMPLE_DELTAS.map((text) => text.trim())].join('\n\n'),
      usage: { inputTokens: 310, outputTokens: 31 },
    });
  });

  it('is answered though the agent used up its steps, when it said something', async () => {
    wire.asks.next('steps used up');
    expect((await letta().ask('Hello?')).text).toBe('As far as I got: snow.');
  });
});

describe('an OK from Letta', () => {
  it.each([
    ['only thoughts', { reason: 'empty', maybeTaken: false, said: undefined }],
    // Nothing was paid and nothing kept: the model behind the agent could not be reached at all.
    ['model failed', { reason: 'unavailable', maybeTaken: false, isRetryable: true, detail: 'llm_api_error' }],
    ['model failed on the way', { reason: 'unavailable', maybeTaken: true, said: 'Let me see.' }],
    ['agent was stopped', { reason: 'unavailable', maybeTaken: true }],
    ['credits used up on the way', { reason: 'misconfigured', isRetryable: false }],
    ['wants an approval', { reason: 'misconfigured', said: 'May I?' }],
    ['JSON of another kind', { reason: 'unavailable', maybeTaken: true }],
    ['JSON null', { reason: 'unavailable', maybeTaken: true }],
    ['no body', { reason: 'unavailable', maybeTaken: true }],
    [
      { is: 'well', texts: [], stopReason: 'constructor' },
      { reason: 'empty', detail: 'no words: constructor' },
    ],
  ] as const)('without an answer (%j) is told in our words', async (behaviour, wanted) => {
    expect(await failureWhen(behaviour)).toMatchObject(wanted);
    expect(wire.asks.requests).toHaveLength(1);
  });
});

describe('a status from Letta', () => {
  it.each([
    ['not valid', { reason: 'invalid' }],
    ['no credits', { reason: 'misconfigured', isRetryable: false }],
    ['plan used up', { reason: 'misconfigured', isRetryable: false }],
    ['busy', { reason: 'unavailable', maybeTaken: false, isRetryable: true }],
    ['waits for approval', { reason: 'misconfigured', isRetryable: false }],
    ['internal error', { reason: 'unavailable', maybeTaken: true, isRetryable: false }],
    ['model unreachable', { reason: 'unavailable', maybeTaken: true }],
    ['gateway timeout', { reason: 'timed_out', maybeTaken: true }],
    ['redirect', { reason: 'misconfigured' }],
    ['asks to be asked again', { reason: 'invalid' }],
  ] as const)('(%s) is told in our words after one request', async (behaviour, wanted) => {
    expect(await failureWhen(behaviour)).toMatchObject(wanted);
    expect(wire.asks.requests).toHaveLength(1);
  });

  it('names what was wrong, but never the key', async () => {
    expect((await failureWhen('not valid')).detail).toContain('Field required');
    expect((await failureWhen('unauthenticated')).detail).toBe('401 Unauthorized: [key] is no valid token');
  });

  it('for a block says whether the block or the agent is not there', async () => {
    expect(await failureOf(letta().writeBlock('nothing', 'x'))).toMatchObject({ reason: 'invalid' });
    wire.writes.next('agent gone');
    expect(await failureOf(letta().writeBlock('brand', 'x'))).toMatchObject({ reason: 'misconfigured' });
  });

  it('that breaks a write leaves it safe to repeat, one that loses its answer does not', async () => {
    wire.writes.next('internal error', 'reset before headers');
    expect(await failureOf(letta().remember('Snow.'))).toMatchObject({ isRetryable: true });
    expect(await failureOf(letta().remember('Snow.'))).toMatchObject({ maybeTaken: true, isRetryable: false });
  });
});

describe('a list from Letta that is none', () => {
  it.each(['HTML with 200', 'JSON of another kind', 'JSON null', 'no body'] as const)(
    '(%s) does not pass for an empty one',
    async (behaviour) => {
      wire.reads.usually(behaviour);
      const wanted = { reason: 'unavailable', maybeTaken: false, isRetryable: true };
      expect(await failureOf(letta().readBlocks())).toMatchObject(wanted);
      expect(await failureOf(reconcile('any'))).toMatchObject(wanted);
      // Runs are listed first: here only the messages are none.
      wire.reads.usually(behaviour);
      wire.reads.next('well');
      expect(await failureOf(reconcile('any'))).toMatchObject(wanted);
    },
  );
});

describe('a question that was lost', () => {
  it('was not taken when the connection broke before Letta had it', async () => {
    expect(await failureWhen('lost')).toMatchObject({ reason: 'unavailable', maybeTaken: true });
    expect(await reconcile('key-1')).toEqual({ state: 'not_taken' });
  });

  it('is found once the agent is done, which goes on for a client that has left', async () => {
    let finish = () => {};
    wire.asks.next({ is: 'well', until: new Promise<void>((resolve) => (finish = resolve)) });
    const lost = letta({ timeouts: { firstByteMs: 100 } }).ask('Hello?', { idempotencyKey: 'key-1' });
    expect(await failureOf(lost)).toMatchObject({ reason: 'timed_out', maybeTaken: true });
    expect(await reconcile('key-1')).toEqual({ state: 'unknown' });
    expect(await failureOf(letta().ask('And?'))).toMatchObject({ reason: 'unavailable', isRetryable: true });
    finish();
    await vi.waitFor(async () => expect((await reconcile('key-1')).state).toBe('done'));
    expect(await reconcile('key-1')).toEqual({
      state: 'done',
      text: SAMPLE_WORDS,
      usage: { inputTokens: 310, outputTokens: 31 },
    });
  });

  it('is not answered yet while the agent is at work, though it has said something', async () => {
    wire.asks.next('several messages');
    await letta().ask('Hello?', { idempotencyKey: 'key-1' });
    wire.agent.runs[0]!.status = 'running';
    expect(await reconcile('key-1')).toEqual({ state: 'unknown' });
    for (const message of wire.agent.messages) message.run_id = null;
    expect(await reconcile('key-1')).toEqual({ state: 'unknown' });
    wire.agent.runs[0]!.status = 'completed';
    expect(await reconcile('key-1')).toMatchObject({ state: 'done' });
  });

  it('is told apart from the questions before and after it', async () => {
    for (const key of ['before', 'lost', 'after']) {
      wire.asks.next({ is: 'well', texts: [`The answer ${key}.`], mishap: { is: 'reset', when: 'mid-body' } });
      await failureOf(letta().ask('Hello?', { idempotencyKey: key }));
    }
    expect(await reconcile('lost')).toMatchObject({ state: 'done', text: 'The answer lost.' });
    // Servers that note no run: the answer lies between this question and the next.
    for (const message of wire.agent.messages) message.run_id = null;
    expect(await reconcile('lost')).toMatchObject({ state: 'done', text: 'The answer lost.' });
    expect(await reconcile('after')).toMatchObject({ state: 'done', text: 'The answer after.' });
  });

  it('is found behind hundreds of later messages', async () => {
    await letta().ask('Hello?', { idempotencyKey: 'old' });
    const filler = (id: number) => ({ id: `m-${id}`, message_type: 'system_alert', otid: null, run_id: null });
    wire.agent.messages.push(...Array.from({ length: 350 }, (_, id) => filler(id)));
    expect(await reconcile('old')).toMatchObject({ state: 'done', text: SAMPLE_WORDS });
    expect(await reconcile('never')).toEqual({ state: 'not_taken' });
    wire.agent.messages.push(...Array.from({ length: 1000 }, (_, id) => filler(1000 + id)));
    expect(await reconcile('old')).toEqual({ state: 'unknown' });
  });

  it.each([
    ['model failed on the way', { reason: 'unavailable', said: 'Let me see.' }],
    ['only thoughts', { reason: 'empty' }],
    ['agent was stopped', { reason: 'unavailable', detail: 'cancelled' }],
    [
      { is: 'well', run: 'failed', stopReason: 'end_turn' },
      { reason: 'unavailable', detail: 'error' },
    ],
  ] as const)('and came to nothing (%j) says so, once and for all', async (behaviour, wanted) => {
    wire.asks.next(behaviour);
    await letta()
      .ask('Hello?', { idempotencyKey: 'key-1' })
      .catch(() => {});
    expect(await failureOf(reconcile('key-1'))).toMatchObject({ ...wanted, isOver: true, isRetryable: false });
  });

  it('costs nothing to look up', async () => {
    await reconcile('key-1');
    expect(wire.asks.requests).toEqual([]);
    expect(wire.reads.requests.map(({ method }) => method)).toEqual(['GET', 'GET']);
  });
});

describe('a memory at Letta', () => {
  it('passes over blocks without a label, which nobody could write to', async () => {
    wire.agent.blocks.push({ id: 'block-x', label: '', value: 'x', limit: 9 });
    expect((await letta().readBlocks()).map(({ label }) => label).sort()).toEqual(['brand', 'human']);
  });

  it('may have labels with signs of an address in them', async () => {
    wire.agent.blocks.push({ id: 'block-x', label: 'system/tone & voice?', value: 'x', limit: 9 });
    expect(await letta().writeBlock('system/tone & voice?', 'y')).toMatchObject({ value: 'y' });
    expect(wire.agent.blocks.at(-1)?.value).toBe('y');
  });

  it('belongs to one agent, whose id is no way to another address', async () => {
    const error = await failureOf(letta({ agentId: '../../v1/agents' }).readBlocks());
    expect(error).toMatchObject({ reason: 'misconfigured', maybeTaken: false });
  });
});
