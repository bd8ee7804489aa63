import { ReportInput } from '@repo/domain/moderation/schema';
import { z } from 'zod';

/** The forms that any shown thing has on its page. */
export const ReportForm = ReportInput.pick({ reason: true }).extend({ intent: z.literal('report') });
export const HideForm = z.object({ intent: z.literal('hide') });
export const ShowForm = z.object({ intent: z.literal('show') });
