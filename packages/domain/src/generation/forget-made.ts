import { removeStored } from '../assets/remove-stored.ts';
import type { SystemContext } from '../context.ts';

/** Removes what was stored for a generation that ended otherwise. Apart from the storing, which needs picture code. */
export const forgetMade = (ctx: SystemContext, generationId: string): Promise<void> =>
  removeStored(ctx.store, generationId);
