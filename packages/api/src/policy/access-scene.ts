import { randomUUID } from 'node:crypto';
import type { AdView } from '@repo/domain/ads/schema';
import type { ReaderContext, UserContext } from '@repo/domain/context';
import type { BrandRole } from '@repo/domain/permissions/rules';
import type { createCaller } from '../index.server.ts';

/** What the scene is set up with. */
export type SceneHouse = {
  visitor: ReaderContext;
  aGuest(): Promise<UserContext>;
  aPerson(): Promise<UserContext>;
  aStaffMember(): Promise<UserContext>;
  anAsset(person: UserContext): Promise<string>;
  anAd(person: UserContext): Promise<AdView>;
  /** Makes somebody a member of a brand. */
  join(brandId: string, person: UserContext, role: BrandRole): Promise<UserContext>;
  callerOf(who: ReaderContext): ReturnType<typeof createCaller>;
  /** Runs the step that a worker would run. */
  advance(generationId: string): Promise<unknown>;
};

/**
 * A person has a picture, an ad of their brand, a draft and a published remix; everybody else comes to them with their
 * numbers: members of the brand in each role, the owner of another brand, and people who have to do with neither.
 */
export type Scene = Awaited<ReturnType<typeof aScene>>;

export async function aScene(house: SceneHouse) {
  const person = await house.aPerson();
  const staff = await house.aStaffMember();
  const ad = await house.anAd(person);
  const mine = house.callerOf(person);
  const theirs = house.callerOf(staff);
  const assetId = await house.anAsset(person);

  /** Another remix of the ad by the person, unfinished. */
  const begin = async () => {
    const { remixId } = await mine.remixes.request(press({ adId: ad.id }));
    const { generation } = await mine.remixes.byId({ id: remixId });
    return { id: remixId, generationId: generation!.id };
  };
  const finish = async () => {
    const remix = await begin();
    await house.advance(remix.generationId);
    return remix;
  };
  const member = async (role: BrandRole) => house.join(ad.brand.id, await house.aPerson(), role);
  const rival = await house.aPerson();
  await house.callerOf(rival).brands.create({ name: `Rival ${randomUUID()}` });
  const draft = await finish();
  const published = await finish();
  await mine.remixes.publish({ id: published.id });
  const scene = {
    actors: {
      visitor: house.visitor,
      guest: await house.aGuest(),
      stranger: await house.aPerson(),
      rival,
      staff,
      analyst: await member('analyst'),
      editor: await member('editor'),
      admin: await member('admin'),
      owner: await member('owner'),
      person,
    },
    /** A picture of the asker's own; nobody's where they can have none. */
    pictureOf: async (who: Who): Promise<string> => {
      const asker = scene.actors[who];
      return asker.actor.kind === 'user' && !asker.actor.isGuest ? house.anAsset(asker as UserContext) : assetId;
    },
    ad,
    assetId,
    draft,
    published,
    begin,
    finish,
    /** Another ad of the person's brand by the person. */
    anotherAd: async () =>
      mine.ads.create({
        assetId: await house.anAsset(person),
        title: 'Another ad',
        brand: { brandId: ad.brand.id },
        idempotencyKey: randomUUID(),
      }),
    async aHiddenAd() {
      const { id } = await house.anAd(person);
      await theirs.moderation.hide({ target: { adId: id }, isHidden: true });
      return { id };
    },
    async aHiddenRemix() {
      const { id } = await finish();
      await mine.remixes.publish({ id });
      await theirs.moderation.hide({ target: { remixId: id }, isHidden: true });
      return { id };
    },
  };
  return scene;
}

/**
 * Who asks. The person is the author of everything and an owner of the brand besides; `owner` is one who made nothing
 * of it. Whom it may succeed for stands last: a refusal changes nothing.
 */
export const EVERYBODY = [
  'visitor',
  'guest',
  'stranger',
  'rival',
  'staff',
  'analyst',
  'editor',
  'admin',
  'owner',
  'person',
] as const;
export type Who = (typeof EVERYBODY)[number];
/** They have to do with brands alone; where a row says nothing of them, they are told what a stranger is told. */
type BrandPeople = 'rival' | 'analyst' | 'editor' | 'admin' | 'owner';

export type Answer = { becomesGuest: boolean; refusal: { code: string; message: string } | null };
export type AccessCase = Record<Exclude<Who, BrandPeople>, Answer> &
  Partial<Record<BrandPeople, Answer>> & { when: string; input(scene: Scene, who: Who): unknown };

/** What this asker is told by this row. */
export const answerFor = (entry: AccessCase, who: Who): Answer => entry[who] ?? entry.stranger;

export const ok: Answer = { becomesGuest: false, refusal: null };
export const told = (code: string, message: string): Answer => ({ becomesGuest: false, refusal: { code, message } });
export const asGuest = (answer: Answer): Answer => ({ ...answer, becomesGuest: true });
export const signIn = told('UNAUTHORIZED', 'Sign in first.');
export const signUp = (message: string) => told('PRECONDITION_FAILED', message);
export const missing = (noun: string) => told('NOT_FOUND', `There is no such ${noun}.`);
export const forbidden = (message: string) => told('FORBIDDEN', message);

export const everybody = { visitor: ok, guest: ok, stranger: ok, staff: ok, person: ok };
export const everybodyKnown = { ...everybody, visitor: signIn };
export const firstWrite = { ...everybody, visitor: asGuest(ok) };
/** The same for all. */
export const nobodyWith = (answer: Answer) => ({
  visitor: answer,
  guest: answer,
  stranger: answer,
  staff: answer,
  person: answer,
});
/** Exists for its owner alone. */
export const ownerOnly = (noun: string) => ({
  visitor: signIn,
  guest: missing(noun),
  stranger: missing(noun),
  staff: missing(noun),
  person: ok,
});
/** Exists for the members of its brand, whatever their role. */
export const membersOnly = (noun: string) => ({ ...ownerOnly(noun), analyst: ok, editor: ok, admin: ok, owner: ok });
export const unlisted = (noun: string) => ({ ...ownerOnly(noun), visitor: missing(noun) });

export const staffOnly = (message: string) => ({
  visitor: signIn,
  guest: forbidden(message),
  stranger: forbidden(message),
  staff: ok,
  person: forbidden(message),
});

export const press = (extra: { adId: string; parentId?: string }) => ({
  prompt: 'make it warmer',
  model: 'auto',
  idempotencyKey: randomUUID(),
  ...extra,
});
