import type { BenchGroup, Row, Size } from '../bench-group.ts';
import { type Samples, timeOnce, timingOf } from '../measure.ts';
import type { House } from '../open-house.ts';
import { megabytesOf } from '../process-costs.ts';

const RUNS = 3;
const REST_MS = 2_000;

export const group: BenchGroup = { title: 'Starting, and resting', isQuick: false, run: benchStart };

/** From nothing until the first answer, against a server that has nothing to load; and what a web process holds then. */
async function benchStart(house: House, size: Size): Promise<Row[]> {
  const taken: Record<'ours' | 'floor', Samples[]> = { ours: [], floor: [] };
  let megabytes = Number.NaN;
  for (let run = 0; run < size.runs(RUNS); run += 1) {
    taken.floor.push(await timeOnce(async () => (await house.startFloor('constant-answer.ts')).stop(), run));
    let web: Awaited<ReturnType<House['startWeb']>> | undefined;
    taken.ours.push(
      await timeOnce(async () => {
        web = await house.startWeb();
      }, run),
    );
    await new Promise((resolve) => setTimeout(resolve, size.isShort ? 0 : REST_MS));
    megabytes = megabytesOf(web!.pid) ?? 0;
    await web!.stop();
  }
  const [ours, floor] = [timingOf(taken.ours), timingOf(taken.floor)];
  return [
    {
      name: 'Cold start of web, until ready',
      floorName: 'node:http, constant answer',
      ours,
      floor,
      ratio: ours.perSecond / floor.perSecond,
    },
    {
      name: 'Memory of web at rest',
      figure: { value: megabytes, unit: 'MB' },
      targets: [{ of: 'figure', atMost: 350 }],
    },
  ];
}
