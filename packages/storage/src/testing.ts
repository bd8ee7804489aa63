import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DiskConfig } from './config.ts';
import type { UploadPace } from './disk/receive-file.ts';
import { createDiskFiles, createObjectStore } from './index.server.ts';
import type { ObjectStore } from './port.ts';

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
