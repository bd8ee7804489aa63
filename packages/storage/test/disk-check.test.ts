import { execFileSync } from 'node:child_process';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createObjectStore, setupStorage } from '../src/index.server.ts';
import { aDiskStore, type TestDiskStore } from '../src/testing.ts';

let disk: TestDiskStore;
beforeAll(async () => {
  disk = await aDiskStore();
});
afterAll(() => disk.stop());

test('a folder that is not there is made', async () => {
  const root = join(disk.config.root, 'not', 'there', 'yet');
  expect(await setupStorage({ ...disk.config, root })).toEqual({
    done: [`Files lie in ${root}.`],
    notes: [],
    problems: [],
  });
});

test('a folder that cannot be made is named, with the setting that mends it', async () => {
  const root = join(disk.config.root, 'in-the-way');
  await writeFile(root, 'a file');
  expect(await createObjectStore({ ...disk.config, root }).check()).toEqual({
    ok: false,
    driver: 'disk',
    problems: [{ what: expect.stringContaining(root), mend: expect.stringContaining('DATA_DIR') }],
  });
});

test.runIf(process.platform === 'linux')(
  'a place that takes no folders is named, instead of being tried for ever',
  async () => {
    const root = '/proc/no-folder/files';
    const { problems } = await createObjectStore({ ...disk.config, root }).check();
    expect(problems).toEqual([{ what: expect.stringContaining(root), mend: expect.stringContaining('DATA_DIR') }]);
  },
);

test('drafts of processes that died are swept away, those of today are not', async () => {
  const incoming = join(disk.config.root, '.incoming');
  await mkdir(incoming, { recursive: true });
  const twoHoursAgo = new Date(Date.now() - 2 * 3_600_000);
  for (const name of ['dead', 'living']) await writeFile(join(incoming, name), 'x');
  await utimes(join(incoming, 'dead'), twoHoursAgo, twoHoursAgo);
  expect(await disk.store.check()).toMatchObject({ ok: true });
  expect(await readdir(incoming)).toEqual(['living']);
});

test('a key cannot be both a file and the folder of another', async () => {
  const text = { contentType: 'text/plain' };
  await disk.store.put('both/file', Buffer.from('x'), text);
  await expect(disk.store.put('both/file/below', Buffer.from('y'), text)).rejects.toThrow('another key is its folder');
  await expect(disk.store.put('both', Buffer.from('y'), text)).rejects.toThrow('lies below it');
  await disk.store.remove('both');
  expect(Buffer.from(await disk.store.get('both/file')).toString()).toBe('x');
});

test('removing the last file of a folder removes the folder', async () => {
  await disk.store.put('folder/in/folder', Buffer.from('x'), { contentType: 'text/plain' });
  await disk.store.remove('folder/in/folder');
  expect(await readdir(disk.config.root)).not.toContain('folder');
});

test('a short secret is refused', () => {
  expect(() => createObjectStore({ ...disk.config, secret: 'short' })).toThrow('16 characters');
});

test('an installation with files on disk does not load the S3 SDK', () => {
  const words = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
    const { createObjectStore } = await import('${new URL('../src/index.server.ts', import.meta.url).href}');
    const store = createObjectStore(${JSON.stringify(disk.config)});
    await store.check();
    console.log(JSON.stringify({ all: loaded.length, aws: loaded.filter((url) => /node_modules\\/@(?:aws-sdk|smithy)\\//.test(url)) }));`;
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', words], { encoding: 'utf8' });
  const { all, aws } = JSON.parse(said);
  expect(all).toBeGreaterThan(5);
  expect(aws).toEqual([]);
});
