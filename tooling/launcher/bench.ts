import { printReport } from '../bench/print-report.ts';
import { runBench } from '../bench/run-bench.ts';
import { appsToBuild, buildApps } from './build.ts';
import { say, step } from './say.ts';

say();
try {
  const apps = appsToBuild().filter((app) => app !== 'admin');
  if (apps.length > 0) await step(`Building ${apps.join(', ')}`, () => buildApps(apps));
  const report = await runBench(process.argv.slice(2));
  printReport(report);
  if (report.failures.length > 0) process.exitCode = 1;
} catch (problem) {
  say(`\n${problem instanceof Error ? problem.message : problem}\n`);
  process.exitCode = 1;
}
