import { asOwner, brands, generations, type Tx, transactAs, users } from '@repo/db';
import { and, asc, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { UserContext } from '../context.ts';
import { mustBeStaff } from '../permissions/read-asker.ts';
import { MOST_MATCHES } from './rules.ts';
import type { FindInput, Matches } from './schema.ts';

/** People by name or e-mail address, brands by name, anything by its number. For the staff; throws `forbidden`. */
export const findMatches = (ctx: UserContext, { words }: FindInput): Promise<Matches> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    await mustBeStaff(tx, ctx, 'operate', 'Only the staff may look for people and brands.');
    const isNumber = z.uuid().safeParse(words).success;
    return asOwner(tx, (owner) => (isNumber ? findNumber(owner, words) : findWords(owner, words)));
  });

const person = {
  id: users.id,
  name: users.name,
  email: users.email,
  isGuest: users.isAnonymous,
};
const brand = { id: brands.id, name: brands.name, slug: brands.slug };

async function findNumber(tx: Tx, id: string): Promise<Matches> {
  const [generation] = await tx
    .select({ id: generations.id, kind: generations.kind, status: generations.status })
    .from(generations)
    .where(eq(generations.id, id));
  return {
    people: await tx.select(person).from(users).where(eq(users.id, id)),
    brands: await tx.select(brand).from(brands).where(eq(brands.id, id)),
    generation: generation ?? null,
    hasMore: false,
  };
}

/** Guests all have made-up names and addresses: they are found by their number only. */
async function findWords(tx: Tx, words: string): Promise<Matches> {
  const people = await tx
    .select(person)
    .from(users)
    .where(
      and(
        eq(users.isAnonymous, false),
        isNull(users.mergedInto),
        isNull(users.serviceOf),
        or(has(users.name, words), has(users.email, words)),
      ),
    )
    // Whoever has exactly this address stands first.
    .orderBy(sql`lower(${users.email}) <> ${words.toLowerCase()}`, asc(users.name), asc(users.id))
    .limit(MOST_MATCHES + 1);
  const named = await tx
    .select(brand)
    .from(brands)
    .where(or(has(brands.name, words), has(brands.slug, words)))
    .orderBy(sql`lower(${brands.name}) <> ${words.toLowerCase()}`, asc(brands.name), asc(brands.id))
    .limit(MOST_MATCHES + 1);
  return {
    people: people.slice(0, MOST_MATCHES),
    brands: named.slice(0, MOST_MATCHES),
    generation: null,
    hasMore: people.length > MOST_MATCHES || named.length > MOST_MATCHES,
  };
}

/** Contains these words as they are: `%` and `_` are characters like others. */
const has = (
  column: typeof users.name | typeof users.email | typeof brands.name | typeof brands.slug,
  words: string,
): SQL => sql`position(${words.toLowerCase()} in lower(${column})) > 0`;
