import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { pinnedNode, root } from './install.mjs';

const isWindows = process.platform === 'win32';

/**
 * Runs `tooling/<script>` on the pinned Node and resolves to its exit code. It gets a process group of its own, so a
 * Ctrl-C arrives once, through here, however many processes stand in between; the channel tells it if we are killed.
 */
export function handOver(script, args) {
  const bin = join(root, 'node_modules', '.bin');
  const child = spawn(pinnedNode, [join(root, 'tooling', script), ...args], {
    env: { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: !isWindows,
  });
  // npm sends the same signal again that the terminal sent already; only a later one is a second Ctrl-C.
  let last = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (Date.now() - last < 500) return;
      last = Date.now();
      if (!isWindows) child.kill(signal);
    });
  }
  stopWithNpm(() => child.kill('SIGTERM'));
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(`${pinnedNode} does not run here (${error.message}). Delete node_modules and try again.`);
      resolve(1);
    });
    child.once('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

/** A signal sent to npm alone ends npm and the shell it started, and tells us nothing. So we look whether it lives. */
function stopWithNpm(stop) {
  const npm = npmAbove();
  if (npm === undefined) return;
  const timer = setInterval(() => {
    try {
      process.kill(npm, 0);
    } catch (error) {
      if (error.code !== 'ESRCH') return;
      clearInterval(timer);
      stop();
    }
  }, 500);
  timer.unref();
}

/** The number of the npm that runs this script: the first process above us that is no shell. */
function npmAbove() {
  if (isWindows || !process.env.npm_lifecycle_event) return undefined;
  try {
    let pid = process.ppid;
    for (let level = 0; level < 4; level++) {
      const { name, parent } = processInfo(pid);
      if (!/^-?(ba|da|a|z)?sh$/.test(name)) return pid;
      pid = parent;
    }
  } catch {
    // Without /proc and ps there is nobody to watch.
  }
  return undefined;
}

/** The program's name as it was called: a shell script's own name would hide the shell. */
function processInfo(pid) {
  if (process.platform === 'linux') {
    const program = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split(/[\0 ]/)[0];
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return { name: basename(program), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) };
  }
  const line = execFileSync('ps', ['-o', 'ppid=,command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  const [parent, program] = line.split(/\s+/);
  return { name: basename(program), parent: Number(parent) };
}
