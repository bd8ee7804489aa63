import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { root } from './paths.ts';

/**
 * Runs a short Node program to its end. `onLine` gets what it says on the way; nothing is shown here.
 * @throws Error that is what the program said, if it ends with another code than 0.
 */
export async function runProgram(
  args: string[],
  env: NodeJS.ProcessEnv,
  signal?: AbortSignal,
  onLine: (line: string) => void = () => {},
): Promise<void> {
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], signal });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  createInterface({ input: child.stdout }).on('line', onLine);
  const code = await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  if (code !== 0) throw new Error(output.trim() || `${args.join(' ')} ended with code ${code}.`);
}
