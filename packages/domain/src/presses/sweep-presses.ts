import { presses, transactAs } from '@repo/db';
import { inArray, lt, sql } from 'drizzle-orm';
import type { SystemContext } from '../context.ts';

/** So long a key makes an upload, a brand or a webhook once: docs/api.md says the same. */
const KEEP_MS = 30 * 24 * 60 * 60_000;
const AT_ONCE = 1_000;

/** Forgets which keys made what, a month later. What they made stays. Resolves to how many were forgotten. */
export const sweepPresses = (ctx: SystemContext): Promise<number> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    const before = leastIdAt(new Date(ctx.now().getTime() - KEEP_MS));
    const old = tx
      .select({ id: presses.id })
      .from(presses)
      .where(lt(presses.id, before))
      .orderBy(presses.id)
      .limit(AT_ONCE);
    const gone = await tx.delete(presses).where(inArray(presses.id, old)).returning({ one: sql`1` });
    return gone.length;
  });

/** Ids are ordered by time, and their index is there already. */
function leastIdAt(time: Date): string {
  const hex = time.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
