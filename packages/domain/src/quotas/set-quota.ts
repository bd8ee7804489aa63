import { asOwner, brands, quotas, type Tx, transactAs } from '@repo/db';
import { and, eq, isNull } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { type Found, findSubject } from '../credits/find-subject.ts';
import { DomainError } from '../errors.ts';
import { recordEvent } from '../events/record-event.ts';
import { readAbility } from '../permissions/read-asker.ts';
import { theBrand } from '../permissions/rules.ts';
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
  const ability = await readAbility(tx, ctx);
  if (ability.can('set_quotas', 'Platform')) return true;
  if ('brandId' in of) return ability.can('set_quotas', theBrand(of.brandId));
  if (!('brandSlug' in of)) return false;
  const [brand] = await tx.select({ id: brands.id }).from(brands).where(eq(brands.slug, of.brandSlug));
  return brand !== undefined && ability.can('set_quotas', theBrand(brand.id));
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
