import { ads, assets, brands, memberships, remixes, transactAs } from '@repo/db';
import { createAd } from '@repo/domain/ads/create-ad';
import { storePicture } from '@repo/domain/assets/store-picture';
import type { SystemContext, UserContext } from '@repo/domain/context';
import { advanceNow } from '@repo/domain/generation/advance-generation';
import { publishRemix } from '@repo/domain/remixes/publish-remix';
import { requestRemix } from '@repo/domain/remixes/request-remix';
import { rollUpAllUsage } from '@repo/domain/usage/roll-up-usage';
import { and, eq, like, sql } from 'drizzle-orm';
import { LOCAL } from '../models/model-entries.ts';
import { DEMO_ADS, type DemoAd, paintDemoAd } from './ads.ts';
import { DEMO_ADMIN_BRAND_SLUG, DEMO_BRANDS, type DemoBrand } from './brands.ts';
import { DEMO_REMIXES, type DemoRemix } from './remixes.ts';
import { type SeededPeople, seedPeople } from './seed-people.server.ts';

const DAY_MS = 86_400_000;
const OLDEST_AD_DAYS = 16;
const ADMIN_BRANDS = new Set([DEMO_ADMIN_BRAND_SLUG, 'ostrel']);

export type SeedOptions = {
  secret: string;
  say(line: string): void;
  remixes?: readonly DemoRemix[];
  ads?: readonly DemoAd[];
};

/**
 * Fills an empty installation with brands, ads and remixes, by the same verbs that people use: every picture is
 * checked and stored, every remix held, made and captured. Safe to repeat and to interrupt: it goes on where it ended.
 */
export async function seedDemo(ctx: SystemContext, options: SeedOptions): Promise<void> {
  const { say, secret, ads: demoAds = DEMO_ADS, remixes: demoRemixes = DEMO_REMIXES } = options;
  const now = ctx.now();
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const people = await seedPeople(ctx.db, secret, before(OLDEST_AD_DAYS + 1));
  const brandIds = new Map<string, string>();
  for (const brand of DEMO_BRANDS) brandIds.set(brand.slug, await seedBrand(ctx, brand, ownerOf(brand.slug, people)));

  const adIds = new Map<string, string>();
  for (const [n, ad] of demoAds.entries()) {
    // The first of the list is the newest, so that the feed opens with it.
    const at = before(0.2 + (n / demoAds.length) * OLDEST_AD_DAYS);
    const made = await seedAd(ctx, ad, {
      authorId: ownerOf(ad.brandSlug, people),
      brandId: brandIds.get(ad.brandSlug)!,
      at,
    });
    adIds.set(ad.slug, made.id);
    if (made.isNew) say(`Painted ad ${n + 1} of ${demoAds.length}: ${ad.title}`);
  }

  const oldestFirst = demoRemixes.filter(({ adSlug }) => adIds.has(adSlug)).sort((a, b) => b.daysAgo - a.daysAgo);
  const remixIds = new Map<string, string>();
  for (const [n, remix] of oldestFirst.entries()) {
    const made = await seedRemix(ctx, remix, { adIds, remixIds, people, at: before(remix.daysAgo) });
    if (made.isNew) say(`Made remix ${n + 1} of ${oldestFirst.length}: ${remix.prompt}`);
  }
  // Its calls lie on days that the job which sums up usage may long have passed.
  await rollUpAllUsage(ctx);
}

/** True when there is nothing left for `seedDemo` to do. */
export async function isSeeded(ctx: SystemContext): Promise<boolean> {
  const found = await transactAs(ctx.db, ctx.actor, (tx) =>
    tx.select({ key: ads.idempotencyKey }).from(ads).where(like(ads.idempotencyKey, 'demo-%')),
  );
  if (found.length < DEMO_ADS.length) return false;
  const made = await transactAs(ctx.db, ctx.actor, (tx) =>
    tx.execute<{ n: number }>(
      sql`select count(*)::int as n from generation where idempotency_key like 'demo-%' and status in ('done', 'failed')`,
    ),
  );
  return made[0]!.n >= DEMO_REMIXES.length && !(await hasUncountedDays(ctx));
}

/** True where a call of the demo lies on a past day that was never summed up, as after a seed that was cut off. */
export async function hasUncountedDays(ctx: SystemContext): Promise<boolean> {
  const today = ctx.now().toISOString().slice(0, 10);
  const [row] = await transactAs(ctx.db, ctx.actor, (tx) =>
    tx.execute<{ has: boolean }>(sql`
      select exists (
        select from provider_call c join generation g on g.id = c.generation_id and g.idempotency_key like 'demo-%'
        where (c.created_at at time zone 'UTC')::date < ${today}::date - 1 and not exists (
          select from usage_day d where d.day = (c.created_at at time zone 'UTC')::date and d.model = c.model
            and d.user_id is not distinct from c.user_id)) as has`),
  );
  return row!.has;
}

/** The brand admin whose sign-in is printed owns two brands; the others are other people's. */
function ownerOf(brandSlug: string, people: SeededPeople): string {
  if (ADMIN_BRANDS.has(brandSlug)) return people.brandAdmin;
  const others = [...people.bySlug.values()];
  return others[DEMO_BRANDS.findIndex(({ slug }) => slug === brandSlug) % others.length]!;
}

function seedBrand(ctx: SystemContext, brand: DemoBrand, ownerId: string): Promise<string> {
  return transactAs(ctx.db, ctx.actor, async (tx) => {
    await tx
      .insert(brands)
      .values({
        name: brand.name,
        slug: brand.slug,
        description: brand.description,
        accentColor: brand.accent,
        createdBy: ownerId,
      })
      .onConflictDoNothing();
    const [row] = await tx.select({ id: brands.id }).from(brands).where(eq(brands.slug, brand.slug));
    await tx.insert(memberships).values({ brandId: row!.id, userId: ownerId, role: 'owner' }).onConflictDoNothing();
    return row!.id;
  });
}

const personAt = (ctx: SystemContext, userId: string, at: Date): UserContext => ({
  ...ctx,
  actor: { kind: 'user', userId, isGuest: false },
  addressHash: null,
  now: () => at,
});

async function seedAd(
  ctx: SystemContext,
  ad: DemoAd,
  { authorId, brandId, at }: { authorId: string; brandId: string; at: Date },
) {
  const idempotencyKey = `demo-${ad.slug}`;
  const [earlier] = await transactAs(ctx.db, ctx.actor, (tx) =>
    tx
      .select({ id: ads.id })
      .from(ads)
      .where(and(eq(ads.authorId, authorId), eq(ads.idempotencyKey, idempotencyKey))),
  );
  if (earlier) return { id: earlier.id, isNew: false };
  const { bytes } = await paintDemoAd(ad.slug);
  const stored = await storePicture(ctx.store, crypto.randomUUID(), bytes);
  await transactAs(ctx.db, ctx.actor, (tx) =>
    tx
      .insert(assets)
      .values({ ...stored, ownerId: authorId, origin: 'demo', status: 'usable', usableAt: at, createdAt: at }),
  );
  const { id } = await createAd(personAt(ctx, authorId, at), {
    assetId: stored.id,
    title: ad.title,
    location: ad.location,
    brand: { brandId },
    idempotencyKey,
  });
  return { id, isNew: true };
}

type RemixPlace = { adIds: Map<string, string>; remixIds: Map<string, string>; people: SeededPeople; at: Date };

async function seedRemix(ctx: SystemContext, remix: DemoRemix, { adIds, remixIds, people, at }: RemixPlace) {
  const author = personAt(ctx, people.bySlug.get(remix.author)!, at);
  const { remixId } = await requestRemix(author, {
    adId: adIds.get(remix.adSlug)!,
    parentId: remix.parent ? remixIds.get(remix.parent) : null,
    prompt: remix.prompt,
    model: LOCAL.effects,
    idempotencyKey: `demo-${remix.slug}`,
  });
  remixIds.set(remix.slug, remixId);
  const [row] = await transactAs(ctx.db, ctx.actor, (tx) =>
    tx
      .select({ generationId: remixes.generationId, status: remixes.status })
      .from(remixes)
      .where(eq(remixes.id, remixId)),
  );
  if (row!.status !== 'draft') return { isNew: false };
  // The clock walks on from the press, so that the receipt shows how long the making really took.
  const startedAt = Date.now();
  const then = { ...ctx, now: () => new Date(at.getTime() + Date.now() - startedAt) };
  await advanceNow(then, row!.generationId, new AbortController().signal);
  await publishRemix({ ...author, now: then.now }, remixId);
  return { isNew: true };
}
