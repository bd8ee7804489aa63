import { type Db, modelHealth, transactAs } from '@repo/db';
import { max } from 'drizzle-orm';
import type { SystemContext } from '../../context.ts';
import { type MeasureTools, measureModels } from './measure-models.ts';

const EVERY_MS = 5_000;
const waiting = new WeakSet<Db>();

/** Says that a run ended: within 5 s the models are measured anew, once however many ended. */
export function noteRun(tools: MeasureTools): void {
  if (waiting.has(tools.db)) return;
  waiting.add(tools.db);
  const timer = setTimeout(() => {
    waiting.delete(tools.db);
    // A process that is just ending has no database any more; the minute's job measures anyway.
    measureUnlessJustDone(tools).catch(() => {});
  }, EVERY_MS);
  timer.unref();
}

/** Of many processes one is enough. */
async function measureUnlessJustDone(tools: MeasureTools): Promise<void> {
  const actor: SystemContext['actor'] = { kind: 'system', job: 'generation.measure' };
  const [last] = await transactAs(tools.db, actor, (tx) =>
    tx.select({ at: max(modelHealth.measuredAt) }).from(modelHealth),
  );
  if (last?.at && tools.now().getTime() - last.at.getTime() < EVERY_MS / 2) return;
  await measureModels({ ...tools, actor });
}
