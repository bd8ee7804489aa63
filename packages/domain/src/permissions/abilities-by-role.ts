import type { ReaderContext } from '../context.ts';
import { type Ability, abilityOf, type BrandRole } from './ability-rules.ts';
import { askerWith } from './read-asker.ts';

/** The same for all of them, who read most: made once. */
const OF_VISITORS = abilityOf({ kind: 'visitor' });

/** What the asker may do as this role in this brand. Of a list, the same answer is not worked out for each. */
export function abilitiesByRole(
  ctx: Pick<ReaderContext, 'actor' | 'key'>,
): (brandId: string, role: BrandRole | null) => Ability {
  if (ctx.actor.kind === 'visitor') return () => OF_VISITORS;
  const known = new Map<string, Ability>();
  return (brandId, role) => {
    const name = role ? `${brandId} ${role}` : '';
    const ability = known.get(name) ?? abilityOf(askerWith(ctx, role ? [{ brandId, role }] : []));
    known.set(name, ability);
    return ability;
  };
}
