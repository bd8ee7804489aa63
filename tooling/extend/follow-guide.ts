import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Step } from './read-guide.ts';

/** Does what one step says in the copy at `folder`. @throws Error saying what does not fit, or what a command printed. */
export async function followStep(folder: string, step: Step): Promise<void> {
  switch (step.kind) {
    case 'create': {
      const path = join(folder, step.file);
      if (existsSync(path)) throw new Error(`${step.file} is there already.`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, step.text);
      return;
    }
    case 'insert': {
      const path = join(folder, step.file);
      const lines = readFileSync(path, 'utf8').split('\n');
      const places = lines.flatMap((line, at) => (line.trim() === step.after.trim() ? [at] : []));
      if (places.length !== 1) throw new Error(`${step.file} has the line "${step.after}" ${places.length} times.`);
      lines.splice(places[0]! + 1, 0, ...step.text.trimEnd().split('\n'));
      writeFileSync(path, lines.join('\n'));
      return;
    }
    case 'append': {
      const found = globSync(step.pattern, { cwd: folder });
      if (found.length !== 1) throw new Error(`${found.length} files fit ${step.pattern}.`);
      appendFileSync(join(folder, found[0]!), step.text);
      return;
    }
    case 'run':
      return runIn(folder, step.command);
  }
}

/** What a step is about, for whoever watches. */
export const nameOf = (step: Step): string =>
  step.kind === 'run'
    ? step.command
    : step.kind === 'append'
      ? `${step.pattern} is added to`
      : `${step.kind} ${step.file}`;

function runIn(folder: string, command: string): Promise<void> {
  // The tools that the repository brings, as a developer's shell finds them by npx or pnpm.
  const path = [join(folder, 'node_modules/.bin'), process.env['PATH']].join(delimiter);
  const env: NodeJS.ProcessEnv = { ...process.env, PATH: path, NO_COLOR: '1' };
  for (const name of Object.keys(env)) if (/^(VITEST|npm_|INIT_CWD|DATABASE_|DATA_DIR)/.test(name)) delete env[name];
  const child = spawn('sh', ['-c', command], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}:\n${output.slice(-6_000)}`)),
    );
  });
}
