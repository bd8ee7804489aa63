import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import type { BenchGroup, Row, Size } from '../bench-group.ts';
import { openStreams } from '../event-streams.ts';
import { type Samples, timingOf } from '../measure.ts';
import type { House } from '../open-house.ts';
import { megabytesOf } from '../process-costs.ts';

const STREAMS = 1_000;
const BROADCASTS = 12;
const SETTLE_MS = 1_500;
const EVERYBODY = '00000000-0000-0000-0000-000000000000';

export const group: BenchGroup = { title: 'Telling a thousand streams', isQuick: false, run: benchStreams };

/**
 * From the commit of an event for everybody until the last of all streams has it, against a bare server that is handed
 * the bytes and writes them to as many.
 */
async function benchStreams(house: House, size: Size): Promise<Row[]> {
  const count = size.isShort ? 20 : STREAMS;
  const web = await house.startWeb();
  const floor = await house.startFloor('bare-streams.ts');
  const sql = postgres(house.databaseUrl, { max: 1, onnotice: () => {} });
  await fetch(`${web.address}/api/v1/feed`).then((answer) => answer.text());
  const before = megabytesOf(web.pid) ?? 0;
  const ours = await openStreams(`${web.address}/api/v1/events`, { cookie: house.cookie }, count);
  const bare = await openStreams(`${floor.address}/events`, {}, count);
  // A stream has begun before the relay knows where "from now on" is.
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const after = megabytesOf(web.pid) ?? 0;
  const taken: Record<'ours' | 'floor', Samples[]> = { ours: [], floor: [] };
  const time = async (streams: typeof ours, tell: (mark: string) => Promise<unknown>): Promise<Samples> => {
    const mark = randomUUID();
    const arrived = streams.await(mark);
    await tell(mark);
    const start = performance.now();
    const at = await arrived;
    const last = Math.max(0, at - start);
    return { times: [last], seconds: last / 1000 };
  };
  try {
    for (let run = 0; run < size.runs(BROADCASTS); run += 1) {
      taken.floor.push(await time(bare, (mark) => fetch(`${floor.address}/tell?mark=${mark}`)));
      taken.ours.push(
        await time(
          ours,
          (mark) => sql`
            insert into event (actor_kind, noun, noun_id, verb, audience_id)
            values ('system', 'ad', ${mark}, 'published', ${EVERYBODY})`,
        ),
      );
    }
    const [a, b] = [timingOf(taken.ours), timingOf(taken.floor)];
    return [
      {
        name: `Broadcast to ${count} streams, the last has it`,
        floorName: 'node:http, bytes at hand',
        ours: a,
        floor: b,
        ratio: a.perSecond / b.perSecond,
        targets: [{ of: 'p95', atMost: 250 }],
      },
      {
        name: 'Memory of web for each stream',
        figure: { value: Math.max(0, ((after - before) * 1024) / count), unit: 'kB' },
        targets: [{ of: 'figure', atMost: 200 }],
      },
    ];
  } finally {
    ours.close();
    bare.close();
    await sql.end();
    await floor.stop();
    await web.stop();
  }
}
