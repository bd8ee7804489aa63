import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './paths.ts';

const TURBO = join(root, 'node_modules/turbo/bin/turbo');
/** What every app is built from beside its own folder. */
const SHARED = ['packages', 'tooling/vite', 'pnpm-lock.yaml', 'tsconfig.json', 'turbo.json'];
const APPS = ['web', 'admin', 'worker'] as const;
const NOT_BUILT = /^(node_modules|build|test|e2e|\.cache)$/;

/** The apps whose sources have changed since they were built. A few milliseconds when none has. */
export function appsToBuild(): string[] {
  const shared = hashOf(SHARED);
  return APPS.filter((app) => {
    const stamp = stampOf(app);
    return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== fingerprint(app, shared);
  });
}

/** Builds by turbo, which remembers earlier builds. @throws Error with everything the failed build said. */
export async function buildApps(apps: string[], signal?: AbortSignal): Promise<void> {
  const shared = hashOf(SHARED);
  const before = new Map(apps.map((app) => [app, fingerprint(app, shared)]));
  await runTurbo(apps, signal);
  for (const [app, print] of before) writeFileSync(stampOf(app), print);
}

async function runTurbo(apps: string[], signal?: AbortSignal): Promise<void> {
  const filters = apps.map((app) => `--filter=@repo/${app}`);
  // Two at a time: the smallest machine we care about has two cores.
  const args = [
    TURBO,
    'run',
    'build',
    ...filters,
    '--concurrency=2',
    '--output-logs=errors-only',
    '--no-update-notifier',
  ];
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      // Turbo runs scripts by pnpm, which a fresh machine has only here.
      PATH: [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter),
      TURBO_TELEMETRY_DISABLED: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  if (code !== 0) throw new Error(`The build of ${apps.join(', ')} failed.\n\n${output.trim()}`);
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
