import { randomUUID } from 'node:crypto';
import type { MediaModel } from '@repo/ai';
import { type FakeModelOptions, fakeModel } from '@repo/ai/testing';
import { asOwner, ledgerAccounts, ledgerEntries, transactAs, users } from '@repo/db';
import { testDatabase } from '@repo/db/testing';
import { createQueue } from '@repo/jobs';
import { paintTestPhoto } from '@repo/media/testing';
import { aDiskStore } from '@repo/storage/testing';
import { sql } from 'drizzle-orm';
import { createAd } from './ads/create-ad.ts';
import type { AdView } from './ads/schema.ts';
import { checkAsset } from './assets/check-asset.ts';
import { completeUpload } from './assets/complete-upload.ts';
import { requestSlot } from './assets/request-slot.ts';
import type { SystemContext, Tools, UserContext } from './context.ts';
import { advanceGeneration } from './generation/advance-generation.ts';
import type { CatalogueEntry } from './generation/catalogue.ts';
import { jobDefinitions } from './job-definitions.ts';

const entry: CatalogueEntry = {
  id: 'fake/model',
  provider: 'fake',
  label: 'Fake model',
  kinds: ['image.edit', 'image.create'],
  credits: 4,
  costMicroUsd: 0,
  typicalSeconds: 2,
  isPaid: false,
  retiresOn: null,
};

export type World = Awaited<ReturnType<typeof aWorld>>;

/** Everything the domain works with, real but for the model: a database of its own, files on disk, the queue. */
export async function aWorld(
  options: { model?: FakeModelOptions | MediaModel; isPaid?: boolean; guestPaid?: boolean } = {},
) {
  const database = await testDatabase();
  const disk = await aDiskStore();
  const errors: unknown[] = [];
  const queue = createQueue({ url: database.url, catalog: jobDefinitions, onError: (error) => errors.push(error) });
  const model = options.model && 'start' in options.model ? options.model : fakeModel(options.model ?? {});
  const clock = { offsetMs: 0 };
  const tools: Tools = {
    db: database.db,
    store: disk.store,
    queue,
    models: { entries: [{ ...entry, isPaid: options.isPaid ?? false }], modelOf: () => model },
    guestPaid: options.guestPaid ?? false,
    now: () => new Date(Date.now() + clock.offsetMs),
  };
  const system: SystemContext = { ...tools, actor: { kind: 'system', job: 'test' } };
  const firstRun = () => ({ attempt: 1, signal: new AbortController().signal });

  const insertUser = async (isGuest: boolean, isStaff = false): Promise<UserContext> => {
    const id = randomUUID();
    await transactAs(tools.db, system.actor, (tx) =>
      tx.insert(users).values({
        id,
        name: isGuest ? 'Guest otter' : 'Ada',
        email: `${id}@example.test`,
        isAnonymous: isGuest,
        platformRole: isStaff ? 'staff' : 'member',
      }),
    );
    return { ...tools, actor: { kind: 'user', userId: id, isGuest }, addressHash: 'an address' };
  };

  const world = {
    ...database,
    tools,
    system,
    clock,
    model,
    errors,
    aGuest: () => insertUser(true),
    aPerson: () => insertUser(false),
    aStaffMember: () => insertUser(false, true),
    /** Where the files lie, for another process to share them. */
    filesRoot: disk.config.root,
    visitor: { ...tools, actor: { kind: 'visitor' as const }, addressHash: 'an address' },

    /** An uploaded, checked picture of this person's. */
    async anAsset(person: UserContext, bytes?: Uint8Array): Promise<string> {
      const body =
        bytes ??
        (await paintTestPhoto({ width: 320, height: 240, seed: Math.floor(Math.random() * 1e6), format: 'jpeg' }));
      const slot = await requestSlot(person, { mimeType: 'image/jpeg', bytes: body.byteLength });
      await fetch(slot.url, { method: slot.method, headers: slot.headers, body: new Uint8Array(body) });
      await completeUpload(person, slot.assetId);
      await checkAsset.run(system, { assetId: slot.assetId }, firstRun());
      return slot.assetId;
    },

    async anAd(person?: UserContext, newBrand = `Brand ${randomUUID().slice(0, 8)}`): Promise<AdView> {
      const author = person ?? (await insertUser(false));
      const assetId = await world.anAsset(author);
      return createAd(author, {
        assetId,
        title: 'An ad',
        location: 'Lisbon',
        brand: { newBrand },
        idempotencyKey: randomUUID(),
      });
    },

    /** Runs the step a worker would run now. */
    advance: (generationId: string) => advanceGeneration.run(system, { generationId }, firstRun()),
    checkUpload: (assetId: string) => checkAsset.run(system, { assetId }, firstRun()),

    balanceOf: async (userId: string): Promise<number> => {
      const [row] = await transactAs(tools.db, system.actor, (tx) =>
        tx.select({ balance: ledgerAccounts.balance }).from(ledgerAccounts).where(sql`user_id = ${userId}`),
      );
      return row?.balance ?? 0;
    },

    /** All entries of the ledger, which must always be zero, and every balance against its entries. */
    async ledgerSums(): Promise<{ total: number; wrongBalances: number }> {
      return transactAs(tools.db, system.actor, async (tx) => {
        const [total] = await tx.select({ sum: sql<number>`coalesce(sum(amount), 0)::int` }).from(ledgerEntries);
        const wrong = await asOwner(tx, (owner) =>
          owner.execute(sql`
            select a.id from ledger_account a left join ledger_entry e on e.account_id = a.id
            where a.kind in ('user', 'brand') group by a.id having a.balance <> coalesce(sum(e.amount), 0)`),
        );
        return { total: total!.sum, wrongBalances: wrong.length };
      });
    },

    async close() {
      await queue.stop(1_000);
      await disk.stop();
      await database.close();
    },
  };
  return world;
}
