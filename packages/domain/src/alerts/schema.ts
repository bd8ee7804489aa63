import { z } from 'zod';
import { ALERT_RULES } from './rules.ts';

export const AlertView = z.object({
  id: z.uuid(),
  key: z.string(),
  rule: z.enum(ALERT_RULES),
  severity: z.enum(['warning', 'critical']),
  /** What is wrong, in a sentence. */
  what: z.string(),
  /** What to do about it. */
  todo: z.string(),
  openedAt: z.date(),
  lastSeenAt: z.date(),
  /** Null while it goes on. */
  closedAt: z.date().nullable(),
});
export type AlertView = z.infer<typeof AlertView>;

export const AlertsReport = z.object({
  /** The gravest first. */
  open: z.array(AlertView),
  /** What is over, the newest first, at most 50. */
  history: z.array(AlertView),
  countedAt: z.date(),
});
export type AlertsReport = z.infer<typeof AlertsReport>;
