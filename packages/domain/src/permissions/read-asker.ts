import type { Tx } from '@repo/db';
import { sql } from 'drizzle-orm';
import type { DomainContext, ReaderContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import { type Ability, type Asker, abilityOf, type Membership, type StaffRight } from './ability-rules.ts';

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

/** Throws `forbidden` with this sentence unless `may`. */
export function mustBeAllowed(may: boolean, sentence: string): void {
  if (!may) throw new DomainError('forbidden', sentence);
}
