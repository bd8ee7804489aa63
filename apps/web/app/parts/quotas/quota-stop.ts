import type { GenerationKind } from '@repo/domain/generation/rules';
import { metricText, numberText, type QuotaMetric } from '@repo/domain/quotas/rules';
import type { QuotaLine, QuotaReport } from '@repo/domain/quotas/schema';

const COUNTS = {
  'image.edit': ['images', 'credits'],
  'image.create': ['images', 'credits'],
  'image.describe': ['tokens', 'credits'],
  'video.create': ['video_seconds', 'credits'],
  'text.structured': ['tokens', 'credits'],
  'text.stream': ['tokens', 'credits'],
  'text.embed': ['tokens', 'credits'],
  'speech.create': ['tokens', 'credits'],
} satisfies Record<GenerationKind, QuotaMetric[]>;

/** The limits that a kind of work counts against. */
export const limitsOf = (report: QuotaReport, kind: GenerationKind): QuotaLine[] =>
  report.lines.filter(({ metric, limit }) => limit !== null && COUNTS[kind].includes(metric as never));

/** Why a picture of this price cannot be asked for this month, in a sentence; null where it can. */
export function quotaStop(report: QuotaReport | null, kind: GenerationKind, credits: number): string | null {
  for (const { metric, used, limit, warning, sentence } of report ? limitsOf(report, kind) : []) {
    if (limit === null) continue;
    if (warning === 'hard') return sentence;
    const wanted = metric === 'credits' ? credits : metric === 'images' ? 1 : 0;
    if (used + wanted > limit)
      return `Your quota has ${metricText(metric, limit - used)} left of ${numberText(limit)} for this month, and this takes ${numberText(wanted)}.`;
  }
  return null;
}
