import type { Once } from './measure.ts';
import { type Timing, timingOf } from './measure.ts';

/**
 * Asks at a fixed rate, whether answers come or not, as people do. Each is timed from when it *should* have been asked:
 * a server that stalls makes those who wait their turn late too (no coordinated omission).
 */
export async function openLoop(once: Once, perSecond: number, seconds: number): Promise<Timing> {
  const times: number[] = [];
  const open: Promise<void>[] = [];
  const total = Math.max(1, Math.floor(perSecond * seconds));
  const start = performance.now();
  const dueAt = (run: number) => start + (run * 1000) / perSecond;
  const askOne = async (run: number) => {
    await once(run);
    times.push(performance.now() - dueAt(run));
  };
  for (let run = 0; run < total; ) {
    while (run < total && dueAt(run) <= performance.now()) open.push(askOne(run++));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(open);
  return timingOf([{ times, seconds: (performance.now() - start) / 1000 }]);
}
