import { credentials, type Db, transactAs, users } from '@repo/db';
import { DEMO_ACCOUNTS } from '@repo/domain/demo/demo-accounts';
import { eq } from 'drizzle-orm';
import { hashPassword, saltFor } from '../accounts/password-hash.ts';
import { DEMO_PEOPLE } from './people.ts';

export type SeededPeople = { brandAdmin: string; bySlug: Map<string, string> };

const SEED = { kind: 'system', job: 'demo.seed' } as const;

/** The people of the demo, by what they are called there. Who is there already stays as they are. */
export async function seedPeople(db: Db, secret: string, joinedAt: Date): Promise<SeededPeople> {
  const bySlug = new Map<string, string>();
  for (const person of DEMO_PEOPLE) bySlug.set(person.slug, await addPerson(db, person, joinedAt));
  const withPassword = async (
    { name, email, password }: { name: string; email: string; password: string },
    isStaff = false,
  ) => {
    const id = await addPerson(db, { name, email, isStaff }, joinedAt);
    const hash = await hashPassword(password, saltFor(secret, email));
    await transactAs(db, SEED, async (tx) => {
      const [has] = await tx.select({ id: credentials.id }).from(credentials).where(eq(credentials.userId, id));
      if (!has)
        await tx.insert(credentials).values({ userId: id, accountId: id, providerId: 'credential', password: hash });
    });
    return id;
  };
  await withPassword(DEMO_ACCOUNTS.staff, true);
  bySlug.set('milo', await withPassword(DEMO_ACCOUNTS.creator));
  return { brandAdmin: await withPassword(DEMO_ACCOUNTS.brandAdmin), bySlug };
}

type NewPerson = { name: string; email: string; isStaff?: boolean };

function addPerson(db: Db, { name, email, isStaff = false }: NewPerson, createdAt: Date): Promise<string> {
  return transactAs(db, SEED, async (tx) => {
    await tx
      .insert(users)
      .values({ name, email, emailVerified: true, platformRole: isStaff ? 'staff' : 'member', createdAt })
      .onConflictDoNothing();
    const [user] = await tx.select({ id: users.id }).from(users).where(eq(users.email, email));
    return user!.id;
  });
}
