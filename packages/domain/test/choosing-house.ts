import { transactAs } from '@repo/db';
import { expect } from 'vitest';
import { DomainError } from '../src/errors.ts';
import type { CatalogueEntry, ModelOrder } from '../src/generation/catalogue.ts';
import { chooseModel, nextInChain } from '../src/generation/choose-model.ts';
import { RequestGenerationInput } from '../src/generation/request-schema.ts';
import { aHealthHouse, anEntry, keyOf } from './health-house.ts';

export const gemini = anEntry('Gemini');
export const openai = anEntry('OpenAI');
export const azure = anEntry('Azure');
export const local = anEntry('Local', { isStandIn: true, isPaid: false });
export const priced = (entry: CatalogueEntry, credits: number): CatalogueEntry => ({
  ...entry,
  prices: { 'image.create': { per: 'image', credits } },
});

export const aRequest = (changes: Record<string, unknown> = {}) =>
  RequestGenerationInput.parse({ kind: 'image.create', prompt: 'a lake', idempotencyKey: 'a-key-of-8', ...changes });

/** A health house in which models are chosen for square pictures, unless a request says otherwise. */
export async function aChoosingHouse(entries: CatalogueEntry[], order: ModelOrder = {}) {
  const house = await aHealthHouse(entries, order);
  const chooseFor = (request: RequestGenerationInput) =>
    transactAs(house.db, house.actor, (tx) => chooseModel(tx, house.shelf, request, house.clock.at));
  const choose = (changes: Record<string, unknown> = {}) => chooseFor(aRequest(changes));
  return {
    ...house,
    chooseFor,
    choose,
    chosen: async (changes: Record<string, unknown> = {}) => (await choose(changes)).entry.label,
    refusal: async (changes: Record<string, unknown> = {}): Promise<string> => {
      const error = await choose(changes).catch((error: unknown) => error);
      if (!DomainError.is(error)) throw new Error(`It was not refused: ${JSON.stringify(error)}`);
      expect(error.code).toBe('invalid');
      return error.message;
    },
    next: (tried: CatalogueEntry[], { heldCredits = 4, allowPaid = true, model = 'auto' } = {}) =>
      transactAs(house.db, house.actor, (tx) =>
        nextInChain(tx, house.shelf, aRequest({ model }), {
          tried: tried.map(({ id }) => id),
          heldCredits,
          allowPaid,
          now: house.clock.at,
        }),
      ),
    down: (entry: CatalogueEntry, probeInSeconds = 60) =>
      house.know(keyOf(entry), {
        state: 'open',
        since: house.clock.at,
        probeUntil: new Date(house.clock.at.getTime() + probeInSeconds * 1000),
      }),
    slow: (entry: CatalogueEntry) =>
      house.know(keyOf(entry), {
        slowSince: house.clock.at,
        recentMs: 40_000,
        usualMs: 12_000,
        p50Ms: 12_000,
        samples: 9,
      }),
    takes: (entry: CatalogueEntry, seconds: number) => house.know(keyOf(entry), { p50Ms: seconds * 1000, samples: 50 }),
  };
}
export type ChoosingHouse = Awaited<ReturnType<typeof aChoosingHouse>>;
