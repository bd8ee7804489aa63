import { randomUUID } from 'node:crypto';
import type { UserContext } from '@repo/domain/context';
import type { House } from './api-house.ts';

/** A person has a picture, an ad, a draft and a published remix; everybody else comes to them with their numbers. */
export type Scene = Awaited<ReturnType<typeof aScene>>;

export async function aScene(house: House) {
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
  const draft = await finish();
  const published = await finish();
  await mine.remixes.publish({ id: published.id });
  return {
    actors: { visitor: house.visitor, guest: await house.aGuest(), stranger: await house.aPerson(), staff, person },
    ad,
    assetId,
    draft,
    published,
    begin,
    finish,
    anotherAd: (by: UserContext = person) => house.anAd(by),
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
}

export type Who = keyof Scene['actors'];
/** Who asks, the one whom it may succeed for last: a refusal changes nothing. */
export const EVERYBODY = ['visitor', 'guest', 'stranger', 'staff', 'person'] as const satisfies readonly Who[];

export type Answer = { becomesGuest: boolean; refusal: { code: string; message: string } | null };
export type AccessCase = Record<Who, Answer> & { when: string; input(scene: Scene): unknown };

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
export const unlisted = (noun: string) => ({ ...ownerOnly(noun), visitor: missing(noun) });

export const staffOnly = (message: string) => ({
  visitor: signIn,
  guest: forbidden(message),
  stranger: forbidden(message),
  staff: ok,
  person: forbidden(message),
});

export const press = (extra: { adId: string; parentId?: string }) => ({
  prompt: 'make it a snowy night',
  model: 'auto',
  idempotencyKey: randomUUID(),
  ...extra,
});
