import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.ts';

const APPS = ['web', 'admin', 'worker'] as const;
const NOT_BUILT = /^(node_modules|build|test|e2e|\.cache)$/;

/** The apps whose sources have changed since they were built. A few milliseconds when none has. */
export function appsToBuild(): string[] {
  const shared = hashOf(['packages', 'pnpm-lock.yaml', 'tsconfig.json']);
  return APPS.filter((app) => {
    const stamp = stampOf(app);
    return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== fingerprint(app, shared);
  });
}

/** @throws Error with everything the failed build said. */
export async function buildApps(apps: string[], signal?: AbortSignal): Promise<void> {
  const shared = hashOf(['packages', 'pnpm-lock.yaml', 'tsconfig.json']);
  const build = async (app: string) => {
    const before = fingerprint(app, shared);
    await runBuild(app, signal);
    writeFileSync(stampOf(app), before);
  };
  // Two at a time: the smallest machine we care about has two cores.
  const waiting = [...apps];
  const next = async (): Promise<void> => {
    for (let app = waiting.shift(); app; app = waiting.shift()) await build(app);
  };
  await Promise.all([next(), next()]);
}

async function runBuild(app: string, signal?: AbortSignal): Promise<void> {
  const child = spawn(process.execPath, ['--run', 'build'], {
    cwd: join(root, 'apps', app),
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  if (code !== 0) throw new Error(`The build of ${app} failed.\n\n${output.trim()}`);
}

const stampOf = (app: string) => join(root, 'apps', app, 'build', '.stamp');

const fingerprint = (app: string, shared: string) => `${hashOf([`apps/${app}`])}-${shared}-${process.versions.modules}`;

function hashOf(paths: string[]): string {
  const hash = createHash('sha1');
  for (const path of paths) addTo(hash, path);
  return hash.digest('hex');
}

function addTo(hash: ReturnType<typeof createHash>, path: string): void {
  const absolute = join(root, path);
  if (!statSync(absolute).isDirectory()) {
    hash.update(`${path}\0`).update(readFileSync(absolute));
    return;
  }
  for (const name of readdirSync(absolute).toSorted()) {
    if (!NOT_BUILT.test(name)) addTo(hash, `${path}/${name}`);
  }
}
