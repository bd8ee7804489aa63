import { randomUUID } from 'node:crypto';
import type { BenchGroup, Row, Size } from '../bench-group.ts';
import { createHttpClient } from '../http-client.ts';
import { compareUnderLoad } from '../measure.ts';
import { type House, idsOfAds, idsOfRemixes } from '../open-house.ts';

const CONNECTIONS = 8;
const WARM_UP = 1_500;
/** Of the floor, which is faster. */
const REPORTERS = 5;

export const group: BenchGroup = { title: 'Writing by the typed API', isQuick: true, run: benchWrite };

/** A report of an ad with its event, against both inserts in one transaction behind a bare server. */
async function benchWrite(house: House, { seconds, isShort }: Size): Promise<Row[]> {
  const floor = await house.startFloor('bare-rows.ts');
  const client = createHttpClient(CONNECTIONS);
  const [ids, remixes] = await Promise.all([idsOfAds(house.databaseUrl), idsOfRemixes(house.databaseUrl)]);
  // Each thing is reported once by each: a second time would write nothing.
  const targets = [...ids.map((adId) => ({ adId })), ...remixes.slice(WARM_UP).map((remixId) => ({ remixId }))];
  let [ours, bare] = [0, 0];
  const headers = { cookie: house.cookie, origin: house.origin };
  const next = <One>(all: readonly One[], used: number, turns = 1): One => {
    if (used >= all.length * turns) throw new Error('Everything was reported: the bench needs more of it.');
    return all[used % all.length]!;
  };
  const reason = 'It is not theirs to show.';
  const report = (target: { adId: string } | { remixId: string }) => {
    const json = { target, reason, idempotencyKey: randomUUID() };
    return client.post(`${house.origin}/api/trpc/moderation.report`, JSON.stringify({ json }), headers);
  };
  try {
    // A program is compiled while it is used. What it costs from then on is what is asked here.
    const warm = isShort ? [] : remixes.slice(0, WARM_UP);
    await Promise.all(
      Array.from({ length: CONNECTIONS }, async () => {
        for (let id = warm.pop(); id; id = warm.pop()) await report({ remixId: id });
      }),
    );
    const comparison = await compareUnderLoad(
      () => report(next(targets, ours++)),
      () => {
        const turn = Math.floor(bare / ids.length);
        return client.post(
          `${floor.address}/report`,
          JSON.stringify({ adId: next(ids, bare++, REPORTERS), reason, turn }),
        );
      },
      { connections: CONNECTIONS, seconds: seconds * 0.75, pids: { ours: house.pid, floor: floor.pid } },
    );
    const floorName = 'node:http + postgres.js, both inserts';
    return [{ name: 'tRPC write of a report', floorName, ...comparison, targets: [{ of: 'ratio', atLeast: 0.4 }] }];
  } finally {
    client.close();
    await floor.stop();
  }
}
