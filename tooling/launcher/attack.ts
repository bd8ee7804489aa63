import { countFindings, tableOf } from '../attack/report.ts';
import { runAttack } from '../attack/run-attack.ts';
import { appsToBuild, buildApps } from './build.ts';
import { say, step } from './say.ts';

// npm run attack -- [name of an attack ...] [--share 0.1]
const args = process.argv.slice(2);
const at = args.indexOf('--share');
const share = at < 0 ? 1 : Number(args[at + 1]);
const wanted = args.filter((_, n) => at < 0 || (n !== at && n !== at + 1));

say();
try {
  if (!(share > 0 && share <= 1)) throw new Error('--share must be above 0 and at most 1.');
  const apps = appsToBuild().filter((app) => app !== 'admin');
  if (apps.length > 0) await step(`Building ${apps.join(', ')}`, () => buildApps(apps));
  const tallies = await step('Attacking', (note) => runAttack({ share, wanted, onAttack: note }));
  say(`\n${tableOf(tallies)}\n`);
  process.exitCode = countFindings(tallies) > 0 ? 1 : 0;
} catch (problem) {
  say(`\n${problem instanceof Error ? problem.message : problem}\n`);
  process.exitCode = 1;
}
