import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { EnvSchema } from '@repo/runtime/env';
import { root } from './paths.ts';
import { paint, say, secondsSince } from './say.ts';

/** What one step of a check found. A step that is no test run counts as one test. */
export type Outcome = { title: string; passed: number; failed: number; skipped: number; seconds: string };

const cache = join(root, 'node_modules', '.cache', 'remixify');
const children = new Set<ChildProcess>();

/** Runs a check that says nothing when all is well; its output is shown in full when not. */
export async function check(title: string, work: () => Promise<void>): Promise<Outcome> {
  const started = Date.now();
  try {
    await work();
    say(`  ${paint('green', '✓')} ${title}  ${paint('dim', secondsSince(started))}`);
    return { title, passed: 1, failed: 0, skipped: 0, seconds: secondsSince(started) };
  } catch (problem) {
    say(`  ${paint('red', '✗')} ${title}  ${paint('dim', secondsSince(started))}\n`);
    say(problem instanceof Error ? problem.message : String(problem));
    return { title, passed: 0, failed: 1, skipped: 0, seconds: secondsSince(started) };
  }
}

export const formatAndLint = (): Promise<void> =>
  run(['node_modules/@biomejs/biome/bin/biome', 'ci', '--colors=off', '--max-diagnostics=50']);

export const types = (): Promise<void> =>
  run([
    'tooling/node_modules/@typescript/native-preview/bin/tsgo',
    ...['-p', 'tsconfig.json', '--noEmit', '--pretty', 'false'],
    ...['--incremental', '--tsBuildInfoFile', join(cache, 'types.tsbuildinfo')],
  ]);

/** Runs vitest, whose own report goes to the terminal, and counts what it ran. */
export async function vitest(
  title: string,
  args: string[],
  { env = {}, isQuietUntilItEnds = false }: { env?: Record<string, string>; isQuietUntilItEnds?: boolean } = {},
): Promise<Outcome> {
  const started = Date.now();
  mkdirSync(cache, { recursive: true });
  const report = join(cache, `report-${process.pid}-${title.replace(/\W+/g, '-')}.json`);
  const reporters = [
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    '--slowTestThreshold=10000',
  ];
  const command = ['node_modules/vitest/vitest.mjs', 'run', ...args, ...reporters];
  const heading = `\n  ${paint('bold', title)}`;
  if (!isQuietUntilItEnds) say(heading);
  const child = start(command, isQuietUntilItEnds ? 'pipe' : 'inherit', env);
  const output = gather(child);
  const code = await ending(child);
  if (isQuietUntilItEnds) say(`${heading}\n${output()}`);
  const counted = countTests(report, code === 0);
  rmSync(report, { force: true });
  return { title, ...counted, seconds: secondsSince(started) };
}

type Report = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
};

/** A file that could not be loaded, an error outside every test and a run without any test are failures too. */
export function countTests(file: string, isSuccess: boolean): Pick<Outcome, 'passed' | 'failed' | 'skipped'> {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = report.numFailedTests + broken.length;
  const skipped = report.numPendingTests + report.numTodoTests;
  const ranNothing = report.numPassedTests + failed + skipped === 0;
  return { passed: report.numPassedTests, failed: failed || Number(!isSuccess || ranNothing), skipped };
}

/** Prints what took how long and, as the last line, the sum. Resolves to the exit code. */
export function conclude(outcomes: Outcome[]): Promise<number> {
  const sum = (key: 'passed' | 'failed' | 'skipped') => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  say(`\n  ${paint('bold', 'Summary')}`);
  for (const { title, passed, failed, seconds } of outcomes) {
    const mark = failed > 0 ? paint('red', '✗') : paint('green', '✓');
    const tests = passed + failed > 1 ? `${passed} of ${passed + failed}` : '';
    say(`  ${mark} ${title.padEnd(28)} ${tests.padStart(12)} ${paint('dim', seconds.padStart(9))}`);
  }
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
  const line = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  return new Promise((resolve) =>
    process.stdout.write(`\n${line}\n`, () => resolve(failed > 0 || passed === 0 ? 1 : 0)),
  );
}

async function run(args: string[]): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const child = start(args, 'pipe');
  const output = gather(child);
  if ((await ending(child)) !== 0) throw new Error(output().trim());
}

/** What a child has said so far, where it is piped to us. */
function gather(child: ChildProcess): () => string {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
  return () => output;
}

function start(args: string[], output: 'pipe' | 'inherit', extra: Record<string, string> = {}): ChildProcess {
  // Dozens of processes load the same builds: what the first one compiled is there for the others.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(cache, 'compiled'), ...extra };
  // The settings of a developer's shell must not decide how a test ends.
  for (const name of Object.keys(EnvSchema.shape)) if (name !== 'FIXTURES_DIR') delete env[name as keyof typeof env];
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', output, output] });
  children.add(child);
  child.once('close', () => children.delete(child));
  return child;
}

const ending = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));

/** A check that is interrupted ends what it started. Postgres sees by itself that its run is over. */
export function endOnSignals(): void {
  const end = () => {
    for (const child of children) child.kill('SIGTERM');
    process.exit(130);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
  process.once('disconnect', end);
}
