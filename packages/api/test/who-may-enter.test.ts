import { readFileSync } from 'node:fs';
import type { ReaderContext } from '@repo/domain/context';
import { SCOPE_NAMES, type Scope } from '@repo/domain/permissions/rules';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type AccessCase,
  type Answer,
  accessTable,
  answerFor,
  aScene,
  describePolicy,
  EVERYBODY,
  listProcedures,
  type Scene,
  type Who,
} from '../src/policy/index.ts';
import { aHouse, type House } from './api-house.ts';

const procedures = listProcedures();

let house: House;
let scene: Scene;
beforeAll(async () => {
  house = await aHouse();
  scene = await aScene(house);
});
afterAll(() => house.close());

test('every procedure has its row in the table, and every row its procedure', () => {
  expect(Object.keys(accessTable).sort()).toEqual(procedures.map(({ path }) => path).sort());
});

test('every procedure but a subscription declares the shape of its answer', () => {
  const without = procedures.filter(({ type, hasOutput }) => type !== 'subscription' && !hasOutput);
  expect(without.map(({ path }) => path)).toEqual([]);
});

test('every procedure says its address, its scope and its cost, and no two share an address', () => {
  expect(procedures.filter(({ meta }) => !meta).map(({ path }) => path)).toEqual([]);
  const addresses = procedures.flatMap(({ meta }) => meta?.rest?.replaceAll(/\{\w+\}/g, '{}') ?? []);
  expect(addresses.filter((address, n) => addresses.indexOf(address) !== n)).toEqual([]);
});

test('docs/policy.md says what the table says', () => {
  const written = readFileSync(new URL('../../../docs/policy.md', import.meta.url), 'utf8');
  expect(written === describePolicy(), 'docs/policy.md is out of date. Write it anew: npm run policy').toBe(true);
});

/** What is said to somebody who asks, and whether asking made a guest of them. */
async function ask(path: string, asker: ReaderContext, input: unknown): Promise<Answer> {
  const before = house.presses.length;
  const steps = path.split('.');
  const [noun, verb] = [steps[0]!, steps[1]!];
  const caller = house.callerOf(asker) as unknown as Record<
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

/** Whoever is refused asks for what the person gets in the end; whoever else may have it asks for one of their own. */
function inputsOf(entry: AccessCase) {
  let shared: unknown;
  return async (who: Who): Promise<unknown> => {
    const isLast = who === 'person';
    if (answerFor(entry, who).refusal === null && !isLast) return entry.input(scene, who);
    if (String(entry.input).includes('pictureOf')) return entry.input(scene, who);
    shared ??= await entry.input(scene, who);
    return shared;
  };
}

const personWith = (scopes: readonly Scope[]): ReaderContext => ({
  ...scene.actors.person,
  key: { scopes, brandId: null },
});

describe.each(rows)('$path, when $when', ({ path, entry }) => {
  test('everybody is told what the table says', async () => {
    const inputOf = inputsOf(entry);
    const told: Partial<Record<Who, Answer>> = {};
    for (const who of EVERYBODY) told[who] = await ask(path, scene.actors[who], await inputOf(who));
    expect(told).toEqual(Object.fromEntries(EVERYBODY.map((who) => [who, answerFor(entry, who)])));
  });

  test('a key with its scope is like its person, and one without it is refused', async () => {
    const { scope } = procedures.find((each) => each.path === path)!.meta!;
    const input = await entry.input(scene, 'person');
    const message = `This key lacks the scope ${scope}.`;
    const refused = { becomesGuest: false, refusal: { code: 'FORBIDDEN', message } };
    const others = SCOPE_NAMES.filter((name) => name !== scope);
    if (scope) expect(await ask(path, personWith(others), input)).toEqual(refused);
    expect(await ask(path, personWith(scope ? [scope] : []), input)).toEqual(entry.person);
  });
});
