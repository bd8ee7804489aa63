import { wireOf } from '../ask-api.ts';
import type { BenchGroup, Row, Size } from '../bench-group.ts';
import { createHttpClient } from '../http-client.ts';
import { compareUnderLoad } from '../measure.ts';
import type { House } from '../open-house.ts';

const CONNECTIONS = 32;

export const group: BenchGroup = {
  title: 'Reading the public feed that all share',
  isQuick: true,
  run: benchPublicFeed,
};

/** The feed as everybody without a session is given it, against as many bytes that never change. */
async function benchPublicFeed(house: House, { seconds }: Size): Promise<Row[]> {
  const floor = await house.startFloor('constant-answer.ts');
  const client = createHttpClient(CONNECTIONS);
  const pids = { ours: house.pid, floor: floor.pid };
  const floorName = 'node:http, constant answer';
  const addresses = {
    'Public feed, tRPC': `/api/trpc/ads.feed?input=${wireOf({ limit: 24 })}`,
    'Public feed, REST': '/api/v1/feed?limit=24',
  };
  const rows: Row[] = [];
  try {
    for (const [name, path] of Object.entries(addresses)) {
      const comparison = await compareUnderLoad(
        () => client.get(`${house.origin}${path}`),
        () => client.get(floor.address),
        { connections: CONNECTIONS, seconds, pids },
      );
      rows.push({ name, floorName, ...comparison, targets: [{ of: 'perSecond', atLeast: 10_000 }] });
    }
    return rows;
  } finally {
    client.close();
    await floor.stop();
  }
}
