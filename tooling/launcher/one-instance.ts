import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, realpathSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { makeDataFolder } from './make-data-folder.ts';

/** What a running launcher tells another one. */
export type Running = { pid: number; web: string; admin: string; isReady: boolean };

export type Claim =
  | { isOurs: true; update: (running: Running) => void; release: () => void }
  | { isOurs: false; running: Running };

/** Claims `dataDir`, made where it is missing, or tells who has it. The claim of a killed process counts for nothing. */
export async function claimDataDir(dataDir: string, self: Running): Promise<Claim> {
  makeDataFolder(dataDir);
  const door = doorOf(realpathSync(dataDir));
  const unlock = await takeTurn(`${door}.turn`);
  try {
    const running = await askWhoRuns(door);
    if (running) return { isOurs: false, running };
    if (process.platform !== 'win32') rmSync(door, { force: true });
    let told = self;
    const server = await openDoor(door, () => JSON.stringify(told));
    return {
      isOurs: true,
      update: (running) => {
        told = running;
      },
      release: () => server.close(),
    };
  } finally {
    unlock();
  }
}

/** Not in TMPDIR, which may differ between two terminals of one person. */
function doorOf(dataDir: string): string {
  const name = createHash('sha256')
    .update(`${process.getuid?.() ?? ''}:${dataDir}`)
    .digest('hex')
    .slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\remixify-${name}`;
  return join(existsSync('/tmp') ? '/tmp' : tmpdir(), `remixify-${name}.sock`);
}

function askWhoRuns(door: string): Promise<Running | undefined> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(door);
    socket.setEncoding('utf8').on('data', (chunk) => {
      answer += chunk;
    });
    socket.once('end', () => resolve(JSON.parse(answer) as Running));
    socket.once('error', (problem: NodeJS.ErrnoException) => {
      if (problem.code === 'ENOENT' || problem.code === 'ECONNREFUSED') resolve(undefined);
      else reject(problem);
    });
  });
}

function openDoor(door: string, tell: () => string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.end(tell());
    });
    server.once('error', reject).listen(door, () => {
      server.unref();
      resolve(server);
    });
  });
}

/** Two starts at the same moment must not both find the door of a dead one. A turn lasts milliseconds. */
async function takeTurn(folder: string): Promise<() => void> {
  if (process.platform === 'win32') return () => {};
  for (;;) {
    try {
      mkdirSync(folder);
      return () => rmdirSync(folder);
    } catch (problem) {
      if ((problem as NodeJS.ErrnoException).code !== 'EEXIST') throw problem;
    }
    try {
      if (Date.now() - statSync(folder).mtimeMs > 10_000) rmdirSync(folder);
    } catch {
      // Its owner has just given it back.
    }
    await wait(20);
  }
}
