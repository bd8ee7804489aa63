import { wireOf } from '../ask-api.ts';
import type { BenchGroup, Row, Size } from '../bench-group.ts';
import { createHttpClient } from '../http-client.ts';
import { compareUnderLoad } from '../measure.ts';
import { type House, idsOfAds } from '../open-house.ts';

const CONNECTIONS = 8;

export const group: BenchGroup = { title: 'Reading one ad by the typed API', isQuick: true, run: benchRead };

/** One ad by its id, against one statement behind a bare server. */
async function benchRead(house: House, { seconds }: Size): Promise<Row[]> {
  const floor = await house.startFloor('bare-rows.ts');
  const client = createHttpClient(CONNECTIONS);
  const ids = await idsOfAds(house.databaseUrl);
  const idOf = (run: number) => ids[run % ids.length]!;
  const floorName = 'node:http + postgres.js';
  const compareAs = (headers: Record<string, string>) =>
    compareUnderLoad(
      (run) => client.get(`${house.origin}/api/trpc/ads.byId?input=${wireOf({ id: idOf(run) })}`, headers),
      (run) => client.get(`${floor.address}/ad?id=${idOf(run)}`),
      { connections: CONNECTIONS, seconds, pids: { ours: house.pid, floor: floor.pid } },
    );
  try {
    return [
      { name: 'tRPC read of an ad, visitor', floorName, ...(await compareAs({})) },
      { name: 'tRPC read of an ad, signed in', floorName, ...(await compareAs({ cookie: house.cookie })) },
    ];
  } finally {
    client.close();
    await floor.stop();
  }
}
