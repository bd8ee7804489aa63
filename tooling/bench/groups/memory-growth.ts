import { wireOf } from '../ask-api.ts';
import type { BenchGroup, Row, Size } from '../bench-group.ts';
import { createHttpClient } from '../http-client.ts';
import { type House, idsOfAds } from '../open-house.ts';
import { megabytesOf } from '../process-costs.ts';

const REQUESTS = 200_000;
const CONNECTIONS = 16;
/** What the garbage collector may not have fetched yet. */
const MOST_GROWTH_MB = 40;

export const group: BenchGroup = { title: 'Watching memory over many requests', isQuick: false, run: benchGrowth };

/** Until then the collector still lets the heap grow to what it finds comfortable. */
const WARM_UP = 100_000;

/** What a warm process holds more after 200,000 requests. */
async function benchGrowth(house: House, { isShort }: Size): Promise<Row[]> {
  const web = await house.startWeb();
  const client = createHttpClient(CONNECTIONS);
  const ids = await idsOfAds(house.databaseUrl);
  const [warmUp, total] = isShort ? [100, 200] : [WARM_UP, REQUESTS];
  const feed = `${web.address}/api/trpc/ads.feed?input=${wireOf({ limit: 24 })}`;
  const ask = (n: number) => {
    if (n % 100 === 0) return client.get(`${web.address}/`, { accept: 'text/html' });
    if (n % 10 !== 0) return client.get(feed);
    const headers: Record<string, string> = n % 20 === 0 ? { cookie: house.cookie } : {};
    return client.get(`${web.address}/api/trpc/ads.byId?input=${wireOf({ id: ids[n % ids.length]! })}`, headers);
  };
  let asked = 0;
  const askUntil = (end: number) =>
    Promise.all(
      Array.from({ length: CONNECTIONS }, async () => {
        while (asked < end) await ask(asked++);
      }),
    );
  try {
    await askUntil(warmUp);
    const warm = megabytesOf(web.pid) ?? 0;
    await askUntil(warmUp + total);
    const growth = Math.max(0, (megabytesOf(web.pid) ?? 0) - warm);
    return [
      {
        name: `Memory of web, growth over ${total} requests`,
        figure: { value: growth, unit: 'MB' },
        targets: [{ of: 'figure', atMost: MOST_GROWTH_MB }],
      },
    ];
  } finally {
    client.close();
    await web.stop();
  }
}
