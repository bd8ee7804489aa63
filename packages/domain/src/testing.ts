import { randomUUID } from 'node:crypto';
import { type AnyModel, ASPECT_RATIOS, IMAGE_SIZES, IMAGE_STYLES, type MediaModel } from '@repo/ai';
import {
  type FakeModel,
  type FakeModelOptions,
  type FakeSpeechOptions,
  type FakeTextOptions,
  fakeModel,
  fakeSpeechModel,
  fakeTextModel,
} from '@repo/ai/testing';
import { asOwner, ledgerAccounts, ledgerEntries, transactAs, users } from '@repo/db';
import { testDatabase } from '@repo/db/testing';
import { createQueue } from '@repo/jobs';
import { paintTestPhoto } from '@repo/media/testing';
import { createOutsideFetch } from '@repo/outbound/adapters';
import { aDiskStore } from '@repo/storage/testing';
import { sql } from 'drizzle-orm';
import { createAd } from './ads/create-ad.ts';
import type { AdView } from './ads/schema.ts';
import { checkAsset } from './assets/check-asset.ts';
import { completeUpload } from './assets/complete-upload.ts';
import { requestSlot } from './assets/request-slot.ts';
import type { SystemContext, Tools, UserContext } from './context.ts';
import { advanceNow } from './generation/advance-generation.ts';
import type { CatalogueEntry, ModelOrder } from './generation/catalogue.ts';
import { type Desk, openDesk, type Seats } from './generation/desk.ts';
import { jobDefinitions } from './job-definitions.ts';
import { aTestSealer } from './sealing/testing.ts';

const entry: CatalogueEntry = {
  id: 'fake/model',
  provider: 'fake',
  label: 'Fake model',
  prices: {
    'image.edit': { per: 'image', credits: 4 },
    'image.create': { per: 'image', credits: 4 },
    'video.create': { per: 'second', credits: 2 },
  },
  cost: { image: 40_000, second: 100_000 },
  capabilities: {
    aspectRatios: ASPECT_RATIOS,
    styles: IMAGE_STYLES,
    sizes: IMAGE_SIZES,
    maxReferences: 13,
    videoSeconds: [4, 6, 8],
    videoResolutions: ['720p', '1080p'],
    videoRatios: ['16:9', '9:16'],
    firstFrame: true,
    lastFrame: true,
  },
  typicalSeconds: 2,
  isPaid: false,
  isStandIn: false,
  retiresOn: null,
  isEnabled: true,
  atOnce: 8,
};

const textEntry: CatalogueEntry = {
  ...entry,
  id: 'fake/text',
  label: 'Fake text',
  prices: {
    'text.structured': { per: 'thousand tokens', credits: 1 },
    'text.stream': { per: 'thousand tokens', credits: 1 },
    'text.embed': { per: 'thousand tokens', credits: 1 },
    'image.describe': { per: 'call', credits: 1 },
  },
  cost: { thousandInputTokens: 2_500, thousandOutputTokens: 2_500 },
  capabilities: {},
};

const speechEntry: CatalogueEntry = {
  ...entry,
  id: 'fake/speech',
  label: 'Fake speech',
  prices: { 'speech.create': { per: 'thousand tokens', credits: 3 } },
  cost: { thousandInputTokens: 15_000 },
  capabilities: {},
};

export type World = Awaited<ReturnType<typeof aWorld>>;

/** Everything the domain works with, real but for the model: a database of its own, files on disk, the queue. */
export async function aWorld(
  options: {
    model?: FakeModelOptions | MediaModel;
    text?: FakeTextOptions;
    speech?: FakeSpeechOptions;
    isPaid?: boolean;
    guestPaid?: boolean;
    /** Further models, each with its row of the catalogue. */
    more?: { entry: Partial<CatalogueEntry> & { id: string }; model: AnyModel }[];
    order?: ModelOrder;
  } = {},
) {
  const database = await testDatabase();
  const disk = await aDiskStore();
  const errors: unknown[] = [];
  const desks: Desk[] = [];
  const queue = createQueue({ url: database.url, catalog: jobDefinitions, onError: (error) => errors.push(error) });
  const model = options.model && 'start' in options.model ? options.model : fakeModel(options.model ?? {});
  const text = fakeTextModel(options.text ?? {});
  const speech = fakeSpeechModel(options.speech ?? {});
  const { isPaid = false, more = [] } = options;
  const models = new Map<string, AnyModel>([
    [entry.id, model],
    [textEntry.id, text],
    [speechEntry.id, speech],
    ...more.map((one) => [one.entry.id, one.model] as const),
  ]);
  const clock = { offsetMs: 0 };
  const tools: Tools = {
    db: database.db,
    store: disk.store,
    queue,
    models: {
      entries: [
        { ...entry, isPaid },
        { ...textEntry, isPaid },
        { ...speechEntry, isPaid },
        ...more.map(({ entry: row }) => ({ ...entry, isPaid, provider: row.id.split('/')[0]!, label: row.id, ...row })),
      ],
      order: options.order ?? {},
      modelOf: (id) => models.get(id) ?? null,
      streamOf: (id) => {
        const found = models.get(id);
        return found?.type === 'text' ? found : null;
      },
    },
    // The servers of a test are on this machine.
    outside: createOutsideFetch({ allowed: [{ hostname: '127.0.0.1', port: null }] }),
    sealer: aTestSealer(),
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
    /** Typed as what the options asked for; `fake` is the same, where they brought no model of their own. */
    model,
    fake: model as FakeModel,
    text,
    speech,
    errors,
    aGuest: () => insertUser(true),
    aPerson: () => insertUser(false),
    aStaffMember: () => insertUser(false, true),
    /** Where the files lie, for another process to share them. */
    filesRoot: disk.config.root,
    visitor: { ...tools, actor: { kind: 'visitor' as const }, addressHash: 'an address' },

    /** A picture as a model brings it. */
    paint: () => paintTestPhoto({ width: 64, height: 48, seed: 1, format: 'png' }),

    /** An uploaded, checked picture of this person's. */
    async anAsset(person: UserContext, bytes?: Uint8Array): Promise<string> {
      const body =
        bytes ??
        (await paintTestPhoto({ width: 96, height: 72, seed: Math.floor(Math.random() * 1e6), format: 'jpeg' }));
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
    advance: (generationId: string) => advanceNow(system, generationId, new AbortController().signal),
    /** A worker that is killed at its n-th step (from 0): a moment before or after it writes to Postgres or the store. */
    aMortal: (step: number) => aMortal(system, step),
    /** A worker's desk of this world, which takes what is due until the test ends or stops it. */
    aDesk(seats: Seats = { default: 4 }, ctx: SystemContext = system) {
      const desk = openDesk(ctx, seats);
      desks.push(desk);
      return desk;
    },
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
      await Promise.all(desks.map((desk) => desk.stop()));
      await queue.stop(1_000);
      await disk.stop();
      await database.close();
    },
  };
  return world;
}

/**
 * The same world as a worker has it that is killed at a step: from then on nothing it asked for ever returns.
 * `hasDied` tells whether it came that far.
 */
function aMortal(system: SystemContext, diesAt: number) {
  const died = Promise.withResolvers<void>();
  let steps = 0;
  const hasDied = () => steps > diesAt;
  const beat = (): Promise<void> => {
    steps += 1;
    if (!hasDied()) return Promise.resolve();
    died.resolve();
    return new Promise<never>(() => {});
  };
  const counting = <Target extends object>(target: Target, names: readonly string[]): Target =>
    new Proxy(target, {
      get(of, name) {
        const value: unknown = Reflect.get(of, name, of);
        if (typeof value !== 'function') return value;
        if (!names.includes(String(name))) return value.bind(of);
        return async (...args: unknown[]) => {
          await beat();
          const result: unknown = await value.apply(of, args);
          await beat();
          return result;
        };
      },
    });
  const ctx: SystemContext = {
    ...system,
    db: counting(system.db, ['transaction']),
    store: counting(system.store, ['put', 'removeAll']),
  };
  return {
    ctx,
    hasDied,
    /** Resolves when it has done what it can of this one, or is dead. */
    advance: (generationId: string) =>
      Promise.race([advanceNow(ctx, generationId, new AbortController().signal), died.promise]),
  };
}
