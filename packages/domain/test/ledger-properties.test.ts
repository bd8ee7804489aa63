import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UserContext } from '../src/context.ts';
import { adjustCredits } from '../src/credits/adjust-credits.ts';
import { readBalance } from '../src/credits/read-credits.ts';
import { refundGeneration } from '../src/credits/refund-generation.ts';
import { transferCredits } from '../src/credits/transfer-credits.ts';
import { DomainError } from '../src/errors.ts';
import { aLedgerHouse, type LedgerHouse } from './ledger-house.ts';

let house: LedgerHouse;
let staff: UserContext;
beforeAll(async () => {
  house = await aLedgerHouse();
  staff = await house.aPerson('staff');
});
afterAll(() => house.close());

const PEOPLE = 3;
const whose = fc.nat({ max: PEOPLE - 1 });
const which = fc.nat({ max: 7 });
const amount = fc.integer({ min: 1, max: 60 });
/** Everything that moves credits. `which` names one of the generations that were begun so far. */
const step = fc.oneof(
  fc.record({ do: fc.constant('grant' as const), whose }),
  fc.record({ do: fc.constant('hold' as const), whose, amount }),
  fc.record({ do: fc.constant('capture' as const), which, amount: fc.integer({ min: 0, max: 60 }) }),
  fc.record({ do: fc.constant('release' as const), which }),
  fc.record({ do: fc.constant('refund' as const), which, key: fc.constantFrom('one', 'two') }),
  fc.record({
    do: fc.constant('adjust' as const),
    whose,
    amount: fc.integer({ min: -60, max: 60 }).filter((n) => n !== 0),
  }),
  fc.record({ do: fc.constant('transfer' as const), whose, to: whose, amount }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What a generation's credits became, as the answers said. */
type Begun = { id: string; held: number; captured: number; released: number; refunded: number };

async function aGame() {
  const people = await Promise.all(Array.from({ length: PEOPLE }, () => house.aPerson()));
  const begun: Begun[] = [];
  let keys = 0;
  const run = async (move: Step): Promise<void> => {
    switch (move.do) {
      case 'grant':
        await readBalance(people[move.whose]!);
        return;
      case 'hold': {
        const id = await house.held(people[move.whose]!, move.amount);
        begun.push({ id, held: move.amount, captured: 0, released: 0, refunded: 0 });
        return;
      }
      case 'capture': {
        const one = begun[move.which];
        if (!one) return;
        const captured = await house.capture(one.id, move.amount);
        one.captured += captured;
        return;
      }
      case 'release': {
        const one = begun[move.which];
        if (one) one.released += await house.release(one.id);
        return;
      }
      case 'refund': {
        const one = begun[move.which];
        if (!one) return;
        const idempotencyKey = `${one.id.slice(0, 30)}-${move.key}`;
        const { credits } = await refundGeneration(staff, { generationId: one.id, reason: 'A move.', idempotencyKey });
        one.refunded = Math.max(one.refunded, credits);
        return;
      }
      case 'adjust': {
        const to = { userId: people[move.whose]!.actor.userId };
        keys += 1;
        const idempotencyKey = `${to.userId.slice(0, 30)}-${keys}`;
        await adjustCredits(staff, { to, amount: move.amount, reason: 'A move.', idempotencyKey });
        return;
      }
      case 'transfer': {
        const [from, to] = [people[move.whose]!.actor.userId, people[move.to]!.actor.userId];
        // Only from earlier to later people, as guests only ever become accounts.
        if (move.whose >= move.to) return;
        const transfer = { fromUserId: from, toUserId: to, atMost: move.amount, memo: 'A move', now: house.clock.now };
        await house.asSystem((tx) => transferCredits(tx, transfer));
        return;
      }
      default:
        move satisfies never;
    }
  };
  return { people, begun, run };
}

/** The same game on paper, one move after the other: what each person has in the end. */
function onPaper(moves: readonly Step[]): number[] {
  const has = Array<number>(PEOPLE).fill(0);
  const isOpened = new Set<number>();
  const transfers = new Set<string>();
  const begun: { whose: number; held: number; captured: number | null; isRefunded: boolean }[] = [];
  const open = (whose: number) => {
    if (!isOpened.has(whose)) has[whose] = Math.max(has[whose]!, 100);
    isOpened.add(whose);
  };
  const settle = (number: number, captured: number) => {
    const one = begun[number];
    if (!one || one.captured !== null) return;
    one.captured = Math.min(captured, one.held);
    has[one.whose]! += one.held - one.captured;
  };
  for (const move of moves) {
    if (move.do === 'grant') open(move.whose);
    if (move.do === 'hold' || move.do === 'adjust') {
      // A refusal takes its allowance back with it, and the next move gives it again.
      const before = { has: has[move.whose]!, isOpened: isOpened.has(move.whose) };
      open(move.whose);
      const change = move.do === 'hold' ? -move.amount : move.amount;
      if (has[move.whose]! + change >= 0) {
        has[move.whose]! += change;
        if (move.do === 'hold') begun.push({ whose: move.whose, held: move.amount, captured: null, isRefunded: false });
      } else {
        has[move.whose] = before.has;
        if (!before.isOpened) isOpened.delete(move.whose);
      }
    }
    if (move.do === 'capture') settle(move.which, move.amount);
    if (move.do === 'release') settle(move.which, 0);
    if (move.do === 'refund') {
      const one = begun[move.which];
      if (one?.captured && !one.isRefunded) {
        one.isRefunded = true;
        has[one.whose]! += one.captured;
      }
    }
    if (move.do === 'transfer' && move.whose < move.to && !transfers.has(`${move.whose}-${move.to}`)) {
      const moved = Math.min(has[move.whose]!, move.amount);
      if (moved > 0) transfers.add(`${move.whose}-${move.to}`);
      has[move.whose]! -= moved;
      has[move.to]! += moved;
    }
  }
  return has;
}

/** Refusals are part of the game, with two exceptions that the engine itself never causes. */
async function mayRefuse(move: Promise<void>): Promise<void> {
  await move.catch((error: unknown) => {
    if (DomainError.is(error) || isSecondTransfer(error)) return;
    throw error;
  });
}
/** A guest is merged once; the ledger refuses a second transfer between the same two. */
const isSecondTransfer = (error: unknown) =>
  error instanceof Error && /ledger_entry_once/.test(String(error.cause ?? error));

async function mustHold({ begun }: Awaited<ReturnType<typeof aGame>>): Promise<void> {
  const { sums, wrongBalances, overdrawn } = await house.books();
  expect(Object.values(sums).every((sum) => sum === 0)).toBe(true);
  expect([wrongBalances, overdrawn]).toEqual([0, 0]);
  for (const { held, captured, released, refunded } of begun) {
    expect(captured + released).toBeLessThanOrEqual(held);
    expect(refunded).toBeLessThanOrEqual(captured);
  }
}

/** `PROPERTY_RUNS=1000 npm test -- propert` looks longer, at other sequences each time. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 25);

test(
  'no sequence of movements makes credits, loses any, or takes an account below zero',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (moves) => {
        const game = await aGame();
        for (const move of moves) {
          await mayRefuse(game.run(move));
        }
        await mustHold(game);
        const has = await Promise.all(game.people.map(({ actor }) => house.balanceOf(actor)));
        expect(has).toEqual(onPaper(moves));
      }),
      { numRuns: RUNS },
    );
  },
  120_000 + RUNS * 2_000,
);

test(
  'nor does any of them when they come at the same moment, on connections of their own',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 2, maxLength: 12 }), { minLength: 2, maxLength: 5 }),
        async (rounds) => {
          const game = await aGame();
          for (const round of rounds) {
            await Promise.all(round.map((move) => mayRefuse(game.run(move))));
          }
          await mustHold(game);
        },
      ),
      { numRuns: RUNS },
    );
  },
  120_000 + RUNS * 2_000,
);
