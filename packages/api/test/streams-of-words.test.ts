import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aHouse, type House } from './api-house.ts';

let house: House;
beforeAll(async () => {
  house = await aHouse();
});
afterAll(() => house.close());

test('an answer comes word by word over HTTP, is kept whole, and is charged by what it took', async () => {
  const person = await house.aPerson();
  const idempotencyKey = randomUUID();
  const lines = await house.readLines(person, 'generation.stream', {
    kind: 'text.stream',
    prompt: 'a story',
    idempotencyKey,
  });
  const places = ['"opened"', 'Once ', 'upon ', 'a time.', '"end"'].map((sign) =>
    lines.findIndex((line) => line.includes(sign)),
  );
  expect(places.every((place) => place >= 0)).toBe(true);
  // Each in a line of its own, in the order in which they were said.
  expect(places).toEqual([...new Set(places)].toSorted((a, b) => a - b));

  const id = lines.join('').match(/"generationId":"([^"]+)"/)![1]!;
  const { result } = await house.get(person, 'generation.byId', { id });
  expect(result).toMatchObject({ status: 'done', output: { kind: 'text.stream', text: 'Once upon a time.' } });
  const receipt = await house.get(person, 'generation.receipt', { id });
  expect(receipt.result).toMatchObject({ captured: 1, sum: 0 });
});

test('the same press again hears the same answer and asks no model a second time', async () => {
  const person = await house.aPerson();
  const press = { kind: 'text.stream', prompt: 'a story', idempotencyKey: randomUUID() };
  await house.readLines(person, 'generation.stream', press);
  const asked = house.text.asked.length;
  const again = await house.readLines(person, 'generation.stream', press);
  expect(again.join('')).toContain('Once upon a time.');
  expect(house.text.asked).toHaveLength(asked);
});

test('what is refused is refused in a sentence before the first word, as everywhere else', async () => {
  const person = await house.aPerson();
  const press = { kind: 'text.stream', prompt: 'a story', idempotencyKey: randomUUID() };
  const ask = (input: object) => house.readLines(person, 'generation.stream', input);
  const unknown = (await ask({ ...press, model: 'acme/none' })).join('');
  expect(unknown).toContain('There is no model \\"acme/none\\".');
  expect(unknown).toContain('BAD_REQUEST');
  await ask(press);
  const other = (await ask({ ...press, prompt: 'another story' })).join('');
  expect(other).toContain('CONFLICT');
  expect(other).not.toContain('Something went wrong');
});
