import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PNPM = 'pnpm@10.34.8';
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const modules = join(root, 'node_modules');
const stamp = join(modules, '.remixify-install');

/** The Node that the lockfile pins, as a program and not as a shell script, so that signals reach it. */
export const pinnedNode = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** Installs what the lockfile names unless that was done already. False, after telling why, if it failed. */
export async function ensureInstalled() {
  const wanted = fingerprint();
  if (isInstalled(wanted)) return true;
  const unlock = await lock();
  try {
    // Another command may have installed it while this one waited.
    return isInstalled(wanted) || (await install(wanted));
  } finally {
    unlock();
  }
}

const isInstalled = (wanted) => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(pinnedNode);

function fingerprint() {
  const folders = ['apps', 'packages'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(folder, name)),
  );
  const manifests = ['.', 'tooling', ...folders].map((folder) => join(root, folder, 'package.json')).filter(existsSync);
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
  for (const file of [join(root, 'pnpm-lock.yaml'), join(root, 'pnpm-workspace.yaml'), ...manifests]) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

async function install(wanted) {
  const isFirst = !existsSync(join(modules, '.pnpm'));
  console.log(isFirst ? '\n  Installing, once. This takes a minute or two.' : '\n  Installing what has changed.');
  rmSync(stamp, { force: true });
  const started = Date.now();
  const { code, problems, output } = await runPnpm();
  if (code === 0 && existsSync(pinnedNode)) {
    writeFileSync(stamp, wanted);
    console.log(`  ✓ Installed  ${((Date.now() - started) / 1000).toFixed(1)} s`);
    return true;
  }
  console.error(`\n${problems.join('\n') || output.join('\n')}\n`);
  console.error(sentenceFor(code, [...problems, ...output].join('\n')));
  return false;
}

function sentenceFor(code, output) {
  if (code === 0) return `The install ended well, but ${pinnedNode} is missing. Delete node_modules and try again.`;
  if (code === 'ENOENT')
    return 'The program "npx" was not found. It comes with npm: install Node from https://nodejs.org';
  if (/ENOSPC/.test(output)) return 'The disk is full. Remixify needs about 2 GB for its packages.';
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH|OFFLINE/.test(output)) {
    return 'The package registry could not be reached. Check the network (or "npm config get registry"), then try again.';
  }
  if (/EACCES|EPERM/.test(output))
    return `This user may not write to ${root}. Start as the user the folder belongs to.`;
  return 'The install did not succeed; the lines above say why. Nothing else was changed, so it is safe to try again.';
}

/** Runs the install and shows our own progress. pnpm's and npm's chatter is kept back unless it fails. */
function runPnpm() {
  const args = ['-y', PNPM, 'install', '--frozen-lockfile', '--prefer-offline', '--prod=false', '--reporter=ndjson'];
  const options = ['--config.confirmModulesPurge=false', '--config.updateNotifier=false'];
  const env = {
    ...process.env,
    npm_config_update_notifier: 'false',
    npm_config_loglevel: 'error',
    npm_config_prefer_offline: 'true',
  };
  // In production pnpm would leave out the half of the packages that builds and tests.
  delete env.NODE_ENV;
  const isWindows = process.platform === 'win32';
  const child = spawn(isWindows ? 'npx.cmd' : 'npx', [...args, ...options], {
    cwd: root,
    env,
    shell: isWindows,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = [];
  const problems = [];
  const progress = showProgress();
  eachLine(child.stdout, (line) => {
    const event = parse(line);
    if (event === undefined) output.push(line);
    else if (event.level === 'error') problems.push(textOf(event));
    else if (event.name === 'pnpm:lifecycle' && event.line) output.push(`${event.depPath}: ${event.line}`);
    else progress.take(event);
  });
  eachLine(child.stderr, (line) => output.push(line));
  return new Promise((resolve) => {
    const end = (code) => {
      progress.end();
      resolve({ code, problems, output });
    };
    child.once('error', (error) => end(error.code ?? 1));
    child.once('close', (code) => end(code ?? 1));
  });
}

function showProgress() {
  const isTerminal = process.stdout.isTTY;
  let total = 0;
  let done = 0;
  let stage = 'Fetching the package manager';
  let shown = '';
  const timer = setInterval(show, isTerminal ? 120 : 5000);
  function show() {
    const text = total > 0 ? `${stage}: ${done} of ${total}` : stage;
    if (text === shown) return;
    shown = text;
    if (isTerminal) process.stdout.write(`\r\x1b[2K  … ${text}`);
    else console.log(`  … ${text}`);
  }
  return {
    take(event) {
      if (event.name === 'pnpm:progress') {
        stage = 'Packages';
        if (event.status === 'resolved') total++;
        if (event.status === 'imported') done++;
      } else if (event.name === 'pnpm:stage' && event.stage === 'importing_done') {
        stage = 'Setting up Node 24, Postgres 18 and the tools';
        total = 0;
      }
    },
    end() {
      clearInterval(timer);
      if (isTerminal) process.stdout.write('\r\x1b[2K');
    },
  };
}

function eachLine(stream, take) {
  let rest = '';
  stream.setEncoding('utf8').on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) if (line.trim()) take(line);
  });
  stream.on('end', () => rest.trim() && take(rest));
}

function parse(line) {
  try {
    return line.startsWith('{') ? JSON.parse(line) : undefined;
  } catch {
    return undefined;
  }
}

const textOf = (event) =>
  [event.err?.code, event.err?.message ?? event.message, event.hint ?? event.err?.hint].filter(Boolean).join(' ');

/** Two commands at once must not install into the same folder. A lock whose owner has died is taken over. */
async function lock() {
  mkdirSync(modules, { recursive: true });
  const file = join(modules, '.remixify-installing');
  for (let isTold = false; ; ) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      process.once('exit', () => rmSync(file, { force: true }));
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isAbandoned(file)) rmSync(file, { force: true });
    else if (!isTold) {
      isTold = true;
      console.log('  … Another command is installing; waiting for it.');
    }
    await wait(500);
  }
}

function isAbandoned(file) {
  try {
    const owner = Number(readFileSync(file, 'utf8'));
    // The owner writes its number right after making the file.
    if (!owner) return Date.now() - statSync(file).mtimeMs > 5000;
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
