import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../launcher/paths.ts';
import { freePort } from '../postgres/free-port.ts';
import { onSignals } from '../product/on-signals.ts';
import { withoutSettings } from '../product/without-settings.ts';

export type Product = { url: string; stop(): Promise<void> };

/** `npm start` as a newcomer has it: the demo, no settings, free ports, and a folder that is gone afterwards. */
export async function startProduct(note: (line: string) => void): Promise<Product> {
  const dataDir = await mkdtemp(join(tmpdir(), 'remixify-screenshot-'));
  // Otherwise Postgres, which runs as a user of its own under root, would put the database elsewhere.
  await chmod(dataDir, 0o755);
  const [port, adminPort] = [await freePort(), await freePort()];
  const child = spawn(process.execPath, [join(root, 'tooling/launcher/start.ts')], {
    cwd: root,
    env: {
      ...withoutSettings(),
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      ADMIN_PORT: String(adminPort),
      DATA_DIR: dataDir,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(dataDir, { recursive: true, force: true });
    callOff();
  };
  const callOff = onSignals(() => stop());

  const said: string[] = [];
  const running = new Promise<void>((resolve) => {
    const listen = (line: string) => {
      said.push(line);
      if (line.trim()) note(line.trim());
      if (line.includes('Remixify is running')) resolve();
    };
    for (const stream of [child.stdout!, child.stderr!]) createInterface({ input: stream }).on('line', listen);
  });
  const failed = ended.then(() => {
    throw new Error(`The product did not start.\n${said.join('\n')}`);
  });
  try {
    await Promise.race([running, failed]);
  } catch (problem) {
    await stop();
    throw problem;
  }
  failed.catch(() => {});
  return { url: `http://localhost:${port}`, stop };
}
