import { asOwner, quotas, type Tx, transactAs, usageMonths } from '@repo/db';
import { and, eq, isNull } from 'drizzle-orm';
import type { ReaderContext, UserContext } from '../context.ts';
import { type Found, findSubject } from '../credits/find-subject.ts';
import { notFound } from '../errors.ts';
import { mustBeStaff, readAbility } from '../permissions/read-asker.ts';
import { theBrand } from '../permissions/rules.ts';
import {
  metricLabel,
  metricText,
  monthName,
  numberText,
  QUOTA_METRICS,
  type QuotaMetric,
  quotaMonthOf,
  quotaResetsAt,
  resetText,
  SOFT_WARNING_AT,
} from './rules.ts';
import type { MyQuotas, MyQuotasInput, QuotaLine, QuotaReport, QuotasOfInput } from './schema.ts';

/**
 * What the asker has used this month of what they may, and the same of a brand they belong to. A visitor has used
 * nothing. Throws `not_found` for others' brands.
 */
export async function readQuotas(ctx: ReaderContext, input: MyQuotasInput): Promise<MyQuotas> {
  const brandId = input.brandId ?? ctx.key?.brandId;
  const { actor } = ctx;
  const now = ctx.now();
  if (actor.kind === 'visitor') {
    if (brandId) throw notFound('brand');
    return { mine: reportOf({ kind: 'user', id: null, name: 'You' }, [], undefined, now, false), brand: null };
  }
  return transactAs(ctx.db, actor, async (tx) => {
    const ability = await readAbility(tx, ctx);
    if (brandId && ability.cannot('see_credits', theBrand(brandId))) throw notFound('brand');
    return asOwner(tx, async (owner) => {
      const mine = await findSubject(owner, { userId: actor.userId });
      const brand = brandId ? await findSubject(owner, { brandId }) : null;
      return {
        mine: await readReport(
          owner,
          { ...mine, view: { ...mine.view, name: 'You' } },
          now,
          ability.can('set_quotas', 'Platform'),
        ),
        brand: brand ? await readReport(owner, brand, now, ability.can('set_quotas', theBrand(brand.brandId!))) : null,
      };
    });
  });
}

/** Anybody's, for the staff. Throws `forbidden`, `not_found`. */
export const readQuotasOf = (ctx: UserContext, { of }: QuotasOfInput): Promise<QuotaReport> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    await mustBeStaff(tx, ctx, 'operate', 'Only the staff may look at the quotas of others.');
    return asOwner(tx, async (owner) => readReport(owner, await findSubject(owner, of), ctx.now(), true));
  });

/** Wants the owner's rights. */
export async function readReport(tx: Tx, subject: Found, now: Date, maySet: boolean): Promise<QuotaReport> {
  const { userId, brandId, view } = subject;
  const limits = await tx
    .select({ metric: quotas.metric, limit: quotas.limit })
    .from(quotas)
    .where(and(isOrNull(quotas.userId, userId), isOrNull(quotas.brandId, brandId)));
  const [used] = await tx
    .select()
    .from(usageMonths)
    .where(
      and(
        isOrNull(usageMonths.userId, userId),
        isOrNull(usageMonths.brandId, brandId),
        eq(usageMonths.month, quotaMonthOf(now)),
      ),
    );
  return reportOf({ kind: view.kind, id: userId ?? brandId, name: view.name }, limits, used, now, maySet);
}

type IdColumn = typeof quotas.userId | typeof quotas.brandId | typeof usageMonths.userId | typeof usageMonths.brandId;
const isOrNull = (column: IdColumn, id: string | null) => (id === null ? isNull(column) : eq(column, id));

type Limit = { metric: QuotaMetric; limit: number };
type Used = { images: number; videoSeconds: number; tokens: number; credits: number };

function reportOf(
  subject: QuotaReport['subject'],
  limits: readonly Limit[],
  used: Used | undefined,
  now: Date,
  maySet: boolean,
): QuotaReport {
  const usedOf: Record<QuotaMetric, number> = {
    images: used?.images ?? 0,
    video_seconds: used?.videoSeconds ?? 0,
    tokens: used?.tokens ?? 0,
    credits: used?.credits ?? 0,
  };
  const whose = subject.kind === 'brand' ? `The quota of ${subject.name}` : 'Your quota';
  return {
    subject,
    month: quotaMonthOf(now),
    resetsAt: quotaResetsAt(now),
    lines: QUOTA_METRICS.map((metric) =>
      lineOf(metric, usedOf[metric], limits.find((row) => row.metric === metric)?.limit ?? null, whose, now),
    ),
    maySet,
  };
}

function lineOf(metric: QuotaMetric, used: number, limit: number | null, whose: string, now: Date): QuotaLine {
  const line = { metric, label: metricLabel(metric), used, limit };
  if (limit === null) return { ...line, fraction: null, warning: null, sentence: null };
  // Nothing may be used of a limit of 0: it is used up from the start.
  const fraction = limit === 0 ? 1 : used / limit;
  const what = `${whose} of ${metricText(metric, limit)} for ${monthName(now)}`;
  const again = `It starts again on ${resetText(quotaResetsAt(now))}.`;
  const count = `${numberText(used)} of ${numberText(limit)}`;
  if (fraction >= 1) return { ...line, fraction, warning: 'hard', sentence: `${what} is used up: ${count}. ${again}` };
  if (fraction < SOFT_WARNING_AT) return { ...line, fraction, warning: null, sentence: null };
  const percent = Math.floor(fraction * 100);
  return { ...line, fraction, warning: 'soft', sentence: `${what} is ${percent} % used: ${count}. ${again}` };
}
