import type { SystemContext } from '@repo/domain/context';
import { EnvError, readEnv } from '../env.ts';
import { workerShelf } from '../models/worker-shelf.server.ts';
import { openToolbox, settled } from '../tools.server.ts';
import { isSeeded, seedDemo } from './seed-demo.server.ts';

/** Seeds the demo in this process and ends. Prints a line a step, nothing when there is nothing to do. */
export async function runSeed(): Promise<void> {
  try {
    const env = settled(readEnv(process.env));
    const box = openToolbox(env);
    const ctx: SystemContext = { ...box.tools, models: workerShelf(env), actor: { kind: 'system', job: 'demo.seed' } };
    if (!(await isSeeded(ctx))) await seedDemo(ctx, { secret: env.SESSION_SECRET, say: (line) => console.log(line) });
    await box.close();
  } catch (error) {
    console.error(error instanceof EnvError ? error.message : error);
    process.exit(1);
  }
}
