import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

export type RoundRobin = {
  origin: string;
  /** How many requests each backend got, in their order. */
  counts: number[];
  stop(): Promise<void>;
};

const LOOK_EVERY_MS = 250;

/** A plain proxy: to each backend in turn, whoever asks. One that says it is not ready gets nothing more. */
export async function startRoundRobin(ports: number[]): Promise<RoundRobin> {
  const counts = ports.map(() => 0);
  const ready = ports.map(() => true);
  let turn = 0;

  const next = () => {
    for (let tries = 0; tries < ports.length; tries++) {
      const index = turn++ % ports.length;
      if (ready[index]) return index;
    }
    return 0;
  };

  const server = createServer((asked, answer) => {
    const index = next();
    counts[index]! += 1;
    const headers = { ...asked.headers, 'x-forwarded-for': asked.headers['x-from'] ?? '198.51.100.1' };
    const { method, url } = asked;
    const onward = send(
      { host: '127.0.0.1', port: ports[index], path: url, method, headers, agent: false },
      (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.on('error', () => answer.destroy()).pipe(answer);
      },
    );
    onward.on('error', () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end()));
    answer.on('close', () => onward.destroy());
    asked.pipe(onward);
  });
  // A look that is under way is waited for: many at once would be load of their own.
  const looking = new Set<number>();
  const look = setInterval(() => {
    for (const [index, port] of ports.entries()) {
      if (looking.has(index)) continue;
      looking.add(index);
      fetch(`http://127.0.0.1:${port}/readyz`)
        .then(
          async (response) => {
            await response.text();
            ready[index] = response.status === 200;
          },
          () => {
            ready[index] = false;
          },
        )
        .finally(() => looking.delete(index));
    }
  }, LOOK_EVERY_MS);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    async stop() {
      clearInterval(look);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
