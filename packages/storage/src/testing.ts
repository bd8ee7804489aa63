import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DiskConfig, S3Config } from './config.ts';
import type { UploadPace } from './disk/receive-file.ts';
import { createDiskFiles, createObjectStore, setupStorage } from './index.server.ts';
import type { ObjectStore } from './port.ts';
import { encryptionHeaders } from './s3/encryption.ts';
import { startTestS3, type TestS3 } from './testing/start-test-s3.ts';

export { startTestS3, type TestS3 };

export type TestStore<Config> = { store: ObjectStore; config: Config; stop(): Promise<void> };

export type TestDiskStore = TestStore<DiskConfig> & { server: Server };

/** Files in a new folder, with a real HTTP server that answers their addresses. */
export async function aDiskStore(pace?: UploadPace): Promise<TestDiskStore> {
  const folder = await mkdtemp(join(tmpdir(), 'disk-store-'));
  const root = join(folder, 'files');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const config: DiskConfig = {
    driver: 'disk',
    root,
    baseUrl: `http://127.0.0.1:${port}`,
    secret: 'a secret of the tests only',
  };
  const { handleFile } = createDiskFiles(config, pace);
  server.on('request', async (req, res) => {
    try {
      if (!(await handleFile(req, res))) res.writeHead(404).end('another route');
    } catch (error) {
      if (!res.headersSent) res.writeHead(500).end(String(error));
    }
  });
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true, force: true });
  };
  return { store: createObjectStore(config), config, server, stop };
}

export type TestS3Store = TestStore<S3Config> & { s3: TestS3 };

/** Files in a new bucket of a real S3 server, set up as `npm run storage:setup` would. */
export async function anS3Store(changes: Partial<S3Config> = {}): Promise<TestS3Store> {
  // A bucket whose policy takes nothing that does not ask for this very encryption.
  const s3 = await startTestS3({ demands: encryptionHeaders(changes.encryption) });
  const config = s3.configOf('test-files', { appOrigins: ['http://localhost:3000'], ...changes });
  const { problems } = await setupStorage(config);
  if (problems.length > 0) throw new Error(problems.map(({ what }) => what).join(' '));
  return { store: createObjectStore(config), config, s3, stop: s3.stop };
}
