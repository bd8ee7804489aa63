import type { SystemContext } from '@repo/domain/context';
import { EnvError, readEnv } from '../env.ts';
import { workerShelf } from '../models/worker-shelf.server.ts';
import { openToolbox, settled } from '../tools.server.ts';
import { DEMO_ADS } from './ads.ts';
import { DEMO_REMIXES } from './remixes.ts';
import { isSeeded, seedDemo } from './seed-demo.server.ts';

/**
 * Seeds the demo in this process and ends. Prints a line a step, nothing when there is nothing to do.
 * `part`: only the first ads and the first remixes of the demo, for tests that cannot wait for all of it.
 */
export async function runSeed(part: { ads?: number; remixes?: number } = {}): Promise<void> {
  try {
    const env = settled(readEnv(process.env));
    const box = openToolbox(env);
    const ctx: SystemContext = {
      ...box.tools,
      models: workerShelf(env, box.tools.outside),
      actor: { kind: 'system', job: 'demo.seed' },
    };
    if (!(await isSeeded(ctx))) {
      await seedDemo(ctx, {
        secret: env.SESSION_SECRET,
        say: (line) => console.log(line),
        ads: DEMO_ADS.slice(0, part.ads),
        remixes: DEMO_REMIXES.slice(0, part.remixes),
      });
    }
    await box.close();
  } catch (error) {
    console.error(error instanceof EnvError ? error.message : error);
    process.exit(1);
  }
}
