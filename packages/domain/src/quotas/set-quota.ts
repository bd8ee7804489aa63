import { asOwner, quotas, type Tx, transactAs } from '@repo/db';
import { and, eq, isNull } from 'drizzle-orm';
import { listMyBrands } from '../brands/read-brands.ts';
import type { UserContext } from '../context.ts';
import { type Found, findSubject, isStaff } from '../credits/find-subject.ts';
import { DomainError } from '../errors.ts';
import { recordEvent } from '../events/record-event.ts';
import { readReport } from './read-quotas.ts';
import type { QuotaReport, SetQuotaInput } from './schema.ts';

/**
 * Sets the most that a person or a brand may use of something in a month, or takes the limit away. The staff may for
 * anybody, the owners of a brand for their brand. It holds from the next request on. Throws `forbidden`, `not_found`.
 */
export const setQuota = (ctx: UserContext, input: SetQuotaInput): Promise<QuotaReport> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    if (!(await maySet(tx, ctx, input.of))) {
      throw new DomainError('forbidden', 'Only the staff and the owners of a brand may set quotas.');
    }
    return asOwner(tx, async (owner) => {
      const subject = await findSubject(owner, input.of);
      await write(owner, ctx, subject, input);
      await recordEvent(owner, ctx.actor, {
        noun: subject.brandId ? 'brand' : 'account',
        nounId: (subject.brandId ?? subject.userId)!,
        verb: 'quota_set',
        audienceId: subject.userId,
        brandId: subject.brandId,
        payload: { metric: input.metric, limit: input.limit },
      });
      return readReport(owner, subject, ctx.now(), true);
    });
  });

async function maySet(tx: Tx, ctx: UserContext, of: SetQuotaInput['of']): Promise<boolean> {
  if (await isStaff(tx, ctx.actor)) return true;
  const mine = (await listMyBrands(tx, ctx)).filter(({ role }) => role === 'owner');
  if ('brandId' in of) return mine.some(({ id }) => id === of.brandId);
  return 'brandSlug' in of && mine.some(({ slug }) => slug === of.brandSlug);
}

async function write(tx: Tx, ctx: UserContext, { userId, brandId }: Found, { metric, limit }: SetQuotaInput) {
  if (limit === null) {
    const isSubject = userId
      ? and(eq(quotas.userId, userId), isNull(quotas.brandId))
      : and(eq(quotas.brandId, brandId!), isNull(quotas.userId));
    await tx.delete(quotas).where(and(isSubject, eq(quotas.metric, metric)));
    return;
  }
  const change = { limit, setBy: ctx.actor.userId, updatedAt: ctx.now() };
  await tx
    .insert(quotas)
    .values({ userId, brandId, metric, ...change })
    .onConflictDoUpdate({ target: [quotas.userId, quotas.brandId, quotas.metric], set: change });
}
