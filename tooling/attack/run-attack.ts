import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brokenness, call, calls } from './ask.ts';
import { openTarget } from './open-target.ts';
import { createTally, type Tally } from './report.ts';
import type { Attack, Target } from './target.ts';

const FOLDER = join(import.meta.dirname, 'attacks');

export type AttackOptions = {
  /** 1: the long form. A share of it for the suite. */
  share: number;
  /** Only attacks whose file is named so; all where empty. */
  wanted?: readonly string[];
  onAttack?(title: string): void;
};

/** Runs every attack in `attacks` against a product of its own, one after the other. */
export async function runAttack({ share, wanted = [], onAttack }: AttackOptions): Promise<Tally[]> {
  const files = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.ts') && (wanted.length === 0 || wanted.includes(file.slice(0, -3))))
    .toSorted();
  const { target, close } = await openTarget(share);
  try {
    const tallies: Tally[] = [];
    for (const file of files) {
      const { attack } = (await import(join(FOLDER, file))) as { attack: Attack };
      onAttack?.(attack.title);
      const { report, tally } = createTally(attack.title);
      const started = performance.now();
      await showAgain(target);
      await attack.run(target, report);
      report.tried(await aftermath(target));
      tally.seconds = (performance.now() - started) / 1_000;
      tallies.push(tally);
    }
    return tallies;
  } finally {
    await close();
  }
}

/** The staff may hide what the next attack is about, and a fuzz that asks as the staff does. */
async function showAgain({ sql, known }: Target): Promise<void> {
  await sql`update ad set status = 'published' where id = ${known.adId} and status = 'hidden'`;
  await sql`update remix set status = 'published' where id = ${known.publishedId} and status = 'hidden'`;
}

/** After every attack the product must still answer, and its books must still be even. */
async function aftermath(target: Target): Promise<string | null> {
  const said = await call(target, calls.find(({ path }) => path === 'ads.feed')!, {});
  if (said.status !== 200)
    return brokenness(said, 'the feed afterwards') ?? `the feed afterwards answered ${said.status}`;
  const [books] = await target.sql<{ sum: string; below: number }[]>`
    select coalesce(sum(amount), 0)::text as sum,
      (select count(*)::int from ledger_account where kind in ('user', 'brand') and balance < 0) as below from ledger_entry`;
  if (books!.sum !== '0') return `the ledger sums to ${books!.sum}`;
  return books!.below > 0 ? `${books!.below} accounts are below zero` : null;
}
