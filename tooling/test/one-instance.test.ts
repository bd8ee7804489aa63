import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type Claim, claimDataDir, type Running } from '../launcher/one-instance.ts';

const SELF: Running = { pid: 1, web: 'http://localhost:3000', admin: 'http://localhost:3001', isReady: false };

const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0).reverse()) cleanUp();
});

function aDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'remixify-claim-'));
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function claim(dataDir: string): Promise<Claim> {
  const claimed = await claimDataDir(dataDir, SELF);
  if (claimed.isOurs) cleanUps.push(claimed.release);
  return claimed;
}

test('a second start learns who runs already, and where', async () => {
  const dataDir = aDataDir();
  const first = await claim(dataDir);
  if (!first.isOurs) throw new Error('The folder should have been free.');
  first.update({ ...SELF, isReady: true });
  expect(await claim(dataDir)).toEqual({ isOurs: false, running: { ...SELF, isReady: true } });
});

test('two data folders do not know of each other', async () => {
  expect(await claim(aDataDir())).toMatchObject({ isOurs: true });
  expect(await claim(aDataDir())).toMatchObject({ isOurs: true });
});

test('a claim that was given back is free', async () => {
  const dataDir = aDataDir();
  const first = await claim(dataDir);
  if (first.isOurs) first.release();
  expect(await claim(dataDir)).toMatchObject({ isOurs: true });
});

test('the claim of a killed process counts for nothing', async () => {
  const dataDir = aDataDir();
  const module = JSON.stringify(new URL('../launcher/one-instance.ts', import.meta.url).href);
  const script = `const { claimDataDir } = await import(${module});
    await claimDataDir(${JSON.stringify(dataDir)}, ${JSON.stringify(SELF)});
    console.log('claimed'); setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script]);
  await once(holder.stdout, 'data');
  expect(await claim(dataDir)).toMatchObject({ isOurs: false });
  holder.kill('SIGKILL');
  await once(holder, 'close');
  expect(await claim(dataDir)).toMatchObject({ isOurs: true });
});

test('of many starts at the same moment exactly one wins', async () => {
  const dataDir = aDataDir();
  const claims = await Promise.all(Array.from({ length: 12 }, () => claim(dataDir)));
  expect(claims.filter((claimed) => claimed.isOurs)).toHaveLength(1);
});

test('a folder that is missing is made, and one that cannot be is named in a sentence', async () => {
  const dataDir = join(aDataDir(), 'of', 'a', 'new', 'machine');
  expect(await claim(dataDir)).toMatchObject({ isOurs: true });
  expect(existsSync(dataDir)).toBe(true);
  const file = join(aDataDir(), 'a-file');
  writeFileSync(file, '');
  for (const inside of [file, join(file, 'data')]) {
    await expect(claim(inside)).rejects.toThrow(`DATA_DIR: ${inside} cannot be used: a part of it is a file.`);
  }
});

test.runIf(process.platform === 'linux')('a place that takes no folders ends the start, and does not hang it', () => {
  const module = JSON.stringify(new URL('../launcher/make-data-folder.ts', import.meta.url).href);
  const script = `const { makeDataFolder } = await import(${module}); makeDataFolder('/proc/x/data');`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect(status).toBe(1);
  expect(stderr).toContain('DATA_DIR: /proc/x/data cannot be used: no folder can be made there.');
});
