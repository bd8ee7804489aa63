import { REPORT_MAX_CHARS } from '@repo/db/limits';
import { z } from 'zod';
import { plainText } from '../plain-text/schema.ts';

export const Target = z.union([z.object({ adId: z.uuid() }), z.object({ remixId: z.uuid() })]);
export type Target = z.infer<typeof Target>;

export const ReportInput = z.object({
  target: Target,
  reason: plainText({ max: REPORT_MAX_CHARS, empty: 'Say what is wrong with it.', noun: 'reason' }),
});
export type ReportInput = z.infer<typeof ReportInput>;

export const HideInput = z.object({ target: Target, isHidden: z.boolean() });
export type HideInput = z.infer<typeof HideInput>;
