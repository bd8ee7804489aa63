import { fork } from 'node:child_process';
import dns from 'node:dns';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { S3Config } from '../config.ts';
import { createS3Gate, type GateOptions } from './s3-gate.ts';

export type TestS3 = {
  /** Settings for a bucket that is not there yet. */
  configOf(bucket: string, changes?: Partial<S3Config>): S3Config;
  /** Puts one-byte objects into a bucket by the back door: a thousand of them in no time. */
  placeObjects(bucket: string, keys: string[]): Promise<void>;
  /** Unfinished uploads, as file names. */
  spoolFolder: string;
  stop(): Promise<void>;
};

const SERVICE_HOST = 's3.localhost';
const keys = { accessKeyId: 'S3RVER', secretAccessKey: 'a secret of the tests only' };

/** A real S3 server on a free port and in a folder of its own, that refuses what Amazon's would. */
export async function startTestS3({
  policies = true,
  demands = {},
}: Partial<Pick<GateOptions, 'policies' | 'demands'>> = {}): Promise<TestS3> {
  const folder = await mkdtemp(join(tmpdir(), 's3-'));
  const spoolFolder = join(folder, 'spool');
  await mkdir(spoolFolder);
  await mkdir(join(folder, 'buckets'));
  const child = fork(fileURLToPath(new URL('./run-s3rver.ts', import.meta.url)), [join(folder, 'buckets')], {
    execArgv: ['--openssl-legacy-provider', '--disable-warning=DeprecationWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message: { port: number }) => resolve(message.port));
    child.once('exit', (code) => reject(new Error(`s3rver ended with ${code}.`)));
  });
  const gate = createServer(createS3Gate({ keys, port, serviceHost: SERVICE_HOST, spoolFolder, policies, demands }));
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));
  const gatePort = (gate.address() as AddressInfo).port;
  nameBuckets();

  const configOf = (bucket: string, changes: Partial<S3Config> = {}): S3Config => ({
    driver: 's3',
    endpoint: `http://${SERVICE_HOST}:${gatePort}`,
    region: 'us-east-1',
    bucket,
    ...keys,
    forcePathStyle: true,
    appOrigins: [],
    ...changes,
  });
  const placeObjects = async (bucket: string, keys: string[]) => {
    for (const key of keys) {
      const path = join(folder, 'buckets', bucket, `${key}._S3rver_object`);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, 'x');
    }
  };
  const stop = async () => {
    gate.closeAllConnections();
    await new Promise((resolve) => gate.close(resolve));
    await new Promise((resolve) => {
      child.once('exit', resolve);
      child.disconnect();
    });
    await rm(folder, { recursive: true, force: true });
  };
  return { configOf, placeObjects, spoolFolder, stop };
}

let isNamed = false;

// Browsers know that every name below localhost is this machine; Node asks the system, which may not.
function nameBuckets(): void {
  if (isNamed) return;
  isNamed = true;
  const lookup = dns.lookup as (...args: unknown[]) => void;
  const known = (name: unknown, ...rest: unknown[]) =>
    String(name).endsWith(SERVICE_HOST) ? lookup('127.0.0.1', ...rest) : lookup(name, ...rest);
  Object.assign(dns, { lookup: known });
}
