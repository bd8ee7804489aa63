import { wireOf } from '../ask-api.ts';
import type { BenchGroup, Row, Size } from '../bench-group.ts';
import { createHttpClient } from '../http-client.ts';
import { loadFor, type Once, timingOf } from '../measure.ts';
import { type House, idsOfAds } from '../open-house.ts';
import { openLoop } from '../open-loop.ts';

const CONNECTIONS = 16;
const SHARE = 0.8;

export const group: BenchGroup = {
  title: 'Loading to four fifths of what it can bear',
  isQuick: false,
  run: benchLoad,
};

/** Of ten: four ads by visitors, four feeds of somebody signed in, two pages. None of it from shared bytes. */
async function benchLoad(house: House, { seconds, isShort }: Size): Promise<Row[]> {
  const client = createHttpClient(CONNECTIONS * 4);
  const ids = await idsOfAds(house.databaseUrl);
  const feed = `${house.origin}/api/trpc/ads.feed?input=${wireOf({ limit: 24 })}`;
  const ask: Once = (run) => {
    const kind = run % 10;
    if (kind < 2) return client.get(`${house.origin}/`, { accept: 'text/html' });
    if (kind < 6) return client.get(feed, { cookie: house.cookie });
    return client.get(`${house.origin}/api/trpc/ads.byId?input=${wireOf({ id: ids[run % ids.length]! })}`);
  };
  try {
    await loadFor(ask, CONNECTIONS, seconds / 2);
    const most = timingOf([await loadFor(ask, CONNECTIONS, seconds, house.pid)]);
    const rate = Math.max(1, most.perSecond * SHARE);
    const ours = await openLoop(ask, rate, isShort ? 0.3 : seconds * 3);
    return [
      { name: 'A mix of reads, saturated', ours: most },
      {
        name: `The same mix, open loop at ${Math.round(SHARE * 100)} % of that`,
        ours,
        targets: [
          { of: 'p95', atMost: 200 },
          { of: 'p99', atMost: 500 },
        ],
      },
    ];
  } finally {
    client.close();
  }
}
