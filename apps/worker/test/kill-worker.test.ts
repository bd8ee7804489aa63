import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { remixes, transactAs } from '@repo/db';
import { readGeneration } from '@repo/domain/generation/read-generations';
import { readReceipt } from '@repo/domain/generation/read-receipt';
import { requestRemix } from '@repo/domain/remixes/request-remix';
import { aWorld, type World } from '@repo/domain/testing';
import { readEnv } from '@repo/runtime/env';
import { modelEntries } from '@repo/runtime/models';
import { eq } from 'drizzle-orm';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
// @ts-expect-error A build script without types.
import { bundleOptions, entryPoints } from '../bundle.mjs';

const SECRET = 'a secret of the worker tests only, long enough';

let world: World;
let bundle: string;
let environment: Record<string, string>;
const workers: ChildProcess[] = [];

beforeAll(async () => {
  // A worker from its sources spends six seconds on loading them. Beside the sources, what it does not bundle is found.
  bundle = await mkdtemp(join(import.meta.dirname, '../build-of-test-'));
  await build({ ...bundleOptions, sourcemap: false, entryPoints, outdir: bundle });
  world = await aWorld();
  // The worker's folder and models are those of this process.
  const settings = {
    DATABASE_URL: world.url,
    DATA_DIR: dirname(world.filesRoot),
    SESSION_SECRET: SECRET,
    ENCRYPTION_KEYS: '1:dGhlLWtleS1vZi10aGUtdGVzdHMtMzItYnl0ZXMtISE=',
  };
  environment = { ...settings, NODE_ENV: 'test' };
  world.tools.models = { entries: modelEntries(readEnv(environment)), order: {}, modelOf: null, streamOf: null };
});

afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await world.close();
  await rm(bundle, { recursive: true, force: true });
});

function startWorker(): { worker: ChildProcess; output: string[] } {
  const output: string[] = [];
  const worker = spawn(process.execPath, [join(bundle, 'worker.js')], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [worker.stdout, worker.stderr]) stream!.on('data', (chunk) => output.push(String(chunk)));
  workers.push(worker);
  return { worker, output };
}

const killed = (worker: ChildProcess) =>
  new Promise<void>((resolve) => {
    worker.once('exit', () => resolve());
    worker.kill('SIGKILL');
  });

test('a worker killed in the middle of a remix is followed by another, which finishes it and charges once', async () => {
  const ad = await world.anAd();
  const guest = await world.aGuest();
  // Many effects, so that the kill falls into the middle of the work.
  const prompt =
    'a snowy night with fog, bokeh, oil paint, a cartoon look, halftone, a polaroid frame, and add the words WINTER SALE';
  const { remixId } = await requestRemix(guest, {
    adId: ad.id,
    prompt,
    model: 'local/effects',
    idempotencyKey: randomUUID(),
  });
  const [row] = await transactAs(world.db, world.system.actor, (tx) =>
    tx.select({ id: remixes.generationId }).from(remixes).where(eq(remixes.id, remixId)),
  );
  const statusNow = async () => (await readGeneration(guest, row!.id)).status;

  const first = startWorker();
  await expect.poll(statusNow, { timeout: 60_000, interval: 5 }).toBe('running');
  await killed(first.worker);
  expect(await statusNow()).toBe('running');

  const second = startWorker();
  await expect.poll(statusNow, { timeout: 90_000, interval: 200 }).toBe('done');
  const receipt = await readReceipt(guest, row!.id);
  expect(receipt).toMatchObject({ status: 'done', held: 4, captured: 4, released: 0, sum: 0, attempts: 2 });
  expect(await world.balanceOf(guest.actor.userId)).toBe(16);
  expect(await world.ledgerSums()).toEqual({ total: 0, wrongBalances: 0 });
  expect(second.output.join('')).not.toContain('Error');
}, 180_000);

test('a worker that is asked to stop ends by itself, and says nothing alarming', async () => {
  const { worker, output } = startWorker();
  await expect.poll(() => output.join(''), { timeout: 60_000 }).toContain('worker runs');
  const exit = new Promise<number | null>((resolve) => worker.once('exit', resolve));
  worker.kill('SIGTERM');
  expect(await exit).toBe(0);
  const said = output
    .join('')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { level: string; msg: string });
  expect(said).toEqual([expect.objectContaining({ level: 'info', app: 'worker', msg: 'worker runs' })]);
}, 90_000);
