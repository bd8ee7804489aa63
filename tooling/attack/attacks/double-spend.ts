import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { call, must } from '../ask.ts';
import { seatPoor } from '../seat-poor.ts';
import { type Attack, type Somebody, some, type Target } from '../target.ts';

/** Many requests at the same moment for credits that pay for few: not one credit is spent twice. */
export const attack: Attack = {
  title: 'Races for the same credits',
  async run(target, report) {
    for (let round = 0; round < some(target, 6, 1); round += 1) {
      const racer = await seatPoor(target);
      const { credits } = await must<{ credits: number }>(target, 'credits.balance', null, racer);
      const press = (idempotencyKey: string) =>
        call(
          target,
          { path: 'remixes.request', type: 'mutation' },
          { adId: target.known.adId, prompt: `race ${round} ${idempotencyKey}`, idempotencyKey },
          racer,
        );
      const all = await Promise.all(Array.from({ length: some(target, 150, 40) }, () => press(randomUUID())));
      const taken = all.filter(({ status }) => status === 200).length;
      // 503: turned away before anything was done, because too many came at once.
      const others = all.filter(({ status }) => ![200, 402, 429, 503].includes(status));
      report.tried(others.length === 0 ? null : `of a race, ${others.length} were answered ${others[0]!.status}`);
      report.tried(await heldProblem(target, racer, credits, taken));
      const key = randomUUID();
      const same = await Promise.all(Array.from({ length: 20 }, () => press(key)));
      const ids = new Set(same.filter(({ status }) => status === 200).map(({ text }) => text));
      report.tried(ids.size <= 1 ? null : `one press made ${ids.size} remixes`);
    }
    await cancelAndFinish(target, report);
  },
};

async function heldProblem({ sql }: Target, racer: Somebody, credits: number, taken: number): Promise<string | null> {
  const [row] = await sql<{ balance: number; quoted: number; generations: number }[]>`
    select (select balance::int from ledger_account where user_id = ${racer.userId}) as balance,
      coalesce(sum(quoted_credits), 0)::int as quoted, count(*)::int as generations from generation
    where owner_id = ${racer.userId} and status in ('queued', 'running', 'retrying', 'checking', 'done')`;
  if (row!.balance < 0) return `a race left ${row!.balance} credits`;
  if (row!.quoted > credits) return `a race with ${credits} credits was given ${row!.quoted}`;
  return row!.generations > taken ? `${taken} presses made ${row!.generations} generations` : null;
}

/** Cancelling while it is finished: it is either done and paid, or cancelled and free. */
async function cancelAndFinish(target: Target, report: { tried(problem: string | null): void }): Promise<void> {
  const { author } = target.people;
  const press = { adId: target.known.adId, prompt: 'pixel art', idempotencyKey: randomUUID() };
  const { remixId } = await must<{ remixId: string }>(target, 'remixes.request', press, author);
  const read = () =>
    must<{ generation: { id: string; status: string } }>(target, 'remixes.byId', { id: remixId }, author);
  const { id } = (await read()).generation;
  await Promise.all(
    Array.from({ length: 10 }, () => call(target, { path: 'generation.cancel', type: 'mutation' }, { id }, author)),
  );
  let status = '';
  for (let n = 0; n < 200 && !['done', 'cancelled', 'failed'].includes(status); n += 1) {
    await wait(50);
    status = (await read()).generation.status;
  }
  const receipt = await must<{ held: number; captured: number; released: number }>(
    target,
    'generation.receipt',
    { id },
    author,
  );
  const isEven = receipt.held === receipt.captured + receipt.released;
  report.tried(
    isEven && (status === 'done' || receipt.captured === 0)
      ? null
      : `a cancelled remix (${status}) held ${receipt.held} and captured ${receipt.captured}`,
  );
}
