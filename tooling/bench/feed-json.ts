import { wireOf } from './ask-api.ts';
import { createKeepAlive } from './keep-alive.ts';
import { compareUnderLoad } from './measure.ts';
import type { House } from './open-house.ts';
import type { Row } from './print-report.ts';

const CONNECTIONS = 8;
const SECONDS = 3;
export const CARDS = 24;

/** The first page of the feed as JSON, against the same SQL without row security behind a bare server. */
export async function benchFeedJson(house: House): Promise<Row[]> {
  const floor = await house.startFloor('bare-feed-server.ts');
  const client = createKeepAlive(CONNECTIONS);
  const address = `${house.origin}/api/trpc/ads.feed?input=${wireOf({ limit: CARDS })}`;
  const compareAs = (headers: Record<string, string>) =>
    compareUnderLoad(
      () => client.get(address, headers),
      () => client.get(floor),
      { connections: CONNECTIONS, seconds: SECONDS },
    );
  try {
    mustHave(JSON.parse(String(await client.get(address))).result.data.json.items);
    mustHave(JSON.parse(String(await client.get(floor))).items);
    const floorName = 'node:http + postgres.js, same SQL';
    return [
      { name: 'Feed JSON, visitor', floorName, ...(await compareAs({})) },
      { name: 'Feed JSON, signed in', floorName, ...(await compareAs({ cookie: house.cookie })) },
    ];
  } finally {
    client.close();
  }
}

function mustHave(items: unknown[]): void {
  if (items.length !== CARDS) throw new Error(`The feed has ${items.length} cards instead of ${CARDS}.`);
}
