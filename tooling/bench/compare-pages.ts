import type { Row, Size } from './bench-group.ts';
import { createHttpClient } from './http-client.ts';
import { compareUnderLoad } from './measure.ts';
import type { House } from './open-house.ts';

const CONNECTIONS = 8;

type Reader = Pick<Row, 'name' | 'targets'> & { cookie?: string };

/** A page as HTML for each reader, against the product's own page from data that never changes. */
export async function comparePages(house: House, size: Size, path: string, readers: Reader[]): Promise<Row[]> {
  const floor = await house.startFloor('constant-page.ts');
  const client = createHttpClient(CONNECTIONS);
  const [page, constant] = [`${house.origin}${path}`, `${floor.address}${path}`];
  const accept = { accept: 'text/html' };
  const rows: Row[] = [];
  try {
    mustShow(String(await client.get(page, accept)), String(await client.get(constant, accept)));
    for (const { name, targets, cookie } of readers) {
      const headers = { ...accept, ...(cookie ? { cookie } : {}) };
      const comparison = await compareUnderLoad(
        () => client.get(page, headers),
        () => client.get(constant, accept),
        { connections: CONNECTIONS, seconds: size.seconds, pids: { ours: house.pid, floor: floor.pid } },
      );
      rows.push({ name, floorName: 'same page, constant data', ...comparison, ...(targets ? { targets } : {}) });
    }
    return rows;
  } finally {
    client.close();
    await floor.stop();
  }
}

/** Both show the same pictures; a page that shows a failure would be fast. */
function mustShow(ours: string, floor: string): void {
  const pictures = [ours, floor].map((html) => html.match(/<img\b/g)?.length ?? 0);
  if (pictures[0]! < 1 || pictures[0] !== pictures[1]) {
    throw new Error(`The page shows ${pictures[0]} pictures, its floor ${pictures[1]}.`);
  }
}
