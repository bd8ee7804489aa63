import { spawn } from 'node:child_process';
import { root } from './paths.ts';

/**
 * Runs a short Node program to its end and keeps its output back.
 * @throws Error that is what the program said, if it ends with another code than 0.
 */
export async function runProgram(args: string[], env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<void> {
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], signal });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  if (code !== 0) throw new Error(output.trim() || `${args.join(' ')} ended with code ${code}.`);
}
