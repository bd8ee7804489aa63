import { CARDS } from './feed-json.ts';
import { createKeepAlive } from './keep-alive.ts';
import { compareUnderLoad } from './measure.ts';
import type { House } from './open-house.ts';
import type { Row } from './print-report.ts';

const CONNECTIONS = 8;
const SECONDS = 3;

/** The first page of the feed as HTML, against a bare Remix page of as many cards that never change. */
export async function benchFeedPage(house: House): Promise<Row[]> {
  const floor = await house.startFloor('bare-remix/serve.ts');
  const client = createKeepAlive(CONNECTIONS);
  const compareAs = (headers: Record<string, string>) =>
    compareUnderLoad(
      () => client.get(`${house.origin}/`, { accept: 'text/html', ...headers }),
      () => client.get(floor, { accept: 'text/html' }),
      { connections: CONNECTIONS, seconds: SECONDS },
    );
  try {
    mustShow(String(await client.get(`${house.origin}/`, { accept: 'text/html' })));
    mustShow(String(await client.get(floor)));
    const floorName = 'bare Remix page, constant cards';
    return [
      { name: 'Feed page, visitor', floorName, ...(await compareAs({})) },
      { name: 'Feed page, signed in', floorName, ...(await compareAs({ cookie: house.cookie })) },
    ];
  } finally {
    client.close();
  }
}

/** Both render a picture a card; a page that shows a failure would be fast. */
function mustShow(html: string): void {
  const pictures = html.match(/<img\b/g)?.length ?? 0;
  if (pictures < CARDS) throw new Error(`The page shows ${pictures} pictures instead of ${CARDS} or more.`);
}
