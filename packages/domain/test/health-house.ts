import { createDb, modelHealth, transactAs } from '@repo/db';
import { testDatabase } from '@repo/db/testing';
import { and, eq } from 'drizzle-orm';
import type { SystemContext, Tools } from '../src/context.ts';
import type { CatalogueEntry, ModelOrder } from '../src/generation/catalogue.ts';
import type { HealthKey } from '../src/generation/health/health-row.ts';

/** A model as data; it makes square pictures unless told otherwise. */
export const anEntry = (name: string, changes: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
  id: `${name.toLowerCase()}/model`,
  provider: name.toLowerCase(),
  label: name,
  prices: { 'image.create': { per: 'image', credits: 4 } },
  cost: {},
  capabilities: { aspectRatios: ['1:1'] },
  typicalSeconds: 10,
  isPaid: true,
  isStandIn: false,
  retiresOn: null,
  isEnabled: true,
  atOnce: 4,
  ...changes,
});

export const keyOf = ({ provider, id }: CatalogueEntry, kind: HealthKey['kind'] = 'image.create'): HealthKey => ({
  provider,
  model: id,
  kind,
});

export type Process = Pick<Tools, 'db' | 'now' | 'models'>;
const actor: SystemContext['actor'] = { kind: 'system', job: 'test' };

/** A database, a clock that stands still until it is moved, and as many processes over both as are asked for. */
export async function aHealthHouse(entries: CatalogueEntry[] = [anEntry('Gemini')], order: ModelOrder = {}) {
  const database = await testDatabase();
  const pools = [database.db];
  const clock = { at: new Date('2026-11-20T12:04:00Z') };
  const house = {
    ...database,
    clock,
    actor,
    shelf: { entries, order, modelOf: null, streamOf: null },
    wait(seconds: number) {
      clock.at = new Date(clock.at.getTime() + seconds * 1000);
    },
    /** Another process: its own connections, its own memory. */
    aProcess(): Process {
      const db = createDb(database.url, { max: 4, applicationName: 'test' });
      pools.push(db);
      return { db, now: () => clock.at, models: house.shelf };
    },
    /** What all processes share about a model. */
    async row({ provider, model, kind }: HealthKey) {
      const isRow = and(
        eq(modelHealth.provider, provider),
        eq(modelHealth.model, model),
        eq(modelHealth.operation, kind),
      );
      const [row] = await transactAs(database.db, actor, (tx) => tx.select().from(modelHealth).where(isRow));
      return row;
    },
    /** Sets what is known of a model. */
    know: ({ provider, model, kind }: HealthKey, values: Partial<typeof modelHealth.$inferInsert>) =>
      transactAs(database.db, actor, (tx) =>
        tx
          .insert(modelHealth)
          .values({ provider, model, operation: kind, ...values })
          .onConflictDoUpdate({
            target: [modelHealth.provider, modelHealth.model, modelHealth.operation],
            set: values,
          }),
      ),
    async close() {
      for (const pool of pools.slice(1)) await pool.close();
      await database.close();
    },
  };
  return house;
}
export type HealthHouse = Awaited<ReturnType<typeof aHealthHouse>>;
