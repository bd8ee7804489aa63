import { migrate } from '@repo/db';
import { type Rebuilt, rebuildDerived } from '@repo/runtime/rebuild';
import { say, step } from './say.ts';
import { loadSettings } from './settings.ts';
import { withDatabase } from './with-database.ts';

/** `npm run rebuild`: counts anew what is derived from other rows. The product may run meanwhile. */
async function rebuild(): Promise<void> {
  const settings = loadSettings();
  const rebuilt = await withDatabase(settings, { besideProduct: true }, async (url) => {
    if (!settings.env.DATABASE_URL) await migrate(url);
    return step('Counting anew', () => rebuildDerived(url));
  });
  tell(rebuilt);
}

function tell({ balances, months, days }: Rebuilt): void {
  say(`  Balances that were wrong and are right now: ${balances}`);
  say(`  Months of people and brands counted for quotas: ${months}`);
  say(`  Rows of usage by day: ${days}\n`);
}

say();
await rebuild().catch((problem: unknown) => {
  say(`\n${problem instanceof Error ? problem.message : problem}\n`);
  process.exitCode = 1;
});
