import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { countAll, isClean, reportLines } from '../chaos/print-report.ts';
import { runChaos } from '../chaos/run-chaos.ts';
import { appsToBuild, buildApps } from './build.ts';
import { say, step } from './say.ts';

// npm run chaos -- --seed 7 --generations 600 --minutes 5 [--logs file]
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: process.env['CHAOS_SEED'] ?? '1' },
    generations: { type: 'string', default: '600' },
    minutes: { type: 'string', default: '5' },
    logs: { type: 'string' },
  },
});

say();
try {
  const apps = appsToBuild().filter((app) => app !== 'admin');
  if (apps.length > 0) await step(`Building ${apps.join(', ')}`, () => buildApps(apps));
  const options = {
    seed: Number(values.seed),
    generations: Number(values.generations),
    pressMs: Number(values.minutes) * 60_000,
  };
  for (const [name, value] of Object.entries(options)) {
    if (!Number.isFinite(value) || value <= 0) throw new Error(`--${name} must be a number above 0.`);
  }
  let lines: string[] = [];
  let counts = { generations: [], credits: [] } as Awaited<ReturnType<typeof countAll>>;
  const report = await runChaos(
    {
      ...options,
      settleMs: 240_000,
      hasLocalFilms: true,
      leastLies: 50,
      slowestMs: 6_000,
      stallMs: 40_000,
      log: say,
    },
    async ({ sql }) => {
      counts = await countAll(sql);
    },
  );
  lines = reportLines(report, counts);
  say(`\n${lines.join('\n')}\n`);
  if (values.logs) {
    const said = Object.entries(report.said).map(([name, text]) => `=== ${name}\n${text}`);
    writeFileSync(values.logs, said.join('\n'));
  }
  process.exitCode = isClean(report) ? 0 : 1;
} catch (problem) {
  say(`\n${problem instanceof Error ? problem.message : problem}\n`);
  process.exitCode = 1;
}
