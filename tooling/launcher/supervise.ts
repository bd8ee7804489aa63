import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { root } from './paths.ts';
import { readableLine } from './readable-line.ts';
import { paint, say } from './say.ts';

export type Program = {
  name: 'web' | 'admin' | 'worker';
  /** What Node is given to run. */
  args: string[];
  env: NodeJS.ProcessEnv;
};

export type Supervised = {
  name: string;
  /** Settles if the program keeps dying before it was ever ready: then somebody must look. */
  givenUp: Promise<string>;
  markReady: () => void;
  restart: () => void;
  /** SIGTERM, ten seconds to finish, then SIGKILL. Resolves when it is gone. */
  stop: () => Promise<void>;
  kill: () => void;
};

const COLOURS = { web: 'cyan', admin: 'magenta', worker: 'yellow' } as const;
const ATTEMPTS_BEFORE_READY = 3;
const LONGEST_PAUSE = 30_000;
/** After this long a death is a new misfortune, not the same one. */
const STEADY_AFTER = 60_000;

/** Runs a program and starts it again when it dies, waiting 1 s, 2 s, 4 s and so on up to 30 s. */
export function supervise(program: Program): Supervised {
  const prefix = paint(['dim', COLOURS[program.name]], `${program.name.padEnd(6)} │`);
  let child: ChildProcess | undefined;
  let deaths = 0;
  let isReady = false;
  let isStopping = false;
  let isRestarting = false;
  let timer: NodeJS.Timeout | undefined;
  let giveUp: (why: string) => void = () => {};
  const givenUp = new Promise<string>((resolve) => {
    giveUp = resolve;
  });

  function run(): void {
    const startedAt = Date.now();
    // A group of its own, so that Ctrl-C reaches it only through us; the channel ends it when we are killed.
    child = spawn(process.execPath, program.args, {
      cwd: root,
      env: program.env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        const words = readableLine(line, program.env['LOG_LEVEL']);
        if (words !== null) say(`${prefix} ${words}`);
      });
    }
    let isOver = false;
    const onEnd = (how: string) => {
      if (isOver) return;
      isOver = true;
      child = undefined;
      if (isStopping) return;
      if (isRestarting) {
        isRestarting = false;
        run();
        return;
      }
      recover(how, Date.now() - startedAt);
    };
    child.once('error', (problem) => onEnd(problem.message));
    child.once('close', (code, signal) => onEnd(signal ?? `code ${code}`));
  }

  function recover(how: string, livedFor: number): void {
    if (livedFor > STEADY_AFTER) deaths = 0;
    deaths++;
    if (!isReady && deaths >= ATTEMPTS_BEFORE_READY) {
      giveUp(`${program.name} ended ${deaths} times while starting (${how}). Its own words are above.`);
      return;
    }
    const pause = Math.min(1000 * 2 ** (deaths - 1), LONGEST_PAUSE);
    say(`${prefix} ${paint('yellow', `ended (${how}); starting again in ${pause / 1000} s`)}`);
    timer = setTimeout(run, pause);
  }

  function stop(): Promise<void> {
    isStopping = true;
    clearTimeout(timer);
    const stopped = child;
    if (!stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const patience = setTimeout(() => killTree(stopped, 'SIGKILL'), 10_000);
      stopped.once('close', () => {
        clearTimeout(patience);
        resolve();
      });
      askToEnd(stopped);
    });
  }

  run();
  return {
    name: program.name,
    givenUp,
    markReady: () => {
      isReady = true;
    },
    restart: () => {
      if (!child || isStopping) return;
      isRestarting = true;
      askToEnd(child);
    },
    stop,
    kill: () => child && killTree(child, 'SIGKILL'),
  };
}

/** Windows knows no SIGTERM: there the closed channel is the request to end. */
function askToEnd(child: ChildProcess): void {
  if (process.platform !== 'win32') child.kill('SIGTERM');
  else if (child.connected) child.disconnect();
}

/** Whatever the program started goes with it. */
function killTree(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined && process.platform !== 'win32') process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // Gone already.
  }
}
