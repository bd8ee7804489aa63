import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import postgres from 'postgres';
import type { BenchGroup, Row, Size } from '../bench-group.ts';
import { openStreams } from '../event-streams.ts';
import type { House } from '../open-house.ts';

const STREAMS = 500;
const BROADCASTS = 20;
/** An idle backend tells what it counted within ten seconds. */
const TOLD_MS = 11_000;
/** A stream has begun before the relay knows where "from now on" is. */
const SETTLE_MS = 1_500;
const EVERYBODY = '00000000-0000-0000-0000-000000000000';

export const group: BenchGroup = {
  title: 'Asking the database for one stream and for many',
  isQuick: false,
  run: benchRelay,
};

/**
 * How often the events are looked up in Postgres for a broadcast, by all processes together, while one stream is open and
 * while hundreds are: the relay of a process asks once for all of its streams.
 */
async function benchRelay(house: House, { isShort }: Size): Promise<Row[]> {
  const many = isShort ? 5 : STREAMS;
  const broadcasts = isShort ? 2 : BROADCASTS;
  const web = await house.startWeb();
  const sql = postgres(house.databaseUrl, { max: 1, onnotice: () => {} });
  const lookUps = async (): Promise<number> => {
    if (!isShort) await wait(TOLD_MS);
    const [row] = await sql`
      select (coalesce(seq_scan, 0) + coalesce(idx_scan, 0))::int as scans from pg_stat_user_tables where relname = 'event'`;
    return row!['scans'] as number;
  };
  const perBroadcast = async (count: number): Promise<number> => {
    const streams = await openStreams(`${web.address}/api/v1/events`, { cookie: house.cookie }, count);
    try {
      await wait(SETTLE_MS);
      const before = await lookUps();
      for (let told = 0; told < broadcasts; told += 1) {
        const mark = randomUUID();
        const arrived = streams.await(mark);
        await sql`
          insert into event (actor_kind, noun, noun_id, verb, audience_id)
          values ('system', 'ad', ${mark}, 'published', ${EVERYBODY})`;
        await arrived;
      }
      return ((await lookUps()) - before) / broadcasts;
    } finally {
      streams.close();
    }
  };
  try {
    const one = await perBroadcast(1);
    const all = await perBroadcast(many);
    return [
      { name: 'Look-ups of events a broadcast, one stream', figure: { value: one, unit: '' } },
      {
        name: `Look-ups of events a broadcast, ${many} streams`,
        figure: { value: all, unit: '' },
        // In a short run nobody waits until they are told.
        targets: isShort ? [] : [{ of: 'figure', atMost: Math.ceil(one * 1.5) }],
      },
    ];
  } finally {
    await sql.end();
    await web.stop();
  }
}
