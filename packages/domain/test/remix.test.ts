import { randomUUID } from 'node:crypto';
import { generations, remixes, transactAs } from '@repo/db';
import { onSignal, type Signal } from '@repo/telemetry';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cancelGeneration } from '../src/generation/cancel-generation.ts';
import { readGeneration } from '../src/generation/read-generations.ts';
import { readReceipt } from '../src/generation/read-receipt.ts';
import { requestGeneration } from '../src/generation/request-generation.ts';
import { publishRemix } from '../src/remixes/publish-remix.ts';
import { readMyRemixes, readRemix, readRemixesOfAd } from '../src/remixes/read-remixes.ts';
import { removeRemix } from '../src/remixes/remove-remix.ts';
import { requestRemix } from '../src/remixes/request-remix.ts';
import { RequestRemixInput } from '../src/remixes/schema.ts';
import { aWorld, type World } from '../src/testing.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const ask = (adId: string, extra: Partial<RequestRemixInput> = {}) =>
  ({ adId, prompt: 'make it a snowy night', model: 'auto', idempotencyKey: randomUUID(), ...extra }) as const;

const generationOf = async (remixId: string): Promise<string> => {
  const [row] = await transactAs(world.db, world.system.actor, (tx) =>
    tx.select({ id: remixes.generationId }).from(remixes).where(eq(remixes.id, remixId)),
  );
  return row!.id;
};

test('a remix is held, made, stored and captured, and its receipt says so', async () => {
  const ad = await world.anAd();
  const guest = await world.aGuest();
  const { remixId } = await requestRemix(guest, ask(ad.id));
  expect(await world.balanceOf(guest.actor.userId)).toBe(16);
  const generationId = await generationOf(remixId);
  const waiting = await readGeneration(guest, generationId);
  expect(waiting).toMatchObject({ status: 'queued', quoted: 4 });
  expect(waiting.place).toBeGreaterThanOrEqual(1);
  expect(waiting.expectedSeconds).toBeGreaterThanOrEqual(1);

  const counted: Signal[] = [];
  const stop = onSignal((what) => counted.push(what));
  await world.advance(generationId);
  stop();
  expect(counted).toContainEqual(expect.objectContaining({ type: 'generation', feature: 'remix', status: 'done' }));

  const done = await readRemix(guest, remixId);
  expect(done.generation).toMatchObject({ status: 'done', place: null, progress: 1 });
  expect(done.original!.id).toBe(ad.picture.id);
  const picture = await fetch(done.picture!.urls['1600']);
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/webp']);
  const receipt = await readReceipt(guest, generationId);
  expect(receipt).toMatchObject({ quoted: 4, held: 4, captured: 4, released: 0, sum: 0, modelLabel: 'Fake model' });
  expect(receipt.seconds).toBeGreaterThanOrEqual(0);
  expect(await world.ledgerSums()).toEqual({ total: 0, wrongBalances: 0 });
});

test('a second press with the same key is the same remix, even at the same moment', async () => {
  const ad = await world.anAd();
  const guest = await world.aGuest();
  const press = ask(ad.id);
  const pressed = await Promise.all([1, 2, 3, 4].map(() => requestRemix(guest, press)));
  expect(new Set(pressed.map(({ remixId }) => remixId)).size).toBe(1);
  expect(await world.balanceOf(guest.actor.userId)).toBe(16);
});

test('one key for two different requests is a conflict and charges nothing more', async () => {
  const ad = await world.anAd();
  const guest = await world.aGuest();
  const press = ask(ad.id);
  await requestRemix(guest, press);
  await expect(requestRemix(guest, { ...press, prompt: 'in sepia' })).rejects.toMatchObject({ code: 'conflict' });
  expect(await world.balanceOf(guest.actor.userId)).toBe(16);
});

test("another person's key has no effect on mine", async () => {
  const ad = await world.anAd();
  const [one, two] = [await world.aGuest(), await world.aGuest()];
  const press = ask(ad.id);
  const mine = await requestRemix(one, press);
  const theirs = await requestRemix(two, press);
  expect(theirs.remixId).not.toBe(mine.remixId);
});

test('credits never go below zero, however many buttons are pressed at once', async () => {
  const ad = await world.anAd();
  const guest = await world.aGuest();
  const results = await Promise.allSettled(Array.from({ length: 12 }, () => requestRemix(guest, ask(ad.id))));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(['out_of_credits']));
  expect(refusals[0].message).toBe('This costs 4 credits and you have 0. Nothing was charged.');
  expect(await world.balanceOf(guest.actor.userId)).toBe(0);
  expect(await world.ledgerSums()).toEqual({ total: 0, wrongBalances: 0 });
});

test('a draft is seen by its author alone until it is published', async () => {
  const ad = await world.anAd();
  const [author, stranger] = [await world.aPerson(), await world.aPerson()];
  const { remixId } = await requestRemix(author, ask(ad.id));
  await world.advance(await generationOf(remixId));
  await expect(readRemix(stranger, remixId)).rejects.toMatchObject({ code: 'not_found' });
  expect((await readRemixesOfAd(stranger, ad.id, { limit: 10 })).items).toEqual([]);

  const published = await publishRemix(author, remixId);

  expect(published.status).toBe('published');
  const seen = await readRemix(stranger, remixId);
  expect(seen).toMatchObject({ id: remixId, generation: null, isMine: false });
  expect((await fetch(seen.picture!.urls['480'])).headers.get('cache-control')).toContain('immutable');
  expect((await readRemixesOfAd(world.visitor, ad.id, { limit: 10 })).items.map(({ id }) => id)).toEqual([remixId]);
});

test('a draft is hidden from the staff too, and its picture cannot be borrowed', async () => {
  const ad = await world.anAd();
  const [author, staff] = [await world.aPerson(), await world.aStaffMember()];
  const { remixId } = await requestRemix(author, ask(ad.id));
  const generationId = await generationOf(remixId);
  await world.advance(generationId);
  await expect(readRemix(staff, remixId)).rejects.toMatchObject({ code: 'not_found' });
  await expect(readGeneration(staff, generationId)).rejects.toMatchObject({ code: 'not_found' });
  await expect(readReceipt(staff, generationId)).rejects.toMatchObject({ code: 'not_found' });
  const borrowed = {
    kind: 'image.edit',
    assetId: generationId,
    prompt: 'x',
    model: 'auto',
    idempotencyKey: randomUUID(),
  } as const;
  await expect(requestGeneration(staff, borrowed)).rejects.toMatchObject({ code: 'not_found' });
});

test('a remix of a remix starts from the picture of the first', async () => {
  const ad = await world.anAd();
  const author = await world.aPerson();
  const first = await requestRemix(author, ask(ad.id));
  await expect(requestRemix(author, ask(ad.id, { parentId: first.remixId }))).rejects.toMatchObject({
    code: 'conflict',
  });
  await world.advance(await generationOf(first.remixId));
  const second = await requestRemix(author, ask(ad.id, { parentId: first.remixId }));
  await world.advance(await generationOf(second.remixId));
  const view = await readRemix(author, second.remixId);
  expect(view.parent!.id).toBe(first.remixId);
  expect(view.original!.id).toBe((await readRemix(author, first.remixId)).picture!.id);
});

test("somebody else's draft cannot be remixed: it looks missing", async () => {
  const ad = await world.anAd();
  const [author, stranger] = [await world.aPerson(), await world.aPerson()];
  const { remixId } = await requestRemix(author, ask(ad.id));
  await world.advance(await generationOf(remixId));
  await expect(requestRemix(stranger, ask(ad.id, { parentId: remixId }))).rejects.toMatchObject({ code: 'not_found' });
});

test('cancelling what waits is free and final', async () => {
  const ad = await world.anAd();
  const guest = await world.aGuest();
  const { remixId } = await requestRemix(guest, ask(ad.id));
  const generationId = await generationOf(remixId);
  expect(await cancelGeneration(guest, generationId)).toMatchObject({ status: 'cancelled' });
  await world.advance(generationId);
  expect(await readGeneration(guest, generationId)).toMatchObject({ status: 'cancelled' });
  expect(await readReceipt(guest, generationId)).toMatchObject({ held: 4, captured: 0, released: 4, sum: 0 });
  expect(await world.balanceOf(guest.actor.userId)).toBe(20);
});

test("nobody cancels or reads another person's generation", async () => {
  const ad = await world.anAd();
  const [owner, stranger] = [await world.aGuest(), await world.aGuest()];
  const { remixId } = await requestRemix(owner, ask(ad.id));
  const generationId = await generationOf(remixId);
  await expect(cancelGeneration(stranger, generationId)).rejects.toMatchObject({ code: 'not_found' });
  await expect(readGeneration(stranger, generationId)).rejects.toMatchObject({ code: 'not_found' });
  await expect(readReceipt(stranger, generationId)).rejects.toMatchObject({ code: 'not_found' });
});

test('removing a remix that is still being made cancels it; a removed one is gone for everybody', async () => {
  const ad = await world.anAd();
  const author = await world.aPerson();
  const { remixId } = await requestRemix(author, ask(ad.id));
  await removeRemix(author, remixId);
  expect(await world.balanceOf(author.actor.userId)).toBe(100);
  await expect(readRemix(author, remixId)).rejects.toMatchObject({ code: 'not_found' });
  expect((await readMyRemixes(author, { limit: 10 })).items).toEqual([]);
});

test('a guest may not publish, and is told how they can', async () => {
  const ad = await world.anAd();
  const guest = await world.aGuest();
  const { remixId } = await requestRemix(guest, ask(ad.id));
  await world.advance(await generationOf(remixId));
  await expect(publishRemix(guest, remixId)).rejects.toMatchObject({ code: 'sign_up_first' });
});

test.each([
  ['', 'Say what should change: the prompt is empty.'],
  ['   ', 'Say what should change: the prompt is empty.'],
  ['\u200b\u200b', 'Say what should change: the prompt is empty.'],
  [
    'x'.repeat(10_000),
    'A prompt has at most 2,000 characters; this one has 10,000. Nothing was lost: shorten it and press again.',
  ],
])('the prompt %# is refused with a sentence', (prompt, sentence) => {
  const parsed = RequestRemixInput.safeParse(ask(randomUUID(), { prompt }));
  expect(parsed.error?.issues[0]?.message).toBe(sentence);
});

test('2,000 emoji fit, and markup is kept as it was typed', async () => {
  const ad = await world.anAd();
  const guest = await world.aGuest();
  const prompt = `<b>bold</b>${'🌨'.repeat(1_989)}`;
  expect([...prompt]).toHaveLength(2_000);
  const { remixId } = await requestRemix(guest, RequestRemixInput.parse(ask(ad.id, { prompt })));
  expect((await readRemix(guest, remixId)).prompt).toBe(prompt);
});

test('the database refuses a longer prompt by itself, with the number of the longest texts', async () => {
  const guest = await world.aGuest();
  const row = {
    ownerId: guest.actor.userId,
    kind: 'image.create',
    model: 'm',
    provider: 'p',
    input: {},
    seed: 1,
    requestHash: 'h',
    quotedCredits: 4,
  } as const;
  const insert = (prompt: string) =>
    transactAs(world.db, guest.actor, (tx) =>
      tx.insert(generations).values({ ...row, prompt, idempotencyKey: randomUUID() }),
    );
  await insert('x'.repeat(20_000));
  await expect(insert('x'.repeat(20_001))).rejects.toMatchObject({
    cause: { constraint_name: 'generation_prompt_length' },
  });
});

test('an ad that does not exist is named as missing', async () => {
  const guest = await world.aGuest();
  await expect(requestRemix(guest, ask(randomUUID()))).rejects.toMatchObject({
    code: 'not_found',
    message: 'There is no such ad.',
  });
  expect(await world.ledgerSums()).toEqual({ total: 0, wrongBalances: 0 });
});

test('the ledger takes no change, no deletion and no entry without its counterpart', async () => {
  const as = (statement: ReturnType<typeof sql>) =>
    transactAs(world.db, world.system.actor, (tx) => tx.execute(statement));
  await expect(as(sql`update ledger_entry set amount = amount + 1`)).rejects.toThrow();
  await expect(as(sql`delete from ledger_entry`)).rejects.toThrow();
  await expect(
    as(sql`insert into ledger_entry (movement_id, account_id, kind, amount, memo)
           select ${randomUUID()}, id, 'grant', 5, 'out of nothing' from ledger_account where kind = 'issued'`),
  ).rejects.toMatchObject({ constraint_name: 'ledger_movement_balanced' });
});
