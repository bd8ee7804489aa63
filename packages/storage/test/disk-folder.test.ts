import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDiskFolder } from '../src/disk/disk-folder.ts';

// Two folders over one root stand for two processes: they share the disk and nothing else.
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'disk-folder-'));
  await createDiskFolder(root).write('first', meta('x'), { replace: true, fill: saying('x') });
});
afterAll(() => rm(root, { recursive: true, force: true }));

const meta = (words: string) => ({ contentType: 'text/plain', bytes: words.length });
const saying = (words: string) => (draft: string) => writeFile(join(root, draft), words);

test('of two processes that upload to one key at once, one is told that it came too late', async () => {
  const processes = [createDiskFolder(root), createDiskFolder(root)];
  for (let n = 0; n < 60; n++) {
    const key = `race/${n}`;
    const kept = await Promise.all(
      processes.map((folder, which) => folder.write(key, meta('0'), { replace: false, fill: saying(String(which)) })),
    );
    expect(kept.filter(Boolean)).toHaveLength(1);
    expect(await readFile(join(root, key), 'utf8')).toBe(String(kept.indexOf(true)));
  }
  expect(await readdir(join(root, '.incoming'))).toEqual([]);
});

test('a file is never seen half, or with the length of another, while two processes replace it', async () => {
  const processes = [createDiskFolder(root), createDiskFolder(root)];
  const texts = ['short', 'a good deal longer'];
  await processes[0]?.write('swap', meta('short'), { replace: true, fill: saying('short') });
  const seen = new Set<string>();
  const writers = processes.map(async (folder, which) => {
    const text = texts[which] ?? '';
    for (let n = 0; n < 40; n++) await folder.write('swap', meta(text), { replace: true, fill: saying(text) });
  });
  let isOver = false;
  const reader = (async () => {
    while (!isOver) {
      const object = await createDiskFolder(root).openObject('swap');
      const words = (await object?.handle.readFile('utf8')) ?? 'nothing';
      await object?.handle.close();
      expect(words.length).toBe(object?.bytes);
      seen.add(words);
    }
  })();
  await Promise.all(writers);
  isOver = true;
  await reader;
  for (const words of seen) expect(texts).toContain(words);
});

test('a folder that is emptied while others write into it loses none of their files', async () => {
  const [remover, writer] = [createDiskFolder(root), createDiskFolder(root)];
  for (let n = 0; n < 60; n++) {
    await remover.write('churn/deep/old', meta('x'), { replace: true, fill: saying('x') });
    await Promise.all([
      remover.remove('churn/deep/old', (key) => rm(join(root, key), { force: true })),
      writer.write(`churn/deep/new-${n}`, meta('y'), { replace: true, fill: saying('y') }),
    ]);
    expect(await readFile(join(root, `churn/deep/new-${n}`), 'utf8')).toBe('y');
    await writer.remove(`churn/deep/new-${n}`, (key) => rm(join(root, key), { force: true }));
  }
});
