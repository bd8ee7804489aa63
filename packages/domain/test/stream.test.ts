import { randomUUID } from 'node:crypto';
import { ProviderError } from '@repo/ai';
import { fakeTextModel } from '@repo/ai/testing';
import { transactAs } from '@repo/db';
import { expect, test } from 'vitest';
import type { UserContext } from '../src/context.ts';
import { cancelGeneration } from '../src/generation/cancel-generation.ts';
import { claimDue } from '../src/generation/claim-generations.ts';
import { openGeneration } from '../src/generation/open-generation.ts';
import { readGeneration } from '../src/generation/read-generations.ts';
import { readReceipt } from '../src/generation/read-receipt.ts';
import { requestGeneration } from '../src/generation/request-generation.ts';
import type { StreamNews } from '../src/generation/schema.ts';
import { type StreamInput, streamGeneration } from '../src/generation/stream-generation.ts';
import { callsOf, change, rowOf, worldsOfATest } from './engine-house.ts';

const aNewWorld = worldsOfATest();
const never = new AbortController().signal;

const aRequest = (key: string = randomUUID(), more: Partial<StreamInput> = {}): StreamInput => ({
  kind: 'text.stream',
  prompt: 'Tell me a story.',
  idempotencyKey: key,
  ...more,
});

async function hear(person: UserContext, input: StreamInput, signal = never): Promise<StreamNews[]> {
  const news: StreamNews[] = [];
  for await (const piece of await streamGeneration(person, input, signal)) news.push(piece);
  return news;
}
const wordsOf = (news: StreamNews[]) => news.flatMap((piece) => (piece.type === 'delta' ? [piece.text] : [])).join('');
const idOf = (news: StreamNews[]) => (news[0]?.type === 'opened' ? news[0].generationId : '');

/** Ends a race that the test has to win by itself. */
const gate = () => Promise.withResolvers<void>();

test('an answer comes word by word, is kept, and is paid by the tokens it took', async () => {
  const world = await aNewWorld({ isPaid: true, text: { inputTokens: 10, outputTokens: 1_300 } });
  const person = await world.aPerson();
  const news = await hear(person, aRequest());
  expect(news.map(({ type }) => type)).toEqual(['opened', 'delta', 'delta', 'delta', 'end']);
  expect(wordsOf(news)).toBe('Once upon a time.');
  expect(news.at(-1)).toMatchObject({ generation: { status: 'done', output: { text: 'Once upon a time.' } } });
  expect(await readReceipt(person, idOf(news))).toMatchObject({ held: 5, captured: 2, released: 3, sum: 0 });
  expect(await callsOf(world, idOf(news))).toMatchObject([{ outcome: 'done', outputTokens: 1_300 }]);
});

test('whoever leaves in the middle finds the whole answer later, charged once', async () => {
  const rest = gate();
  const world = await aNewWorld({ text: { until: (piece) => (piece > 1 ? rest.promise : Promise.resolve()) } });
  const person = await world.aPerson();
  const leaving = new AbortController();
  const key = randomUUID();
  const stream = await streamGeneration(person, aRequest(key), leaving.signal);
  const opened = (await stream.next()).value as StreamNews;
  expect(await stream.next()).toMatchObject({ value: { type: 'delta', text: 'Once ' } });
  leaving.abort();
  expect((await stream.next()).done).toBe(true);
  rest.resolve();
  const id = idOf([opened]);
  await expect.poll(async () => (await rowOf(world, id)).status).toBe('done');
  expect(wordsOf(await hear(person, aRequest(key)))).toBe('Once upon a time.');
  expect(world.text.asked).toHaveLength(1);
  expect(await readReceipt(person, id)).toMatchObject({ status: 'done', captured: 1, sum: 0 });
});

test('whoever leaves before the first word finds the answer too', async () => {
  const world = await aNewWorld();
  const person = await world.aPerson();
  const stream = await streamGeneration(person, aRequest(), never);
  const id = idOf([(await stream.next()).value as StreamNews]);
  await stream.return(undefined);
  await expect.poll(async () => (await rowOf(world, id)).status).toBe('done');
});

test('two tabs with the same key hear the same answer, word by word, asked for once', async () => {
  const rest = gate();
  const world = await aNewWorld({ text: { until: (piece) => (piece > 1 ? rest.promise : Promise.resolve()) } });
  const person = await world.aPerson();
  const key = randomUUID();
  const one = await streamGeneration(person, aRequest(key), never);
  const opened = (await one.next()).value;
  await one.next();
  const two = await streamGeneration(person, aRequest(key), never);
  expect((await two.next()).value).toEqual(opened);
  // Before the first tab has heard the rest, the second hears what was said so far.
  expect((await two.next()).value).toEqual({ type: 'delta', text: 'Once ' });
  rest.resolve();
  const heard = await Promise.all(
    [one, two].map(async (tab) => {
      const news: StreamNews[] = [];
      for await (const piece of tab) news.push(piece);
      return news;
    }),
  );
  expect(heard.map(wordsOf)).toEqual(['upon a time.', 'upon a time.']);
  expect(world.text.asked).toHaveLength(1);
});

test('two tabs that press in the same moment ask once', async () => {
  const world = await aNewWorld();
  const person = await world.aPerson();
  const key = randomUUID();
  const heard = await Promise.all([1, 2, 3].map(() => hear(person, aRequest(key))));
  expect(heard.map(wordsOf)).toEqual(Array(3).fill('Once upon a time.'));
  expect(new Set(heard.map(idOf)).size).toBe(1);
  expect(world.text.asked).toHaveLength(1);
});

test('an answer whose process dies ends free, found by a worker', async () => {
  const world = await aNewWorld();
  const person = await world.aPerson();
  const { generation } = await transactAs(world.db, person.actor, (tx) => openGeneration(tx, person, aRequest()));
  const { id } = generation;
  const longAgo = new Date(Date.now() - 60_000);
  await change(world, id, {
    status: 'running',
    attempt: 1,
    runToken: randomUUID(),
    heartbeatAt: longAgo,
    submittedAt: longAgo,
  });
  world.aDesk();
  await expect.poll(async () => (await rowOf(world, id)).status).toBe('failed');
  expect(await readGeneration(person, id)).toMatchObject({
    failure: { sentence: 'The server that was writing this answer went away.' },
  });
  expect(await readReceipt(person, id)).toMatchObject({ captured: 0, released: 5, sum: 0 });
});

test('one that was opened and never begun is begun by whoever asks again, and is no worker’s before', async () => {
  const world = await aNewWorld();
  const person = await world.aPerson();
  const key = randomUUID();
  await transactAs(world.db, person.actor, (tx) => openGeneration(tx, person, aRequest(key)));
  expect(await claimDue(world.system, [{ provider: 'fake', free: 4, atOnce: 8 }])).toEqual([]);
  expect(wordsOf(await hear(person, aRequest(key)))).toBe('Once upon a time.');
});

test('one that nobody begins ends free', async () => {
  const world = await aNewWorld();
  const person = await world.aPerson();
  const { generation } = await transactAs(world.db, person.actor, (tx) => openGeneration(tx, person, aRequest()));
  world.clock.offsetMs += 61_000;
  world.aDesk();
  await expect.poll(async () => (await rowOf(world, generation.id)).status).toBe('failed');
  expect(world.text.asked).toEqual([]);
  expect(await world.balanceOf(person.actor.userId)).toBe(100);
});

test('cancelling stops the writing and gives everything back', async () => {
  const world = await aNewWorld({ isPaid: true, text: { delayMs: 60_000 } });
  const person = await world.aPerson();
  const stream = await streamGeneration(person, aRequest(), never);
  const id = idOf([(await stream.next()).value as StreamNews]);
  await cancelGeneration(person, id);
  expect((await stream.next()).value).toMatchObject({ type: 'end', generation: { status: 'cancelled' } });
  expect(await readReceipt(person, id)).toMatchObject({ captured: 0, released: 5, sum: 0 });
});

test('a model that hears no signal is left alone, and its answer ends free', async () => {
  const world = await aNewWorld({ text: { until: () => new Promise(() => {}) } });
  const person = await world.aPerson();
  const stream = await streamGeneration(person, aRequest(), never);
  const id = idOf([(await stream.next()).value as StreamNews]);
  await cancelGeneration(person, id);
  expect(await stream.next()).toMatchObject({ value: { type: 'end', generation: { status: 'cancelled' } } });
  expect(await world.balanceOf(person.actor.userId)).toBe(100);
});

test('what was said before it broke off is offered, free, and nobody is asked again', async () => {
  const until = async (piece: number) => {
    if (piece === 3) throw new ProviderError('fake', 'unavailable', { maybeTaken: true });
  };
  const world = await aNewWorld({ isPaid: true, text: { until } });
  const person = await world.aPerson();
  const news = await hear(person, aRequest());
  expect(wordsOf(news)).toBe('Once upon ');
  expect(news.at(-1)).toMatchObject({
    generation: { status: 'failed', said: 'Once upon', failure: { reason: 'unavailable' } },
  });
  expect(world.text.asked).toHaveLength(1);
  expect(await readReceipt(person, idOf(news))).toMatchObject({ captured: 0, sum: 0 });
});

test('`auto` goes on with the next writer as long as nothing was said', async () => {
  const prices = { 'text.stream': { per: 'thousand tokens', credits: 1 } } as const;
  const second = {
    entry: { id: 'second/text', prices, capabilities: {} },
    model: fakeTextModel({ name: 'second/text', pieces: ['Hello.'] }),
  };
  const world = await aNewWorld({ isPaid: true, text: { failsWith: 'unavailable' }, more: [second] });
  const person = await world.aPerson();
  const news = await hear(person, aRequest());
  expect(wordsOf(news)).toBe('Hello.');
  expect(news.at(-1)).toMatchObject({
    generation: { status: 'done', model: 'second/text', tried: [{ model: 'fake/text' }] },
  });
  const named = await hear(person, aRequest(randomUUID(), { model: 'fake/text' }));
  expect(named.at(-1)).toMatchObject({ generation: { status: 'failed', failure: { reason: 'unavailable' } } });
});

test('an answer with characters that Postgres cannot keep is kept without them, emoji in two pieces included', async () => {
  const world = await aNewWorld({ text: { pieces: ['a\0', '\ud83e', '\udda6', '\ud800'] } });
  const person = await world.aPerson();
  const news = await hear(person, aRequest());
  expect(news.at(-1)).toMatchObject({ generation: { status: 'done', output: { text: 'a🦦\ufffd' } } });
});

test('four answers at once are written for one person; a fifth is refused with a sentence, free', async () => {
  const rest = gate();
  const world = await aNewWorld({ text: { until: () => rest.promise } });
  const person = await world.aPerson();
  const heard = Array.from({ length: 4 }, () => hear(person, aRequest()));
  await expect.poll(() => world.text.asked.length).toBe(4);
  const balance = await world.balanceOf(person.actor.userId);
  await expect(hear(person, aRequest())).rejects.toThrow(/^4 answers are being written for you already/);
  expect(await world.balanceOf(person.actor.userId)).toBe(balance);
  rest.resolve();
  await Promise.all(heard);
});

test('what is answered word by word cannot be asked for by the other door', async () => {
  const world = await aNewWorld();
  await expect(requestGeneration(await world.aPerson(), aRequest())).rejects.toMatchObject({ code: 'invalid' });
});
