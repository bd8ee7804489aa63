import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Chance } from './seeded.ts';

export type CuttingProxy = {
  port: number;
  /** Connections that were cut so far. */
  cuts: number;
  /** Cuts this share of the connections, in the middle of whatever they are at. */
  drop(share: number): void;
  /** On this share of the connections the next commit is carried out and its answer never arrives. */
  swallowCommits(share: number): void;
  /** Nothing that was ordered is done any more. */
  calm(): void;
  stop(): Promise<void>;
};

type Line = { client: Socket; server: Socket; swallow: 'no' | 'next commit' | 'its answer' };

/** Stands between our processes and Postgres, and cuts lines when told to. */
export async function startCuttingProxy(targetPort: number, chance: Chance): Promise<CuttingProxy> {
  const lines = new Set<Line>();
  const cut = (line: Line) => {
    lines.delete(line);
    for (const socket of [line.client, line.server]) socket.resetAndDestroy();
    proxy.cuts += 1;
  };
  const listener = createServer((client) => {
    const line: Line = { client, server: connect(targetPort, '127.0.0.1'), swallow: 'no' };
    lines.add(line);
    client.on('data', (chunk) => {
      if (line.swallow === 'next commit' && /\bcommit\b/i.test(chunk.toString('latin1'))) line.swallow = 'its answer';
      line.server.write(chunk);
    });
    line.server.on('data', (chunk) => {
      if (line.swallow === 'its answer') cut(line);
      else client.write(chunk);
    });
    for (const [socket, other] of [
      [client, line.server],
      [line.server, client],
    ] as const) {
      socket.on('error', () => {});
      socket.on('close', () => {
        lines.delete(line);
        other.destroy();
      });
    }
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');

  const some = (share: number) => [...lines].filter(() => chance.hits(share));
  const proxy: CuttingProxy = {
    port: (listener.address() as AddressInfo).port,
    cuts: 0,
    drop: (share) => some(share).forEach(cut),
    swallowCommits: (share) => {
      for (const line of some(share)) line.swallow = 'next commit';
    },
    calm: () => {
      for (const line of lines) line.swallow = 'no';
    },
    async stop() {
      const closed = once(listener, 'close');
      listener.close();
      for (const { client } of lines) client.destroy();
      await closed;
    },
  };
  return proxy;
}
