import { globSync } from 'node:fs';
import { appsToBuild, buildApps } from './build.ts';
import { check, conclude, endOnSignals, formatAndLint, type Outcome, types, vitest } from './check-steps.ts';
import { root } from './paths.ts';
import { paint, say } from './say.ts';

const filters = process.argv.slice(2);
endOnSignals();
const outcomes = filters.length > 0 ? await runFiltered(filters) : await runEverything();
process.exit(await conclude(outcomes));

async function runEverything(): Promise<Outcome[]> {
  say(`\n  ${paint('bold', 'Checking the sources')}`);
  // Two lanes for two cores: the build beside everything that reads the sources only.
  const [built, ...read] = await Promise.all([
    check('Build', build),
    check('Format and lint', formatAndLint),
    check('Types', types),
  ]);
  const tests = await vitest('Unit and integration tests', ['--project=unit', '--silent=passed-only']);
  const outcomes = [...read, built, tests];
  if (built.failed === 0) outcomes.push(...(await runBuilt()));
  else say('\n  The browser journey was not run, because there is no build to open.');
  return outcomes;
}

/** Two lanes again: one waits for a browser most of the time, the other for processes to start and to end. */
function runBuilt(): Promise<Outcome[]> {
  return Promise.all([
    vitest('Browser journey', ['--project=e2e']),
    vitest('The product in processes', ['--project=processes'], { isQuietUntilItEnds: true }),
  ]);
}

/** `npm test -- upload` runs the test files whose path contains "upload", and nothing else. */
async function runFiltered(wanted: string[]): Promise<Outcome[]> {
  const journeys = globSync('apps/*/{e2e,processes}/**/*.e2e.ts', { cwd: root });
  const needsBuild = journeys.some((file) => wanted.some((part) => file.includes(part)));
  const outcomes = needsBuild ? [await check('Build', build)] : [];
  return [...outcomes, await vitest('Tests', wanted)];
}

async function build(): Promise<void> {
  await buildApps(appsToBuild());
}
