import { randomUUID } from 'node:crypto';
import { brands, generations, memberships, type Tx, transactAs, users } from '@repo/db';
import { testDatabase } from '@repo/db/testing';
import type { Queue } from '@repo/jobs';
import type { ObjectStore } from '@repo/storage';
import { eq, sql } from 'drizzle-orm';
import type { BrandRole } from '../src/brands/rules.ts';
import type { SystemContext, Tools, UserContext, VisitorActor } from '../src/context.ts';
import { captureHold, holdCredits, releaseHold } from '../src/credits/hold-credits.ts';
import { aTestSealer } from '../src/sealing/testing.ts';

export type LedgerHouse = Awaited<ReturnType<typeof aLedgerHouse>>;
type GenerationValues = Partial<typeof generations.$inferInsert>;

/** A database with people, brands and generations for everything about money. No models, files or jobs. */
export async function aLedgerHouse() {
  const database = await testDatabase();
  const clock = { now: new Date('2026-11-20T12:00:00.000Z') };
  const tools: Tools = {
    db: database.db,
    // Nothing here touches files or asks for jobs.
    store: null as unknown as ObjectStore,
    queue: null as unknown as Queue,
    models: { entries: [], order: {}, modelOf: null, streamOf: null },
    outside: Object.assign(() => Promise.reject(new Error('Nothing leaves this house.')), { judge: () => {} }),
    sealer: aTestSealer(),
    guestPaid: false,
    now: () => clock.now,
  };
  const system: SystemContext = { ...tools, actor: { kind: 'system', job: 'test' } };
  const visitor = { ...tools, addressHash: 'an address', actor: { kind: 'visitor' } as VisitorActor };
  const asSystem = <T>(work: (tx: Tx) => Promise<T>) => transactAs(database.db, system.actor, work);

  async function aPerson(kind: 'person' | 'guest' | 'staff' = 'person'): Promise<UserContext> {
    const id = randomUUID();
    await asSystem((tx) =>
      tx.insert(users).values({
        id,
        name: kind === 'guest' ? 'Guest otter' : 'Ada',
        email: `${id}@example.test`,
        isAnonymous: kind === 'guest',
        platformRole: kind === 'staff' ? 'staff' : 'member',
      }),
    );
    return { ...tools, addressHash: randomUUID(), actor: { kind: 'user', userId: id, isGuest: kind === 'guest' } };
  }

  const join = (brandId: string, person: UserContext, role: BrandRole) =>
    asSystem((tx) => tx.insert(memberships).values({ brandId, userId: person.actor.userId, role }));

  async function aBrand(owner: UserContext, name = 'Fjellsko'): Promise<string> {
    const [brand] = await asSystem((tx) =>
      tx
        .insert(brands)
        .values({ name, slug: `brand-${randomUUID()}`, createdBy: owner.actor.userId })
        .returning({ id: brands.id }),
    );
    await join(brand!.id, owner, 'owner');
    return brand!.id;
  }

  async function aGeneration(owner: UserContext, values: GenerationValues = {}): Promise<string> {
    const [row] = await asSystem((tx) =>
      tx
        .insert(generations)
        .values({
          ownerId: owner.actor.userId,
          kind: 'image.create',
          model: 'fake/model',
          provider: 'fake',
          prompt: 'a lake',
          input: {},
          seed: 1,
          idempotencyKey: randomUUID(),
          requestHash: 'hash',
          quotedCredits: 4,
          createdAt: clock.now,
          ...values,
        })
        .returning({ id: generations.id }),
    );
    return row!.id;
  }

  /** A generation with credits held for it. */
  async function held(owner: UserContext, amount: number, values: GenerationValues = {}): Promise<string> {
    const id = await aGeneration(owner, values);
    const payer = values.brandId ? { brandId: values.brandId } : { userId: owner.actor.userId };
    await asSystem((tx) =>
      holdCredits(tx, { payer, generationId: id, amount, addressHash: owner.addressHash, now: clock.now }),
    );
    return id;
  }

  const end = (tx: Tx, generationId: string, status: 'done' | 'failed') =>
    tx.update(generations).set({ status, finishedAt: clock.now }).where(eq(generations.id, generationId));
  const capture = (generationId: string, amount: number) =>
    asSystem(async (tx) => {
      await end(tx, generationId, 'done');
      return captureHold(tx, generationId, amount, clock.now);
    });
  const release = (generationId: string, why = 'it failed') =>
    asSystem(async (tx) => {
      await end(tx, generationId, 'failed');
      return releaseHold(tx, generationId, why, clock.now);
    });

  return {
    ...database,
    tools,
    system,
    visitor,
    clock,
    asSystem,
    aPerson,
    aBrand,
    join,
    aGeneration,
    held,
    capture,
    release,

    balanceOf: async (who: { userId: string } | { brandId: string }): Promise<number> => {
      const id = 'userId' in who ? who.userId : who.brandId;
      const [row] = await asSystem((tx) =>
        tx.execute<{ balance: number }>(
          sql`select balance::int from ledger_account where user_id = ${id} or brand_id = ${id}`,
        ),
      );
      return row?.balance ?? 0;
    },

    /** What must hold whatever happened: each unit sums to zero, balances are the sums of their entries, none below 0. */
    async books() {
      const units = await asSystem((tx) =>
        tx.execute<{ unit: string; sum: number }>(sql`
          select a.unit, sum(e.amount)::float8 as sum from ledger_entry e join ledger_account a on a.id = e.account_id
          group by a.unit order by a.unit`),
      );
      const wrong = await asSystem((tx) =>
        tx.execute(sql`
          select a.id from ledger_account a left join ledger_entry e on e.account_id = a.id
          where a.kind in ('user', 'brand')
          group by a.id having a.balance <> coalesce(sum(e.amount), 0) or a.balance < 0`),
      );
      const overdrawn = await asSystem((tx) =>
        tx.execute(sql`
          select e.generation_id from ledger_entry e join ledger_account a on a.id = e.account_id
          where a.kind in ('held', 'spent') and e.generation_id is not null
          group by e.generation_id, a.kind having sum(e.amount) < 0`),
      );
      return {
        sums: Object.fromEntries([...units].map(({ unit, sum }) => [unit, sum])),
        wrongBalances: wrong.length,
        overdrawn: overdrawn.length,
      };
    },
  };
}
