import { wireOf } from '../ask-api.ts';
import type { BenchGroup, Row, Size } from '../bench-group.ts';
import { createHttpClient } from '../http-client.ts';
import { compareUnderLoad } from '../measure.ts';
import type { House } from '../open-house.ts';

const CONNECTIONS = 8;
export const CARDS = 24;

export const group: BenchGroup = { title: 'Reading the feed as JSON', isQuick: true, run: benchFeedJson };

/** The first page of the feed as JSON, against the same statement without row security behind a bare server. */
async function benchFeedJson(house: House, { seconds }: Size): Promise<Row[]> {
  const floor = await house.startFloor('bare-feed.ts');
  const client = createHttpClient(CONNECTIONS);
  const address = `${house.origin}/api/trpc/ads.feed?input=${wireOf({ limit: CARDS })}`;
  // Asked by a name of its own each time, a visitor's feed is never one that others share.
  let times = 0;
  const compareAs = (headers: Record<string, string>, path: string) =>
    compareUnderLoad(
      () => client.get(`${address}&asked=${times++}`, headers),
      () => client.get(`${floor.address}${path}`),
      { connections: CONNECTIONS, seconds, pids: { ours: house.pid, floor: floor.pid } },
    );
  try {
    mustHave(JSON.parse(String(await client.get(address))).result.data.json.items);
    mustHave(JSON.parse(String(await client.get(floor.address))).items);
    const floorName = 'node:http + postgres.js, same statement';
    return [
      {
        name: 'Feed JSON, visitor',
        floorName,
        ...(await compareAs({}, '/')),
        targets: [{ of: 'ratio', atLeast: 0.4 }],
      },
      {
        name: 'Feed JSON, signed in',
        floorName,
        ...(await compareAs({ cookie: house.cookie }, '/mine')),
        targets: [{ of: 'ratio', atLeast: 0.2 }],
      },
    ];
  } finally {
    client.close();
    await floor.stop();
  }
}

function mustHave(items: unknown[]): void {
  if (items.length !== CARDS) throw new Error(`The feed has ${items.length} cards instead of ${CARDS}.`);
}
