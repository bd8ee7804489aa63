import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appRouter } from '../src/index.server.ts';
import type { ProcedureMeta } from '../src/procedure-meta.ts';
import { type AccessCase, type Answer, aScene, EVERYBODY, type Scene, type Who } from './access-scene.ts';
import { accessTable } from './access-table.ts';
import { aHouse, type House } from './api-house.ts';

type Procedure = { _def: { type: string; output?: unknown; meta?: ProcedureMeta } };
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>);

let house: House;
let scene: Scene;
beforeAll(async () => {
  house = await aHouse();
  scene = await aScene(house);
});
afterAll(() => house.close());

test('every procedure has its row in the table, and every row its procedure', () => {
  expect(Object.keys(accessTable).sort()).toEqual(procedures.map(([path]) => path).sort());
});

test('every procedure but a subscription declares the shape of its answer', () => {
  const without = procedures.filter(([, { _def }]) => _def.type !== 'subscription' && _def.output === undefined);
  expect(without.map(([path]) => path)).toEqual([]);
});

test('every procedure says its address, its scope and its cost, and no two share an address', () => {
  expect(procedures.filter(([, { _def }]) => !_def.meta).map(([path]) => path)).toEqual([]);
  const addresses = procedures.flatMap(([, { _def }]) => _def.meta?.rest?.replaceAll(/\{\w+\}/g, '{}') ?? []);
  expect(addresses.filter((address, n) => addresses.indexOf(address) !== n)).toEqual([]);
});

/** One input a case, asked with by everybody, so that what the person may do the others were refused a moment before. */
const inputs = new Map<AccessCase, unknown>();
async function inputOf(entry: AccessCase): Promise<unknown> {
  if (!inputs.has(entry)) inputs.set(entry, await entry.input(scene));
  return inputs.get(entry);
}

/** What is said to somebody who asks, and whether asking made a guest of them. */
async function ask(path: string, who: Who, input: unknown): Promise<Answer> {
  const before = house.presses.length;
  const steps = path.split('.');
  const [noun, verb] = [steps[0]!, steps[1]!];
  const caller = house.callerOf(scene.actors[who]) as unknown as Record<
    string,
    Record<string, (input: unknown) => Promise<unknown>>
  >;
  const refusal = await caller[noun]![verb]!(input).then(
    async (answer) => {
      if (isStream(answer)) await answer.return(undefined);
      return null;
    },
    ({ code, message }: { code: string; message: string }) => ({ code, message }),
  );
  return { becomesGuest: house.presses.length - before === 1, refusal };
}

const isStream = (answer: unknown): answer is AsyncGenerator =>
  typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;

const rows = Object.entries(accessTable).flatMap(([path, cases]) =>
  cases.map((entry) => ({ path, when: entry.when, entry })),
);

describe.each(rows)('$path, when $when', ({ path, entry }) => {
  test.each(EVERYBODY.map((who) => ({ who, outcome: wordsFor(entry[who]) })))('$who: $outcome', async ({ who }) => {
    expect(await ask(path, who, await inputOf(entry))).toEqual(entry[who]);
  });
});

function wordsFor({ becomesGuest, refusal }: Answer): string {
  const outcome = refusal ? `told "${refusal.message}"` : 'may';
  return becomesGuest ? `${outcome}, as a new guest` : outcome;
}
