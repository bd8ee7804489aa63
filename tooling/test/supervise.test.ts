import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { type Supervised, supervise } from '../launcher/supervise.ts';

const folder = mkdtempSync(join(tmpdir(), 'remixify-supervise-'));
const programs: Supervised[] = [];
afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.stop()));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A program that writes the line "<number of its process>" each time it has started. */
function run(script: string): { program: Supervised; starts: () => number[] } {
  const file = join(mkdtempSync(join(folder, 'run-')), 'starts');
  writeFileSync(file, '');
  const note = `require('node:fs').appendFileSync(${JSON.stringify(file)}, process.pid + '\\n');`;
  const program = supervise({ name: 'worker', args: ['-e', `${script};${note}`], env: process.env });
  programs.push(program);
  return { program, starts: () => readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number) };
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('a program that is killed is started again', async () => {
  const { program, starts } = run('setInterval(() => {}, 1000)');
  await vi.waitFor(() => expect(starts()).toHaveLength(1), 10_000);
  program.markReady();
  process.kill(starts()[0]!, 'SIGKILL');
  await vi.waitFor(() => expect(starts()).toHaveLength(2), 10_000);
  expect(isAlive(starts()[1]!)).toBe(true);
});

test('a program that never gets ready is given up after three attempts, with the reason', async () => {
  const { program, starts } = run('setImmediate(() => process.exit(7))');
  expect(await program.givenUp).toContain('3 times while starting (code 7)');
  expect(starts()).toHaveLength(3);
});

test('a stop lets the program finish what it is at', async () => {
  const finished = join(mkdtempSync(join(folder, 'run-')), 'finished');
  const finish = `require('node:fs').writeFileSync(${JSON.stringify(finished)}, ''); process.exit(0);`;
  const { program, starts } = run(
    `process.on('SIGTERM', () => setTimeout(() => { ${finish} }, 200)); setInterval(() => {}, 1000)`,
  );
  await vi.waitFor(() => expect(starts()).toHaveLength(1), 10_000);
  const pid = starts()[0]!;
  await program.stop();
  expect(existsSync(finished)).toBe(true);
  expect(isAlive(pid)).toBe(false);
});
