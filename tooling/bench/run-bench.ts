import { step } from '../launcher/say.ts';
import type { Row, Size } from './bench-group.ts';
import { chooseGroups, findGroups } from './find-groups.ts';
import { openHouse } from './open-house.ts';
import type { Report } from './print-report.ts';

const SECONDS = 4;

const long: Size = { isShort: false, seconds: SECONDS, runs: (count) => count };
const short: Size = { isShort: true, seconds: 0.05, runs: () => 1 };
const FEED = { long: { ads: 4_000, remixes: 4_000 }, short: { ads: 400, remixes: 100 } };

/** Starts the product, measures it beside its floors, and ends everything. */
export async function runBench(wanted: string[], { isShort = false } = {}): Promise<Report> {
  const start = performance.now();
  const groups = chooseGroups(await findGroups(), wanted);
  const house = await step('Starting the product with a filled database', () =>
    openHouse(isShort ? FEED.short : FEED.long),
  );
  const rows: (Row & { group: string })[] = [];
  const failures: string[] = [];
  try {
    for (const { name, title, run } of groups) {
      try {
        const measured = await step(title, () => run(house, isShort ? short : long));
        rows.push(...measured.map((row) => ({ group: name, ...row })));
      } catch (problem) {
        // What the others measured is worth telling all the same.
        failures.push(`${title}: ${problem instanceof Error ? problem.message : String(problem)}`);
      }
    }
  } finally {
    await house.close();
  }
  return { rows, failures, postgresVersion: house.postgresVersion, seconds: (performance.now() - start) / 1000 };
}
