import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { createObjectStore } from '@repo/storage/adapters';
import { startTestS3 } from '@repo/storage/testing';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
// @ts-expect-error A build script without types.
import { bundleOptions } from '../bundle.mjs';

test('the bundled worker reads and writes files on S3', async () => {
  const s3 = await startTestS3();
  const outdir = await mkdtemp(join(tmpdir(), 'bundled-storage-'));
  try {
    const contents = "export { createObjectStore, setupStorage } from '@repo/storage/adapters';";
    await build({ ...bundleOptions, stdin: { contents, resolveDir: import.meta.dirname }, outdir });
    const bundled = (await import(
      pathToFileURL(join(outdir, 'stdin.js')).href
    )) as typeof import('@repo/storage/adapters');
    const config = s3.configOf('bundled', { appOrigins: ['http://localhost:3000'] });
    await bundled.setupStorage(config);
    const store: ReturnType<typeof createObjectStore> = bundled.createObjectStore(config);
    await store.put('private/x', Buffer.from('as written'), { contentType: 'text/plain' });
    expect(Buffer.from(await store.get('private/x')).toString()).toBe('as written');
    expect(await store.signDownload('private/x')).toContain('X-Amz-Signature');
  } finally {
    await s3.stop();
    await rm(outdir, { recursive: true, force: true });
  }
});
