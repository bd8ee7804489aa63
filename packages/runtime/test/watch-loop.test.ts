import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const WATCH = join(import.meta.dirname, '../src/worker/watch-loop.ts');

/** How a process of this code ends. */
const run = (code: string) =>
  new Promise<{ signal: string | null; code: number | null; words: string }>((resolve) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'ignore', 'pipe'] });
    let words = '';
    child.stderr.on('data', (chunk) => {
      words += chunk;
    });
    child.once('exit', (exitCode, signal) => resolve({ signal, code: exitCode, words }));
  });

test('a process whose one thread is held for ever is ended, and says why', async () => {
  const ended = await run(`
    const { watchLoop } = await import(${JSON.stringify(WATCH)});
    setInterval(() => {}, 1_000);
    await watchLoop(() => {}, 300);
    for (;;);`);
  expect(ended.signal).toBe('SIGKILL');
  expect(ended.words).toContain('nothing went on for 0.3 s');
}, 30_000);

test('a process that goes on is left alone, and ends when it has nothing more to do', async () => {
  const ended = await run(`
    const { watchLoop } = await import(${JSON.stringify(WATCH)});
    const work = setTimeout(() => {}, 60_000);
    await watchLoop(() => {}, 3_000);
    clearTimeout(work);
    setTimeout(() => {}, 1_500);`);
  expect(ended).toMatchObject({ signal: null, code: 0 });
}, 30_000);
