import { LiveEvent } from '@repo/domain/events/schema';
import type { z } from 'zod';

/** What subscriptions tell, one at a time: they declare no output of their own. */
export const PIECES: Record<string, z.ZodType> = {
  'live.mine': LiveEvent,
};
