import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fixturePhoto } from '@repo/media/testing';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noBrowserBecause } from '../../../tooling/browser/launch-chromium.ts';
import { root } from '../../../tooling/launcher/paths.ts';
import { keyOf } from './keys.ts';
import { stack } from './visitor.ts';

const run = promisify(execFile);
const client = join(root, 'packages/client');

/** Somebody else's project, which has nothing of ours but the packed client. */
describe.skipIf(noBrowserBecause)('the packed client in an empty project', () => {
  let folder: string;
  let env: NodeJS.ProcessEnv;

  const node = (args: string[]) => run(process.execPath, args, { cwd: folder, env });
  const pnpm = (args: string[], cwd: string) =>
    run(process.execPath, [join(root, 'node_modules/pnpm/bin/pnpm.cjs'), ...args], { cwd, env });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'remixify-outside-'));
    env = { ...process.env, REMIXIFY_URL: stack().web, REMIXIFY_KEY: await keyOf('brandAdmin') };
    await run(process.execPath, ['build.ts'], { cwd: client });
    await pnpm(['pack', '--pack-destination', folder], client);
    const manifest = { name: 'outside', private: true, type: 'module', devDependencies: {} };
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
    await pnpm(['add', '--prefer-offline', './remixify-client-0.1.0.tgz', '@trpc/server', '@types/node'], folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is typed all through: the example and what it must refuse are judged by the compiler alone', async () => {
    await copyFile(join(client, 'example/remix-an-ad.ts'), join(folder, 'remix-an-ad.ts'));
    await writeFile(
      join(folder, 'wrong.ts'),
      `import { createClient } from '@remixify/client';
const { api } = createClient({ url: 'https://remixify.example' });
const { items } = await api.ads.feed.query({ limit: 3 });
for (const item of items) if (item.type === 'ad') item.ad.createdAt.toISOString();
// @ts-expect-error: a limit is a number
await api.ads.feed.query({ limit: 'three' });
// @ts-expect-error: there is no such kind of work
await api.generation.request.mutate({ kind: 'image.sing', prompt: 'a lake' });
// @ts-expect-error: an ad has no such field
for (const item of items) if (item.type === 'ad') item.ad.colour;
`,
    );
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--types', 'node'];
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const { stdout } = await node([tsc, ...options, '--allowImportingTsExtensions', 'remix-an-ad.ts', 'wrong.ts']);
    expect(stdout).toBe('');
  });

  test('does the main job: upload, publish, remix, follow, receipt, download', async () => {
    await mkdir(join(folder, 'pictures'), { recursive: true });
    const photo = await sharp((await fixturePhoto('Landscape_6.jpg')).bytes)
      .resize(900)
      .jpeg()
      .toBuffer();
    await writeFile(join(folder, 'pictures/in.jpg'), photo);

    const { stdout } = await node(['remix-an-ad.ts', 'pictures/in.jpg', 'pictures/out']);

    const lines = stdout.trim().split('\n');
    expect(lines.at(-2)).toBe('done 1');
    const { remixId, charged } = JSON.parse(lines.at(-1)!) as { remixId: string; charged: number };
    expect(charged).toBeGreaterThan(0);
    const made = await sharp(await readFile(join(folder, 'pictures/out'))).metadata();
    expect(made.width).toBe(900);
    expect((await fetch(`${stack().web}/remixes/${remixId}`)).status).toBe(200);
  });

  test('asks again after a lost answer, and nothing is made twice', async () => {
    await writeFile(
      join(folder, 'lossy.ts'),
      `import { createClient } from '@remixify/client';
let lost = 0;
const lossy: typeof fetch = async (input, init) => {
  const answer = await fetch(input, init);
  if (init?.method !== 'POST' || lost >= 2) return answer;
  lost += 1;
  await answer.arrayBuffer();
  throw new TypeError('fetch failed');
};
const url = process.env['REMIXIFY_URL']!;
const remixify = createClient({ url, apiKey: process.env['REMIXIFY_KEY']!, fetch: lossy });
const { items } = await remixify.api.ads.feed.query({ tab: 'ads', limit: 1 });
const before = (await remixify.api.remixes.mine.query({ limit: 60 })).items.length;
const first = items[0]!;
if (first.type !== 'ad') throw new Error('no ad');
await remixify.api.remixes.request.mutate({ adId: first.ad.id, prompt: 'make it green' });
const after = (await remixify.api.remixes.mine.query({ limit: 60 })).items.length;
const refused = await remixify.api.brands.create.mutate({ name: '' }).catch((error) => error.data?.code);
console.log(JSON.stringify({ lost, made: after - before, refused }));
`,
    );
    const { stdout } = await node(['lossy.ts']);
    expect(JSON.parse(stdout)).toEqual({ lost: 2, made: 1, refused: 'BAD_REQUEST' });
  });
});
