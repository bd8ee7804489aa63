import type { Tx } from '@repo/db';
import { sql } from 'drizzle-orm';
import type { DomainContext, ReaderContext } from '../context.ts';
import { DomainError, notFound } from '../errors.ts';
import {
  type Ability,
  type AccountRight,
  type Asker,
  abilityOf,
  type BrandRight,
  type Membership,
  type StaffRight,
  theBrand,
} from './ability-rules.ts';

type Asking = Pick<DomainContext, 'actor'> & Pick<ReaderContext, 'key'>;

/** What whoever asks may do, from their own rows, in the transaction that acts on it. */
export const readAbility = async (tx: Tx, ctx: Asking): Promise<Ability> => abilityOf(await readAsker(tx, ctx));

export async function readAsker(tx: Tx, { actor, key }: Asking): Promise<Asker> {
  if (actor.kind !== 'user') return actor.kind === 'system' ? { kind: 'system' } : { kind: 'visitor' };
  if (actor.isGuest) return { kind: 'guest', userId: actor.userId };
  const [me] = await tx.execute<{ staff: boolean; verified: boolean; memberships: Membership[] }>(sql`
    select app_is_staff() as staff,
      coalesce((select email_verified from "user" where id = ${actor.userId}), false) as verified,
      coalesce((select json_agg(json_build_object('brandId', brand_id, 'role', role)) from membership
        where user_id = ${actor.userId}), '[]') as memberships`);
  const { staff, verified, memberships } = me!;
  return {
    kind: 'person',
    userId: actor.userId,
    isStaff: staff,
    emailVerified: verified,
    memberships,
    key: key ?? null,
  };
}

/** Throws `forbidden` with this sentence unless whoever asks may do this for the whole platform. */
export const mustBeStaff = async (tx: Tx, ctx: Asking, right: StaffRight, sentence: string): Promise<void> =>
  mustBeAllowed((await readAbility(tx, ctx)).can(right, 'Platform'), sentence);

/** What whoever asks is without their rows: as if they had no more than these roles, and were not of the staff. */
export function askerWith({ actor, key }: Asking, memberships: readonly Membership[]): Asker {
  if (actor.kind !== 'user') return actor.kind === 'system' ? { kind: 'system' } : { kind: 'visitor' };
  const { userId, isGuest } = actor;
  if (isGuest) return { kind: 'guest', userId };
  return { kind: 'person', userId, isStaff: false, emailVerified: false, memberships, key: key ?? null };
}

/** Throws `sign_up_first` with this sentence where it takes an account that whoever asks does not have. */
export function mustHaveAccount(ctx: Asking, right: AccountRight, sentence: string): void {
  if (abilityOf(askerWith(ctx, [])).cannot(right, 'Account')) throw new DomainError('sign_up_first', sentence);
}

/** Throws `not_found` for a brand that is not theirs, and `forbidden` with this sentence where the role is not enough. */
export async function mustActFor(
  tx: Tx,
  ctx: Asking,
  brandId: string,
  right: BrandRight,
  sentence: string,
): Promise<void> {
  const ability = await readAbility(tx, ctx);
  if (ability.can(right, theBrand(brandId))) return;
  if (ability.cannot('see', theBrand(brandId))) throw notFound('brand');
  throw new DomainError('forbidden', sentence);
}

/** What is asked for with a brand's key, that brand pays. Throws `forbidden` where another one is named. */
export function payingBrandOf({ key }: Asking, asked: string | undefined): string | undefined {
  if (!key?.brandId) return asked;
  if (asked === undefined || asked === key.brandId) return key.brandId;
  throw new DomainError('forbidden', 'This key is another brand’s: it spends the credits of its own brand only.');
}

/** Throws `forbidden` with this sentence unless `may`. */
export function mustBeAllowed(may: boolean, sentence: string): void {
  if (!may) throw new DomainError('forbidden', sentence);
}
